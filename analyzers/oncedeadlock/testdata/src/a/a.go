// Package a has functions run by a sync.Once.
package a

import (
	"os"
	"sync"
)

type logger struct{ file string }

var (
	once sync.Once
	std  *logger
)

func setFile(name string) { Default().file = name }

// AvengeMedia/dankcalendar#109: setting the log file asks for the logger that
// is being made.
func badDefault() *logger {
	once.Do(func() { // want `the function that once.Do runs calls once.Do again \(a.go:\d+\), which waits for the function to return: the goroutine blocks itself for ever`
		std = &logger{}
		if name := os.Getenv("LOG_FILE"); name != "" {
			setFile(name)
		}
	})
	return std
}

// Default is what setFile calls.
func Default() *logger { return badDefault() }

var (
	fixedOnce sync.Once
	fixed     *logger
)

func (l *logger) setFile(name string) { l.file = name }

// The same, fixed.
func okDefault() *logger {
	fixedOnce.Do(func() {
		fixed = &logger{}
		if name := os.Getenv("LOG_FILE"); name != "" {
			fixed.setFile(name)
		}
	})
	return fixed
}

type module struct {
	checkDigest func() error
	digest      string
}

func (m *module) load() string { return m.data() }

// bufbuild/buf#2709: the data are only handed out checked, also to the check.
func (m *module) data() string {
	if m.checkDigest() != nil {
		return ""
	}
	return m.digest
}

func badModule() *module {
	m := &module{}
	m.checkDigest = sync.OnceValue(func() error { // want `the function given to sync.OnceValue calls its own result m.checkDigest \(a.go:\d+\), which waits for it to return`
		m.digest = m.load()
		return nil
	})
	return m
}

// The same, fixed.
func okModule() *module {
	m := &module{}
	m.checkDigest = sync.OnceValue(func() error {
		m.digest = "read from a file"
		return nil
	})
	return m
}

type node struct {
	once sync.Once
	next *node
}

// Each node has a Once of its own.
func (n *node) okInit() {
	n.once.Do(func() {
		if n.next != nil {
			n.next.okInit()
		}
	})
}

func (n *node) badInit() { n.once.Do(n.reset) } // want `the function that n.once.Do runs calls n.once.Do again`

func (n *node) reset() {
	if n.next == nil {
		n.badInit()
	}
}

// Another goroutine, which nobody waits for.
func (n *node) okLater() {
	n.once.Do(func() { go n.okLater() })
}

func (n *node) fnGoroutine() {
	n.once.Do(func() {
		done := make(chan bool)
		go func() {
			n.fnGoroutine()
			close(done)
		}()
		<-done
	})
}

type resetter interface{ reset() }

func (n *node) fnInterface(r resetter) {
	n.once.Do(func() { r.reset() })
}
