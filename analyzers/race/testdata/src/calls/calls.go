// Package calls has races in functions that are called or started by name,
// in methods, closures, deferred calls and nested goroutines.
package calls

import "errors"

func use(...any) {}

func startSet() {
	n := 0
	go badSet(&n)
	use(n)
}

func badSet(p *int) {
	*p = 1 // want `\*p is written by the goroutine that startSet starts while startSet reads n`
}

type server struct {
	state int
	conf  map[string]string
}

func (s *server) startRun() {
	go s.badRun()
	use(s.state)
}

func (s *server) badRun() {
	s.state = 1 // want "s.state is written by the goroutine that startRun starts while startRun reads it"
}

// badHelper starts the goroutine in a helper.
func badHelper() {
	s := &server{}
	s.start()
	s.state = 2 // want "s.state is written by badHelper while the goroutine that start starts reads it"
}

func (s *server) start() {
	go s.loop()
}

func (s *server) loop() {
	use(s.state)
}

func startMethodValue() {
	s := &server{}
	f := s.badClose
	go f()
	use(s.conf["a"])
}

func (s *server) badClose() {
	s.conf = nil // want "s.conf is written by the goroutine that startMethodValue starts while startMethodValue reads it"
}

func badClosureVariable() {
	n := 0
	f := func() {
		n = 1 // want "n is written by the goroutine that badClosureVariable starts while badClosureVariable reads it"
	}
	go f()
	use(n)
}

func badDeferred() {
	n := 0
	go func() {
		defer func() {
			n = 1 // want "n is written by the goroutine that badDeferred starts while badDeferred reads it"
		}()
		use()
	}()
	use(n)
}

func badNested() {
	n := 0
	go func() {
		go func() {
			n = 1 // want "n is written by the goroutine that badNested starts while badNested reads it"
		}()
	}()
	use(n)
}

// badGrandparent has the inner goroutine race with the outer.
func badGrandparent() {
	n := 0
	go func() {
		go func() {
			use(n)
		}()
		n = 1 // want "n is written by the goroutine that badGrandparent starts while another goroutine that it starts reads it"
	}()
}

func badPanic() {
	n := 0
	go func() {
		n = 1 // want "n is written by the goroutine that badPanic starts while badPanic reads it"
		panic("x")
	}()
	defer func() {
		recover()
		use(n)
	}()
	panic(errors.New("y"))
}

type base struct{ hits int }

func (b *base) badHit() {
	b.hits++ // want "b.hits is written by the goroutine that startPromoted starts while startPromoted reads d.hits"
}

type derived struct{ base }

// startPromoted calls a promoted method.
func startPromoted() {
	d := &derived{}
	go d.badHit()
	use(d.hits)
}

// badParameter races on what a parameter points to.
func badParameter(s *server) {
	go func() {
		s.state = 1 // want "s.state is written by the goroutine that badParameter starts while badParameter reads it"
	}()
	use(s.state)
}

type stack[T any] struct{ items []T }

func (s *stack[T]) badGeneric(x T) {
	go func() {
		s.items[0] = x // want `s.items\[0\] is written by the goroutine that badGeneric starts while badGeneric reads it`
	}()
	use(s.items[0])
}

func badGenericFunc[T any](x T) T {
	var out T
	go func() {
		out = x // want "out is written by the goroutine that badGenericFunc starts while badGenericFunc reads it"
	}()
	return out
}

func badRangeFunc(seq func(yield func(int) bool)) {
	n := 0
	go func() {
		n = 1 // want "n is written by the goroutine that badRangeFunc starts while badRangeFunc reads it"
	}()
	use(n)
	for x := range seq {
		use(x)
	}
}

// okValueReceiver copies before it starts.
func okValueReceiver() {
	d := base{}
	go d.show()
	d.hits = 1
}

func (b base) show() { use(b.hits) }

// okEarlyReturn starts the goroutine on a path of its own.
func okEarlyReturn(async bool) int {
	n := 0
	if async {
		go func() { n = 1 }()
		return 0
	}
	n = 2
	return n
}

// okUnknown calls what may wait.
func okUnknown(wait func()) {
	n := 0
	go func() {
		n = 1
		wait()
	}()
	wait()
	use(n)
}

// okConstructor fills what it makes before the goroutine has it.
func okConstructor() *server {
	s := &server{conf: map[string]string{}}
	s.state = 1
	s.conf["a"] = "b"
	go s.loop()
	return s
}
