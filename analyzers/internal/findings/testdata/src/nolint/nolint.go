// Package nolint has golangci-lint's suppression comments.
package nolint

func bad(...any)   {}
func worse(...any) {}
func fine()        {}

func line() {
	bad() //nolint
	bad() // nolint
	bad() //nolint // for a reason
	bad() //nolint:all
	bad() //nolint:concvet
	bad() //nolint:bad
	bad() //nolint:BAD
	bad() //nolint: errcheck , bad for a reason
	bad() //nolint:errcheck,concvet // for a reason
	bad() //nolint:errcheck // want "bad is called"
	bad() //nolint:worse // want "bad is called"
	bad() //nolintlint // want "bad is called"
}

func block() {
	//nolint:bad
	bad()
	bad() // want "bad is called"

	//nolint:bad
	for {
		bad()
		worse() // want "worse is called"
	}

	for { //nolint:bad
		bad() // want "bad is called"
	}

	//nolint:bad
	//nolint:worse // together
	{
		bad()
		worse()
	}
}

//nolint:bad
func decl() {
	if true {
		bad()
	}
	worse() // want "worse is called"
}

// doc has a directive at the end of its comment, where gofmt puts it.
//
//nolint:concvet
func doc() {
	bad()
	worse()
}

func after() {
	bad() // want "bad is called"
}
