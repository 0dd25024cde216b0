// Package hidden has a mistake that an advice rule describes best.
package hidden

func bad(...any)  {}
func slow(...any) {}

func _() {
	x := 1
	bad(x)
	slow(x)
}
