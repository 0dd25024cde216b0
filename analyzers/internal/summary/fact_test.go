package summary

import (
	"bytes"
	"go/types"
	"testing"

	"github.com/concvet/concvet/analyzers/internal/lockset"
)

const lib = `package lib

import "sync"

type T struct {
	mu   sync.Mutex
	RW   *sync.RWMutex
	Subs []sync.Mutex
	own  sync.Mutex
	n    int
}

var Global sync.Mutex

func (t *T) Balanced() { t.mu.Lock(); t.n++; t.mu.Unlock() }
func (t *T) Lock()     { t.mu.Lock() }
func (t *T) Unlock()   { t.mu.Unlock() }
func (t *T) Read() int { t.RW.RLock(); defer t.RW.RUnlock(); return t.n }
func (t *T) Wait()     { t.mu.Unlock(); t.mu.Lock() }
func (t *T) Try() bool {
	if t.n > 0 {
		return false
	}
	t.mu.Lock()
	return true
}
func (t *T) Told(lock bool) {
	if lock {
		t.mu.Lock()
		defer t.mu.Unlock()
	}
	t.n++
}
func (t *T) Each(f func()) { t.mu.Lock(); f(); t.mu.Unlock() }
func (t *T) Element(i int) { t.Subs[i].Lock(); t.Subs[i].Unlock() }
func Package()             { Global.Lock(); Global.Unlock() }
func (t *T) Quiet()        { t.own.Lock(); t.n++; t.own.Unlock() }
func Plain(t *T) int       { return t.n }
`

// TestFacts: what an importer reads is what the package has found out.
func TestFacts(t *testing.T) {
	s := check(t, "example.com/lib", lib)
	s.summarise(t)
	user := check(t, "example.com/user", "package user\n\nimport \"example.com/lib\"\n\nvar _ lib.T\n\nfunc use(t *lib.T) { t.Lock() }\n", s).summarise(t)
	method := func(name string) *types.Func {
		obj, _, _ := types.LookupFieldOrMethod(types.NewPointer(s.pkg.Scope().Lookup("T").Type()), true, s.pkg, name)
		return obj.(*types.Func)
	}
	get := func(name string) *Func {
		if fn, ok := s.pkg.Scope().Lookup(name).(*types.Func); ok {
			return user.Callee(fn)
		}
		return user.Callee(method(name))
	}
	mu := s.pkg.Scope().Lookup("T").Type().Underlying().(*types.Struct).Field(0)

	if f := get("Plain"); f != nil {
		t.Errorf("Plain has a fact: %+v", f)
	}
	if f := get("Quiet"); f != nil {
		t.Errorf("Quiet takes a lock that no importer can hold, and has a fact: %+v", f)
	}
	f := get("Balanced")
	if len(f.Acquires) != 1 || f.Acquires[0].Class.Obj != mu || f.Acquires[0].Ref.Param != 0 || f.Acquires[0].Mode != lockset.Exclusive || f.Acquires[0].Again {
		t.Errorf("Balanced waits for %+v", f.Acquires)
	}
	if at := f.Acquires[0].Site; at.String() != "example.com/lib.go:15" && at.String() != "lib.go:15" || at.Func != "Balanced" {
		t.Errorf("Balanced locks at %+v", at)
	}
	if len(f.Outcomes) != 1 || len(f.Outcomes[0].Effects) != 0 {
		t.Errorf("Balanced returns with %+v", f.Outcomes)
	}
	for name, want := range map[string]lockset.Status{"Lock": lockset.Held, "Unlock": lockset.Lent} {
		o := get(name).Outcomes
		if len(o) != 1 || len(o[0].Effects) != 1 || o[0].Effects[0].Excl != want || o[0].Effects[0].Ref.Class().Obj != mu {
			t.Errorf("%s returns with %+v, want status %d", name, o, want)
		}
	}
	if a := get("Read").Acquires; len(a) != 1 || a[0].Mode != lockset.Shared || len(a[0].Ref.Sels) != 2 {
		t.Errorf("Read waits for %+v", a)
	}
	if a := get("Wait").Acquires; len(a) != 1 || !a[0].Again {
		t.Errorf("Wait waits for %+v", a)
	}
	if o := get("Try").Outcomes; len(o) != 2 || len(o[0].Results) != 1 || len(o[1].Results) != 1 || o[0].Results[0].Val == o[1].Results[0].Val {
		t.Errorf("Try returns with %+v", o)
	}
	if a := get("Told").Acquires; len(a) != 1 || len(a[0].Conds) != 1 || !a[0].Conds[0].Arg || a[0].Conds[0].Ref.Param != 1 || !a[0].Conds[0].Val {
		t.Errorf("Told waits for %+v", a)
	}
	if c := get("Each").Calls; len(c) != 1 || c[0].Param != 1 || len(c[0].Held) != 1 || c[0].Held[0].Ref.Class().Obj != mu {
		t.Errorf("Each calls %+v", c)
	}
	if a := get("Element").Acquires; len(a) != 1 || !a[0].Class.Elem || a[0].Ref.Param >= 0 {
		t.Errorf("Element waits for %+v", a)
	}
	if a := get("Package").Acquires; len(a) != 1 || a[0].Ref.Base == nil {
		t.Errorf("Package waits for %+v", a)
	}
}

// TestDeterminism: the same package gives the same facts, byte for byte.
func TestDeterminism(t *testing.T) {
	for _, path := range []string{"golang.org/x/tools/go/packages", "net/http"} {
		s := load(t, path)
		s.summarise(t)
		first, order := s.facts, s.order
		s.summarise(t)
		if len(first) != len(s.facts) {
			t.Errorf("%s: %d facts, then %d", path, len(first), len(s.facts))
		}
		for obj, f := range first {
			if g := s.facts[obj]; g == nil || !bytes.Equal(f.Data, g.Data) {
				t.Errorf("%s: the fact on %s differs", path, obj)
			}
		}
		if (order == nil) != (s.order == nil) || order != nil && !bytes.Equal(order.Data, s.order.Data) {
			t.Errorf("%s: the lock order differs", path)
		}
	}
}

// TestDamagedFact: a fact that was cut or changed on the way is read without a
// panic.
func TestDamagedFact(t *testing.T) {
	s := check(t, "example.com/lib", lib)
	s.summarise(t)
	user := check(t, "example.com/user", "package user\n\nimport \"example.com/lib\"\n\nfunc use(t *lib.T) { t.Lock() }\n", s).summarise(t)
	for obj, fact := range s.facts {
		for n := range fact.Data {
			user.decode(obj.(*types.Func), fact.Data[:n])
			changed := bytes.Clone(fact.Data)
			changed[n] ^= 0x55
			user.decode(obj.(*types.Func), changed)
		}
	}
}
