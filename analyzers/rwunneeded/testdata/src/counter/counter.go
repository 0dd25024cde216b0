// Package counter has a value that another package guards.
package counter

// A Counter counts.
type Counter struct{ n int }

// Value reads.
func (c *Counter) Value() int { return c.n }

func okNothing() {}
