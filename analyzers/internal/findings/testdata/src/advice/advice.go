// Package advice has a mistake that an advice rule describes best.
package advice

func bad(...any)  {}
func slow(...any) {}

func _() {
	x := 1
	bad(x)
	slow(x) // want "slow is called"
}
