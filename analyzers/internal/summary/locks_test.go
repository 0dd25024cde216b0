package summary

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/concvet/concvet/analyzers/internal/lockset"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// held describes the locks held at a call of mark in the function named fn.
func held(t *testing.T, p *Package, fn string) string {
	t.Helper()
	for _, f := range p.Funcs {
		if f.Name() != fn {
			continue
		}
		for i := range p.Skeleton(f).Nodes {
			ev := p.Event(f, i)
			if ev != nil && ev.Kind == skeleton.CallFn && ev.Callee.Fn != nil && ev.Callee.Fn.Name() == "mark" {
				return describe(p.LocksAt(f, i))
			}
		}
	}
	t.Fatalf("no call of mark in %s", fn)
	return ""
}

func describe(locks []HeldLock) string {
	var out []string
	for _, h := range locks {
		s := h.Place.String()
		if h.Mode == lockset.Shared {
			s += " shared"
		}
		if !h.Pos.IsValid() {
			s += " at entry"
		}
		out = append(out, s)
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

// TestLocksAt has a function for each way in which locks come to be held, and
// what must be held at the call of mark in it.
func TestLocksAt(t *testing.T) {
	const src = `package p

import "sync"

type T struct {
	mu sync.Mutex
	rw sync.RWMutex
	n  int
}

func mark() {}

func (t *T) simple() { t.mu.Lock(); mark(); t.mu.Unlock() }
func (t *T) after() { t.mu.Lock(); t.mu.Unlock(); mark() }
func (t *T) onePath(c bool) { if c { t.mu.Lock() }; mark(); if c { t.mu.Unlock() } }
func (t *T) sameCond(c bool) { if c { t.mu.Lock() }; if c { mark(); t.mu.Unlock() } }
func (t *T) readers() { t.rw.RLock(); mark(); t.rw.RUnlock() }
func (t *T) either(c bool) { if c { t.rw.Lock() } else { t.rw.RLock() }; mark() }
func (t *T) flagged() { ok := false; if t.n > 0 { t.mu.Lock(); ok = true }; if ok { mark() } }
func (t *T) try() { if t.mu.TryLock() { mark(); t.mu.Unlock() } }
func (t *T) notTry() { if !t.mu.TryLock() { return }; mark(); t.mu.Unlock() }
func (t *T) deferred() { t.mu.Lock(); defer t.mu.Unlock(); defer mark() }
func (t *T) deferredBefore() { t.mu.Lock(); defer mark(); defer t.mu.Unlock() }
func (t *T) lock() { t.mu.Lock() }
func (t *T) unlock() { t.mu.Unlock() }
func (t *T) wrapped() { t.lock(); mark(); t.unlock() }
func (t *T) tryLock() bool { if t.n > 0 { return false }; t.mu.Lock(); return true }
func (t *T) conditional() { if t.tryLock() { mark(); t.unlock() } }
func (t *T) helper() { mark() }
func (t *T) caller1() { t.mu.Lock(); t.helper(); t.mu.Unlock() }
func (t *T) caller2() { t.mu.Lock(); t.rw.RLock(); t.helper(); t.rw.RUnlock(); t.mu.Unlock() }
func (t *T) unlocker() { t.mu.Unlock(); mark(); t.mu.Lock() }
func (t *T) caller3() { t.mu.Lock(); t.unlocker(); t.mu.Unlock() }
func (t *T) Exported() { mark() }
func (t *T) caller4() { t.mu.Lock(); t.Exported(); t.mu.Unlock() }
func (t *T) started() { mark() }
func (t *T) caller5() { t.mu.Lock(); go t.started(); t.mu.Unlock() }
func (t *T) locker(l sync.Locker) { l.Lock(); mark(); l.Unlock() }
func (t *T) rlocker() { l := t.rw.RLocker(); l.Lock(); mark(); l.Unlock() }
func each(ts []*T) { for _, t := range ts { t.mu.Lock(); mark(); t.mu.Unlock() } }
func (t *T) loop() { for range t.n { t.mu.Lock(); if t.n > 5 { t.mu.Unlock(); continue }; mark(); t.mu.Unlock() } }
`
	p := check(t, "example.com/p", src).summarise(t)
	for fn, want := range map[string]string{
		"simple": "t.mu", "after": "", "onePath": "", "sameCond": "t.mu", "readers": "t.rw shared", "either": "t.rw shared",
		"flagged": "t.mu", "try": "t.mu", "notTry": "t.mu", "deferred": "t.mu", "deferredBefore": "",
		"wrapped": "t.mu", "conditional": "t.mu", "helper": "t.mu at entry", "unlocker": "", "Exported": "", "started": "",
		"locker": "l", "rlocker": "t.rw shared", "each": "the T.mu", "loop": "t.mu",
	} {
		if got := held(t, p, fn); got != want {
			t.Errorf("%s holds %q, want %q", fn, got, want)
		}
	}
}

// TestTermination: recursion, loops and many branches end, and within the
// bounds.
func TestTermination(t *testing.T) {
	var src strings.Builder
	src.WriteString("package p\n\nimport \"sync\"\n\nvar mu [40]sync.Mutex\n\n")
	src.WriteString("func even(n int) { mu[0].Lock(); if n > 0 { odd(n - 1) }; mu[0].Unlock() }\n")
	src.WriteString("func odd(n int) { if n > 0 { even(n - 1); odd(n - 2) }; mu[1].Lock() }\n\n")
	src.WriteString("func branches(c [40]bool) {\n")
	for i := range 40 {
		fmt.Fprintf(&src, "\tif c[%d] { mu[%d].Lock() }\n", i, i)
	}
	src.WriteString("\tfor { mu[2].Lock(); if c[0] { break } }\n}\n")
	p := check(t, "example.com/p", src.String()).summarise(t)
	for _, fn := range p.Funcs {
		if l := p.locks[fn]; l != nil {
			for n, s := range l.states {
				if len(s.Paths) > lockset.MaxPaths {
					t.Errorf("%s: %d paths at node %d", fn, len(s.Paths), n)
				}
			}
		}
	}
}
