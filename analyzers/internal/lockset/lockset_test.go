package lockset

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// randomPath returns a path over few locks and conditions, so that paths often
// meet.
func randomPath(r *rand.Rand) Path {
	var p Path
	for range r.IntN(5) {
		id, m, site := r.IntN(3), Mode(r.IntN(2)), r.IntN(4)
		if r.IntN(2) == 0 {
			p, _ = p.Acquire(id, m, site)
		} else {
			p, _ = p.Release(id, m, false, site)
		}
	}
	if r.IntN(3) == 0 {
		p = p.Blur(r.IntN(3))
	}
	for range r.IntN(3) {
		p, _ = p.Assume(r.IntN(3), r.IntN(2) == 0)
	}
	p.Lost, p.Pending = uint64(r.IntN(2)), uint64(r.IntN(2))
	return p
}

func randomSet(r *rand.Rand) Set {
	var s Set
	for range r.IntN(6) {
		s, _ = s.Add(randomPath(r))
	}
	return s
}

func clone(s Set) Set { return Set{slices.Clone(s.Paths)} }

func union(s, t Set) Set {
	u, _ := clone(s).Union(t)
	return u
}

func equal(s, t Set) bool {
	return slices.EqualFunc(s.Paths, t.Paths, func(p, q Path) bool {
		return p.alike(q) && slices.Equal(p.Conds, q.Conds) && slices.Equal(p.Locks, q.Locks)
	})
}

// TestJoin: sets of paths are a join-semilattice with the empty set as bottom.
func TestJoin(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		a, b, c := randomSet(r), randomSet(r), randomSet(r)
		if got := union(a, a); !equal(got, a) {
			t.Fatalf("not idempotent: %v ⊔ itself = %v", a, got)
		}
		if x, y := union(a, b), union(b, a); !equal(x, y) {
			t.Fatalf("not commutative: %v ⊔ %v = %v or %v", a, b, x, y)
		}
		if x, y := union(union(a, b), c), union(a, union(b, c)); !equal(x, y) {
			t.Fatalf("not associative: %v, %v, %v give %v or %v", a, b, c, x, y)
		}
		if !equal(union(a, Set{}), a) || !equal(union(Set{}, a), a) {
			t.Fatalf("bottom changes %v", a)
		}
		if u := union(a, b); len(u.Paths) > MaxPaths {
			t.Fatalf("%d paths", len(u.Paths))
		}
	}
}

// TestUnionChange: Union tells of a change exactly if there is one, on which
// the end of a fixpoint depends.
func TestUnionChange(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 20000 {
		a, b := randomSet(r), randomSet(r)
		u, changed := clone(a).Union(b)
		if changed == equal(u, a) {
			t.Fatalf("%v ⊔ %v = %v, changed is %v", a, b, u, changed)
		}
		if _, again := clone(u).Union(b); again {
			t.Fatalf("%v changes %v a second time", b, u)
		}
	}
}

// TestTransfer: operations go with joins: what holds after operating on a join
// is not more than what holds after operating on both sides.
func TestTransfer(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 20000 {
		a, b := randomSet(r), randomSet(r)
		id, m, release := r.IntN(3), Mode(r.IntN(2)), r.IntN(2) == 0
		op := func(s Set) Set {
			return s.Map(func(p Path) (Path, bool) {
				if release {
					p, _ = p.Release(id, m, false, 9)
				} else {
					p, _ = p.Acquire(id, m, 9)
				}
				return p, true
			})
		}
		whole, parts := op(union(a, b)), union(op(a), op(b))
		for k := range 3 {
			mode, must := whole.Must(k)
			if !must || len(parts.Paths) == 0 || parts.Paths[0].Vague {
				continue // of too many paths less is known
			}
			if got, ok := parts.Must(k); !ok || got > mode {
				t.Fatalf("lock %d is held after the operation on %v but not on its parts %v and %v", k, union(a, b), a, b)
			}
		}
	}
}

func TestFaults(t *testing.T) {
	type op struct {
		release bool
		m       Mode
	}
	lock, unlock := op{false, Exclusive}, op{true, Exclusive}
	rlock, runlock := op{false, Shared}, op{true, Shared}
	tests := []struct {
		name  string
		fresh bool
		ops   []op
		want  Fault // of the last
		excl  Status
		share Status
	}{
		{"lock", false, []op{lock}, None, Held, Free},
		{"lock twice", false, []op{lock, lock}, Double, Held, Free},
		{"balanced", false, []op{lock, unlock}, None, Free, Free},
		{"unlock twice", false, []op{lock, unlock, unlock}, NotHeld, Free, Free},
		{"caller's lock", false, []op{unlock}, None, Lent, Entry},
		{"caller's lock twice", false, []op{unlock, unlock}, NotHeld, Lent, Entry},
		{"given back", false, []op{unlock, lock}, None, Back, Free},
		{"given back and locked", false, []op{unlock, lock, lock}, Double, Back, Free},
		{"fresh", true, []op{unlock}, NotHeld, Free, Entry},
		{"recursive", false, []op{rlock, rlock}, Recursive, Free, Held},
		{"recursive, once given up", false, []op{rlock, rlock, runlock}, None, Free, Held},
		{"recursive, balanced", false, []op{rlock, rlock, runlock, runlock}, None, Free, Free},
		{"upgrade", false, []op{rlock, lock}, Upgrade, Held, Held},
		{"downgrade", false, []op{lock, rlock}, Downgrade, Held, Free},
		{"upgrade by way of free", false, []op{rlock, runlock, lock}, None, Held, Free},
		{"Unlock of RLock", false, []op{rlock, unlock}, Mismatch, Free, Unknown},
		{"RUnlock of Lock", false, []op{lock, runlock}, Mismatch, Unknown, Free},
	}
	for _, test := range tests {
		var p Path
		var got Fault
		for i, o := range test.ops {
			if o.release {
				p, got = p.Release(7, o.m, test.fresh, i)
			} else {
				p, got = p.Acquire(7, o.m, i)
			}
		}
		if l := p.Lock(7); got != test.want || l.Excl != test.excl || l.Share != test.share {
			t.Errorf("%s: fault %d, exclusive %d, shared %d; want %d, %d, %d", test.name, got, l.Excl, l.Share, test.want, test.excl, test.share)
		}
	}
}

// TestAssume: a branch that goes against an earlier one on the same condition
// is not taken, and paths that agree about locks keep what they agree on.
func TestAssume(t *testing.T) {
	p, ok := Path{}.Assume(1, true)
	if !ok {
		t.Fatal("first branch not taken")
	}
	if _, ok := p.Assume(1, false); ok {
		t.Error("both branches of one condition taken")
	}
	q, _ := Path{}.Assume(1, false)
	s, _ := Of(p).Add(q)
	if len(s.Paths) != 1 || len(s.Paths[0].Conds) != 0 {
		t.Errorf("paths without locks did not become one: %v", s)
	}
	q, _ = q.Acquire(0, Exclusive, 0)
	if s, _ = Of(p).Add(q); len(s.Paths) != 2 {
		t.Errorf("paths with unlike locks became one: %v", s)
	}
}
