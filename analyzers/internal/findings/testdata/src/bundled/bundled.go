// Package bundled has mistakes that go vet's own analyzers find.
package bundled

import "sync"

func bad(...any) sync.Mutex { return sync.Mutex{} }

type guarded struct{ mu sync.Mutex }

func byValue(g guarded) {} // want "byValue passes lock by value"

func ignored(g guarded) {} //concvet:ignore copylocks it is a fixture

func useless(g *guarded) {} //concvet:ignore copylocks it is a fixture // want "suppresses nothing: copylocks"

//nolint:copylocks
func block(g guarded) {
	func(g guarded) {}(g)
}

func vetted(g guarded) {} //nolint:govet // golangci-lint runs copylocks as a part of govet

func other(g guarded) {} //nolint:gosec // want "other passes lock by value"

func ours() {
	_ = bad() //nolint:govet // want "bad is called"

	_ = bad() // want "bad is called"
	f(bad(1)) // want "bad is called"
}

func f(any) {}
