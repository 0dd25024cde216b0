// Package hidden has a mistake that an advice rule ranks highest.
package hidden

func bad(...any)  {}
func slow(...any) {}

func _() {
	x := 1
	bad(x) // want "bad is called"
	slow(x)
}
