// Package ignore has our own and staticcheck's suppression comments.
package ignore

func bad(...any)   {}
func worse(...any) {}
func slow()        {}
func fine()        {}

func honoured() {
	bad() //concvet:ignore bad it is meant
	//concvet:ignore bad it is meant
	bad()
	//concvet:ignore bad,worse both are meant
	_, _ = func() { bad() }, func() { worse() }
	// Some prose.
	//concvet:ignore bad one of several
	//concvet:ignore worse one of several
	_, _ = func() { bad() }, func() { worse() }
	//lint:ignore bad,SA1000 it is meant
	bad()
	bad()  //lint:ignore worse,bad it is meant
	slow() //concvet:ignore slow of use, although slow is not shown
}

func notHonoured() {
	bad() //concvet:ignored bad no directive // want "bad is called"
	bad() //lint:ignore bad // want "bad is called"
	bad() //lint:ignore SA1000 for another tool // want "bad is called"
	//concvet:ignore bad covers only one line // want "//concvet:ignore suppresses nothing: bad has no finding here"

	bad() // want "bad is called"

	//concvet:ignore bad covers one line, not a block // want "suppresses nothing"
	{
		bad() // want "bad is called"
	}
	bad() // want "bad is called"
	//concvet:ignore bad is not above the call // want "suppresses nothing"
}

func malformed() {
	bad() //concvet:ignore bad // want "bad is called" `gives no reason after bad: write //concvet:ignore rule\[,rule\] reason`
	bad() //concvet:ignore // want "bad is called" `//concvet:ignore names no rule: write`
	bad() //concvet:ignore bda mistyped // want "bad is called" `names a rule that does not exist, "bda"`
	bad() //concvet:ignore bad,worse only one of them // want "suppresses nothing: worse has no finding here"
	bad() //concvet:ignore worse another one // want "bad is called" "suppresses nothing: worse has no finding here"
	//nolint:concvet
	fine() //concvet:ignore bad
}

//concvet:ignore bad one line, not a function // want "suppresses nothing"
func _() {
	bad() // want "bad is called"
}
