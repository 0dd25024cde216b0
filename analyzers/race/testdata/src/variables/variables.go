// Package variables has races on variables: captured, package-level, whole and
// in parts.
package variables

import (
	"errors"
	"io"
)

func use(...any) {}

func badCaptured() {
	n := 0
	go func() {
		n = 1 // want "n is written by the goroutine that badCaptured starts while badCaptured reads it: nothing orders the two, and neither holds a lock"
	}()
	use(n)
}

func badWriteWrite() {
	n := 0
	go func() {
		n = 1 // want "n is written by the goroutine that badWriteWrite starts while badWriteWrite writes it"
	}()
	n = 2
	use(&n)
}

// badReader reads what its starter writes.
func badReader() {
	n := 0
	go func() {
		use(n)
	}()
	n++ // want "n is written by badReader while the goroutine that badReader starts reads it"
}

func badTwoWorkers() {
	n, done := 0, make(chan bool)
	go func() {
		n = 1 // want "n is written by the goroutine that badTwoWorkers starts while another goroutine that it starts reads it"
		done <- true
	}()
	go func() {
		use(n)
		done <- true
	}()
	<-done
	<-done
}

var counter int

func badGlobal() {
	go func() { counter++ }() // want "counter is written by the goroutine that badGlobal starts while badGlobal reads it"
	if counter > 0 {
		use()
	}
}

type point struct{ x, y int }

func badWhole() {
	p := point{1, 2}
	go func() {
		p = point{} // want "p is written by the goroutine that badWhole starts while badWhole reads p.x"
	}()
	use(p.x)
}

func badField() {
	p := &point{1, 2}
	go func() {
		p.x = 3 // want "p.x is written by the goroutine that badField starts while badField reads it"
	}()
	use(p.x)
}

// okFields uses different fields.
func okFields() {
	p := &point{1, 2}
	go func() { p.x = 3 }()
	use(p.y)
}

func badPointer() {
	n := 0
	p := &n
	go func() {
		*p = 1 // want `\*p is written by the goroutine that badPointer starts while badPointer reads n`
	}()
	use(n)
}

func badInterface() {
	var r io.Reader
	go func() {
		r = io.LimitReader(nil, 1) // want "r is written by the goroutine that badInterface starts"
	}()
	use(r != nil)
}

func badChanVariable() {
	var c chan int
	go func() {
		c = make(chan int) // want "c is written by the goroutine that badChanVariable starts"
	}()
	use(c == nil)
}

func badFunc() {
	f := func() {}
	go func() {
		f = nil // want "f is written by the goroutine that badFunc starts"
	}()
	f()
}

func badString() {
	s := "a"
	go func() {
		s += "b" // want "s is written by the goroutine that badString starts"
	}()
	use(s + "c")
}

func badNamedResult() (err error) {
	go func() {
		err = errors.New("late") // want "err is written by the goroutine that badNamedResult starts while badNamedResult writes it"
	}()
	return nil
}

// badResultRead returns what the goroutine may still write.
func badResultRead() (n int) {
	go func() {
		n = 1 // want "n is written by the goroutine that badResultRead starts while badResultRead reads it"
	}()
	return
}

// okBefore writes before it starts the goroutine.
func okBefore() {
	n := 0
	n = 1
	go func() { use(n) }()
}

// okReads only reads.
func okReads() {
	n := 1
	go func() { use(n) }()
	use(n)
}

// okOwn gives the goroutine a copy.
func okOwn() {
	n := 0
	go func(n int) {
		n = 1
		use(n)
	}(n)
	n = 2
	use(n)
}

// okAddress only takes the address.
func okAddress() {
	var p point
	go func() { p.x = 1 }()
	use(&p)
}

// okDead is never true.
func okDead() {
	const debug = false
	n := 0
	go func() {
		if debug {
			n = 1
		}
	}()
	use(n)
}

// okNobody has the variable to itself after the function returned.
func okNobody() {
	n := 0
	go func() {
		n++
		use(n)
	}()
}

// fnBoxed hands the map to a function that reads it.
func fnBoxed(print func(any)) {
	m := map[int]int{}
	go func() { m[1] = 1 }()
	print(m)
}
