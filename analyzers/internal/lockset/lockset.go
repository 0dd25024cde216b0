// Package lockset holds what is known of the locks that a goroutine holds at a
// point of a function, relative to where the function was entered.
//
// An element of the domain is a [Set] of paths: the ways to get here that
// leave different locks held. It over-approximates the paths (may); a lock
// that all of them hold is surely held (must). Bottom is the empty set: no way
// leads here. Join is union, in which paths that agree about locks become one.
// Past [MaxPaths] all become one vague path. Ignored are other goroutines: the
// lock that a goroutine is given by another one is not seen.
package lockset

import "slices"

// A Mode says how a lock is held.
type Mode uint8

// The modes.
const (
	Exclusive Mode = iota
	Shared         // by RLock
)

// A Status is what happened to one mode of one lock since the function was
// entered. Statuses form a flat lattice with top Unknown.
type Status uint8

// The statuses.
const (
	Entry   Status = iota // nothing: as the caller left it
	Held                  // acquired since, and held
	Free                  // acquired since, and given up again
	Lent                  // the caller's hold was given up
	Back                  // the caller's hold was given up and taken again
	Unknown               // any of these
)

// held reports whether the status says that the lock is held now, whatever it
// was at entry.
func (s Status) held() bool { return s == Held || s == Back }

func join(a, b Status) Status {
	if a == b {
		return a
	}
	return Unknown
}

// A Lock is what is known of one lock on one path.
type Lock struct {
	ID    int // number of the lock, given by whoever knows its place
	Excl  Status
	Share Status
	Depth int // how often it is held shared, if Share is Held
	Site  int // number of the node that last acquired or released it
}

// Held returns whether the lock is held, and how.
func (l Lock) Held() (m Mode, ok bool) {
	if l.Excl.held() {
		return Exclusive, true
	}
	return Shared, l.Share.held()
}

// Touched reports whether anything happened to the lock since entry.
func (l Lock) Touched() bool { return l.Excl != Entry || l.Share != Entry }

// Blurred reports whether it is unknown if the lock is held.
func (l Lock) Blurred() bool { return l.Excl == Unknown || l.Share == Unknown }

func (l Lock) same(m Lock) bool {
	return l.ID == m.ID && l.Excl == m.Excl && l.Share == m.Share && l.Depth == m.Depth
}

// A Fault is what is wrong with an operation on a lock.
type Fault uint8

// The faults.
const (
	None      Fault = iota
	Double          // exclusive lock of what is held exclusively: blocks for ever
	Upgrade         // exclusive lock of what is held shared: blocks for ever
	Downgrade       // shared lock of what is held exclusively: blocks for ever
	Recursive       // shared lock of what is held shared: blocks if a writer waits
	NotHeld         // unlock of what is known to be free: panics
	Mismatch        // Unlock of what RLock took, or the reverse: panics
)

// maxDepth bounds how often a lock is counted as held shared.
const maxDepth = 3

// acquire returns what an acquisition makes of l.
func (l Lock) acquire(m Mode, site int) (Lock, Fault) {
	x, s := l.Excl.held(), l.Share.held()
	l.Site = site
	if m == Exclusive {
		switch {
		case x:
			return l, Double
		case s:
			l.Excl = Held
			return l, Upgrade
		}
		l.Excl = taken(l.Excl)
		if l.Share == Entry {
			l.Share = Free // nobody can hold it shared now
		}
		return l, None
	}
	if x {
		return l, Downgrade
	}
	if l.Share == Held {
		l.Depth = min(l.Depth+1, maxDepth)
		return l, Recursive
	}
	if s {
		return l, Recursive
	}
	if l.Share = taken(l.Share); l.Share == Held {
		l.Depth = 1
	}
	if l.Excl == Entry {
		l.Excl = Free
	}
	return l, None
}

func taken(s Status) Status {
	if s == Lent {
		return Back
	}
	return Held
}

// release returns what giving up makes of l. Fresh says that the lock was free
// at entry, since the function made it.
func (l Lock) release(m Mode, fresh bool, site int) (Lock, Fault) {
	mine, other := &l.Excl, &l.Share
	if m == Shared {
		mine, other = other, mine
	}
	if other.held() && (*mine == Free || *mine == Entry) {
		*other, l.Depth, l.Site = Unknown, 0, site
		return l, Mismatch
	}
	switch *mine {
	case Held:
		if m == Shared && l.Depth > 1 {
			l.Depth--
			return l, None
		}
		*mine, l.Depth = Free, 0
	case Back:
		*mine = Lent
	case Entry:
		if fresh {
			*mine, l.Site = Free, site
			return l, NotHeld
		}
		*mine = Lent
	case Free, Lent:
		return l, NotHeld
	}
	l.Site = site
	return l, None
}

// joinLock returns what holds for l on both of two paths.
func joinLock(l, m Lock) Lock {
	j := Lock{ID: l.ID, Excl: join(l.Excl, m.Excl), Share: join(l.Share, m.Share), Depth: l.Depth, Site: min(l.Site, m.Site)}
	if l.Depth != m.Depth {
		j.Share, j.Depth = Unknown, 0
	}
	return j
}

// find returns the index of the lock numbered id in locks, which are in order
// of number, and whether it is there.
func find(locks []Lock, id int) (int, bool) {
	return slices.BinarySearchFunc(locks, id, func(l Lock, id int) int { return l.ID - id })
}
