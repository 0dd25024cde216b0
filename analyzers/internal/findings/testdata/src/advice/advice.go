// Package advice has a mistake that an advice rule ranks highest.
package advice

func bad(...any)  {}
func slow(...any) {}

func _() {
	x := 1
	bad(x) // want "bad is called"
	slow(x)
}
