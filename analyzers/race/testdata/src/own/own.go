// Package own has goroutines that set a variable of their starter though they
// only need one of their own.
package own

import (
	"errors"
	"io"
	"os"
	"strconv"
)

func use(...any) {}

// badErr has the classic: the err of the function is that of the goroutine.
func badErr(f func() error) error {
	err := errors.New("a")
	go func() {
		err = f() // want "err is written by the goroutine that badErr starts while badErr writes it"
		if err != nil {
			use(err)
		}
	}()
	err = errors.New("b")
	return err
}

// badCopy assigns in the head of an if.
func badCopy(dst io.Writer, src io.Reader) error {
	_, err := os.Stat("x")
	use(err)
	go func() {
		if _, err = io.Copy(dst, src); err != nil { // want "err is written by the goroutine that badCopy starts while badCopy writes it"
			use(err)
		}
	}()
	_, err = strconv.Atoi("1")
	return err
}

// badRead has the function read what the goroutine sets: it may mean to.
func badRead(f func() error) error {
	var err error
	go func() {
		err = f() // want "err is written by the goroutine that badRead starts while badRead reads it"
		use(err)
	}()
	return err
}

// badBranch reads on one path only.
func badBranch(f func() error, c bool) error {
	var err error
	go func() {
		err = f() // want "err is written by the goroutine that badBranch starts"
		use(err)
	}()
	if c {
		err = errors.New("b")
	}
	return err
}

// badOther sets another variable with it: one mistake, told once.
func badOther() error {
	n, err := 0, error(nil)
	go func() {
		n, err = strconv.Atoi("1") // want "n is written by the goroutine that badOther starts"
		use(n, err)
	}()
	n, err = 1, io.EOF
	use(n)
	return err
}

type myErr struct{}

func (*myErr) Error() string { return "" }

// badType would give the variable another type.
func badType(f func() *myErr) error {
	err := errors.New("a")
	go func() {
		err = f() // want "err is written by the goroutine that badType starts"
		use(err != nil)
	}()
	err = errors.New("b")
	return err
}

// badUnused does not read it in the goroutine.
func badUnused(f func() error) error {
	err := errors.New("a")
	go func() {
		err = f() // want "err is written by the goroutine that badUnused starts"
	}()
	err = errors.New("b")
	return err
}

// badBefore reads in the goroutine before it writes.
func badBefore(f func(error) error) error {
	err := errors.New("a")
	go func() {
		err = f(err) // want "err is written by the goroutine that badBefore starts while badBefore writes it"
		use(err)
	}()
	err = errors.New("b")
	return err
}

// badResult sets the result of the function.
func badResult(f func() error) (err error) {
	go func() {
		err = f() // want "err is written by the goroutine that badResult starts"
		use(err)
	}()
	err = errors.New("b")
	return err
}

// badDeferred lets a deferred function read it.
func badDeferred(f func() error) error {
	err := errors.New("a")
	defer func() { use(err) }()
	go func() {
		err = f() // want "err is written by the goroutine that badDeferred starts"
		use(err)
	}()
	err = errors.New("b")
	return err
}

// okOwn has its own.
func okOwn(f func() error) error {
	err := errors.New("a")
	use(err)
	go func() {
		err := f()
		use(err)
	}()
	err = errors.New("b")
	return err
}
