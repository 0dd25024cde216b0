// Package rank has calls of which some are one mistake.
package rank

func bad(...any)   {}
func worse(...any) {}
func both(...any)  {}

func _() {
	x, y, z := 1, 2, 3
	bad()    // want "bad is called"
	bad()    // want "bad is called"
	bad(x)   // one bug with the next line, which ranks higher
	worse(x) // want "worse is called"
	bad(y)   // want "bad is called"
	bad(y)   // one bug with the line above, which comes first
	both(z)  // want "worse is called"
	both()   // want "worse is called"
}
