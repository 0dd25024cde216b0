package a

import "sync"

// A variable of the function tells a literal whether the lock is held.

type readOnlyTxn struct {
	mu    sync.Mutex
	ready bool
	n     int
}

func (t *readOnlyTxn) get() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.n
}

// After begin of a cloud.google.com/go/spanner transaction.
func (t *readOnlyTxn) okLockedTold(open func() error) error {
	locked := false
	defer func() {
		if !locked {
			t.mu.Lock()
			locked = true
		}
		t.ready = true
		t.mu.Unlock()
	}()
	if err := open(); err != nil {
		return err
	}
	t.mu.Lock()
	locked = true
	if t.n == 0 {
		return nil
	}
	t.n++
	return nil
}

func (t *readOnlyTxn) badLockedUntold(open func() error) error {
	locked := false
	defer func() { // want `badLockedUntold calls the function literal .*, which locks t.mu again`
		if !locked {
			t.mu.Lock()
			locked = true
		}
		t.ready = true
		t.mu.Unlock()
	}()
	if err := open(); err != nil {
		return err
	}
	t.mu.Lock()
	t.n++
	return nil
}

// How a literal leaves the flag is not known.
func (t *readOnlyTxn) fnLockedTooEarly(open func() error) error {
	locked := false
	unlock := func() {
		if !locked {
			t.mu.Lock()
		}
		locked = false
		t.mu.Unlock()
	}
	t.mu.Lock()
	locked = true
	unlock()
	t.mu.Lock()
	unlock()
	return open()
}

// It is kept what the flag was before the literal changed it.
func (t *readOnlyTxn) okLockedTwice(open func() error) error {
	locked := false
	lock := func() {
		if !locked {
			t.mu.Lock()
			locked = true
		}
	}
	lock()
	t.n++
	t.mu.Unlock()
	locked = false
	lock()
	t.mu.Unlock()
	return open()
}

// How the flag stands is not followed through loops.
func (t *readOnlyTxn) okLockedInLoop(open func() error) error {
	locked := false
	defer func() {
		if !locked {
			t.mu.Lock()
			locked = true
		}
		t.mu.Unlock()
	}()
	for range 3 {
		if err := open(); err != nil {
			return err
		}
	}
	t.mu.Lock()
	locked = true
	for i := range 3 {
		if i == t.n {
			return nil
		}
	}
	return nil
}

// A flag of more than two values is not followed.
func (t *readOnlyTxn) okState(open func() error) error {
	state := 0
	defer func() {
		if state == 0 {
			t.mu.Lock()
		}
		t.mu.Unlock()
	}()
	if err := open(); err != nil {
		return err
	}
	t.mu.Lock()
	state = 2
	return nil
}

// What an error says is nothing about the lock.
func (t *readOnlyTxn) badOnError(open func() error) (err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	defer func() { // want `badOnError calls the function literal .*, which calls get .*, which locks t.mu again`
		if err != nil {
			t.get()
		}
	}()
	err = open()
	t.n++
	return err
}
