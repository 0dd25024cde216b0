package lockset

import "slices"

// A Cond is what a path has found out about a condition.
type Cond struct {
	Key int // number of the condition, given by whoever knows it
	Val bool
}

// A Path stands for the paths to a point that leave the same locks held.
// Paths are values: operations return a changed copy.
type Path struct {
	Locks []Lock // those touched since entry, in order of number
	Conds []Cond // branches that all these paths took, in order of key

	// Lost is a set of classes of locks: of each an instance is held, or was,
	// that has no name any more, as the variable that led to it has changed.
	Lost uint64
	// Pending are the deferred calls, of those that not every path defers,
	// that this path has deferred.
	Pending uint64
	// Vague says that this is a mixture of unlike paths: nothing should be
	// said about it.
	Vague bool
}

// Lock returns what is known of a lock.
func (p Path) Lock(id int) Lock {
	if i, ok := find(p.Locks, id); ok {
		return p.Locks[i]
	}
	return Lock{ID: id}
}

// With returns p with what is known of one lock replaced.
func (p Path) With(l Lock) Path {
	i, ok := find(p.Locks, l.ID)
	switch {
	case ok && l.Touched():
		p.Locks = slices.Clone(p.Locks)
		p.Locks[i] = l
	case ok:
		p.Locks = slices.Delete(slices.Clone(p.Locks), i, i+1)
	case l.Touched():
		p.Locks = slices.Insert(slices.Clone(p.Locks), i, l)
	}
	return p
}

// Acquire returns p after a lock operation at node site.
func (p Path) Acquire(id int, m Mode, site int) (Path, Fault) {
	l, fault := p.Lock(id).acquire(m, site)
	return p.With(l), fault
}

// Release returns p after an unlock operation at node site. Fresh says that
// the function made the lock, so that it was free at entry.
func (p Path) Release(id int, m Mode, fresh bool, site int) (Path, Fault) {
	l, fault := p.Lock(id).release(m, fresh, site)
	return p.With(l), fault
}

// Blur returns p after something unknown happened to a lock.
func (p Path) Blur(id int) Path {
	l := p.Lock(id)
	return p.With(Lock{ID: id, Excl: Unknown, Share: Unknown, Site: l.Site})
}

// Drop returns p without knowledge of a lock, whose name now means another.
func (p Path) Drop(id int) Path { return p.With(Lock{ID: id}) }

// Assume returns p on the branch where a condition is val; ok is false if p
// took the other branch before.
func (p Path) Assume(key int, val bool) (_ Path, ok bool) {
	i, found := p.cond(key)
	if found {
		return p, p.Conds[i].Val == val
	}
	p.Conds = slices.Insert(slices.Clone(p.Conds), i, Cond{key, val})
	return p, true
}

// Known returns what the path knows of a condition.
func (p Path) Known(key int) (val, ok bool) {
	if i, ok := p.cond(key); ok {
		return p.Conds[i].Val, true
	}
	return false, false
}

func (p Path) cond(key int) (int, bool) {
	return slices.BinarySearchFunc(p.Conds, key, func(c Cond, key int) int { return c.Key - key })
}

// Unlearn returns p without what it knows of the conditions that stale holds
// for.
func (p Path) Unlearn(stale func(key int) bool) Path {
	if slices.ContainsFunc(p.Conds, func(c Cond) bool { return stale(c.Key) }) {
		p.Conds = slices.DeleteFunc(slices.Clone(p.Conds), func(c Cond) bool { return stale(c.Key) })
	}
	return p
}

// alike reports whether p and q agree about everything but conditions.
func (p Path) alike(q Path) bool {
	return p.Lost == q.Lost && p.Pending == q.Pending && p.Vague == q.Vague && slices.EqualFunc(p.Locks, q.Locks, Lock.same)
}

// common returns the conditions that a and b agree on.
func common(a, b []Cond) []Cond {
	if slices.Equal(a, b) {
		return a
	}
	var out []Cond
	for _, c := range a {
		if slices.Contains(b, c) {
			out = append(out, c)
		}
	}
	return out
}

// merge returns the least path above p and q, vague unless they are alike.
func merge(p, q Path) Path {
	m := Path{
		Conds: common(p.Conds, q.Conds), Lost: p.Lost | q.Lost, Pending: p.Pending | q.Pending,
		Vague: p.Vague || q.Vague || !p.alike(q),
	}
	for _, l := range p.Locks {
		other := Lock{ID: l.ID, Site: l.Site}
		if i, ok := find(q.Locks, l.ID); ok {
			other = q.Locks[i]
		}
		m = m.With(joinLock(l, other))
	}
	for _, l := range q.Locks {
		if _, ok := find(p.Locks, l.ID); !ok {
			m = m.With(joinLock(l, Lock{ID: l.ID, Site: l.Site}))
		}
	}
	return m
}
