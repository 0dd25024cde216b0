// Package stalecheck reports changes that go by a check which may be out of date
// by then.
//
// # Analyzer stalecheck
//
// stalecheck: find checks that are made before the lock for the change is taken
//
// # What
//
// A function looks at something, decides on what it sees, and changes it, but
// another goroutine can change it between the two:
//
//   - it reads a field or a map under RLock, and stores an object there, such as a
//     pointer or a map, under Lock of the same RWMutex without looking again;
//   - it loads an entry of a sync.Map, and stores one under the same key;
//   - it loads an atomic variable, and stores it because of what it was.
//
// # Why it hurts
//
// Two goroutines see that there is no entry, both make one, and the second
// throws that of the first away, which is in use already. Or both see that a
// flag is not set, and both do what only one of them should.
//
// # Wrong
//
//	c.mu.RLock()
//	v, ok := c.m[k]
//	c.mu.RUnlock()
//	if ok {
//		return v
//	}
//	c.mu.Lock()
//	defer c.mu.Unlock()
//	v = newValue(k)
//	c.m[k] = v
//	return v
//
// # Right
//
//	c.mu.Lock()
//	defer c.mu.Unlock()
//	if v, ok := c.m[k]; ok {
//		return v
//	}
//	v = newValue(k)
//	c.m[k] = v
//	return v
//
// # Precision
//
// Advice: whether the function is called by two goroutines at once, and whether
// the second change does harm, is not known: often both come to the same value.
// Updates that are computed from what was loaded, by goroutines known to run at
// once, are reported by checkthenact.
//
// Silent if the function looks again with the lock held, and, of atomics and
// sync.Map, while any lock is held, and if it stores nil, zero or false: who
// gives something up has it. Silent about plain values, errors and times that
// are stored under a lock, and about branches that only set flags: whoever comes
// second stores the same, or what is newer.
//
// Misses checks that are made in another function (fnHelper).
//
// # Since
//
// 0.1
package stalecheck

import _ "embed"

//go:embed doc.go
var doc string
