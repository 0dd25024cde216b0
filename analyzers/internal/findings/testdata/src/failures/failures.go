// Package failures has a mistake of a rule that works.
package failures

func bad() {}

func _() {
	bad()   // want "bad is called"
	print() //concvet:ignore panics the rule failed, so nobody knows whether this is of use
}
