package lockset

import (
	"cmp"
	"slices"
)

// MaxPaths is how many paths a [Set] keeps apart.
const MaxPaths = 8

// A Set is the paths that lead to a point, at most [MaxPaths], in an order
// that depends on nothing but the paths. The zero Set is bottom: none leads
// there.
type Set struct{ Paths []Path }

// Of returns the set of one path.
func Of(p Path) Set { return Set{[]Path{p}} }

// Add returns s with one more path, and whether that is a change. It modifies
// s.
func (s Set) Add(p Path) (Set, bool) {
	for i, q := range s.Paths {
		if !q.alike(p) {
			continue
		}
		m := merge(q, p)
		if slices.Equal(m.Conds, q.Conds) && slices.Equal(m.Locks, q.Locks) {
			return s, false
		}
		s.Paths[i] = m
		return s, true
	}
	if len(s.Paths) == 1 && s.Paths[0].Vague || p.Vague || len(s.Paths) >= MaxPaths {
		return s.collapse(p)
	}
	i, _ := slices.BinarySearchFunc(s.Paths, p, compare)
	s.Paths = slices.Insert(s.Paths, i, p)
	return s, true
}

// collapse makes one vague path of all of s and p.
func (s Set) collapse(p Path) (Set, bool) {
	all := p
	all.Vague = true
	for _, q := range s.Paths {
		all = merge(all, q)
	}
	if len(s.Paths) == 1 && s.Paths[0].alike(all) && slices.Equal(s.Paths[0].Conds, all.Conds) && slices.Equal(s.Paths[0].Locks, all.Locks) {
		return s, false
	}
	return Of(all), true
}

// Union returns s with the paths of t, and whether that is a change. It
// modifies s.
func (s Set) Union(t Set) (Set, bool) {
	changed := false
	for _, p := range t.Paths {
		var c bool
		s, c = s.Add(p)
		changed = changed || c
	}
	return s, changed
}

// Map returns the set of what f makes of each path; f returns false to drop
// it.
func (s Set) Map(f func(Path) (Path, bool)) Set {
	var out Set
	for _, p := range s.Paths {
		if q, ok := f(p); ok {
			out, _ = out.Add(q)
		}
	}
	return out
}

// Must returns how a lock is held on every path of s; ok is false if one of
// them may not hold it. Exclusive includes shared.
func (s Set) Must(id int) (m Mode, ok bool) {
	for _, p := range s.Paths {
		mode, held := p.Lock(id).Held()
		if !held {
			return Exclusive, false
		}
		m = max(m, mode)
	}
	return m, len(s.Paths) > 0
}

// MustHeld returns the locks held on every path of s, each with the weakest
// mode and the first site. Its Excl or Share is Held.
func (s Set) MustHeld() []Lock {
	if len(s.Paths) == 0 {
		return nil
	}
	var out []Lock
	for _, l := range s.Paths[0].Locks {
		m, ok := s.Must(l.ID)
		if !ok {
			continue
		}
		h := Lock{ID: l.ID, Site: l.Site}
		if m == Exclusive {
			h.Excl = Held
		} else {
			h.Share, h.Depth = Held, 1
		}
		for _, p := range s.Paths[1:] {
			h.Site = min(h.Site, p.Lock(l.ID).Site)
		}
		out = append(out, h)
	}
	return out
}

// compare orders paths that are not alike.
func compare(p, q Path) int {
	b := func(v bool) int {
		if v {
			return 1
		}
		return 0
	}
	return cmp.Or(
		cmp.Compare(p.Lost, q.Lost), cmp.Compare(p.Pending, q.Pending), cmp.Compare(b(p.Vague), b(q.Vague)),
		slices.CompareFunc(p.Locks, q.Locks, func(l, m Lock) int {
			return cmp.Or(cmp.Compare(l.ID, m.ID), cmp.Compare(l.Excl, m.Excl), cmp.Compare(l.Share, m.Share), cmp.Compare(l.Depth, m.Depth))
		}))
}
