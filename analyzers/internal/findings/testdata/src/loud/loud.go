// Package loud has a call that only a flag of a rule makes a mistake.
package loud

func fine() {}

func _() {
	fine() // want "bad is called"
}
