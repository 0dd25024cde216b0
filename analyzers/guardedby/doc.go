// Package guardedby reports fields that are used without the lock which, as
// the source says, guards them.
//
// # Analyzer guardedby
//
// guardedby: find uses of guarded fields, and calls of fooLocked, without the
// lock
//
// # What
//
// The source says that a lock guards a field, in a comment on the field
//
//	state int // guarded by mu
//	peers map[string]int // protected by mu.
//
// or by an annotation, on a field +checklocks:mu, on a function
// +checklocks:s.mu or +checklocksread:s.mu, as gVisor's checklocks reads them. mu
// is a sync.Mutex or sync.RWMutex of the same struct. A method whose name ends in Locked
// says the same if at least two of its callers hold a lock of its receiver.
//
// Reported are uses of such a field, and calls of such a function, at which
// surely no lock is held: not by the function, nor by any of its callers.
//
// # Why it hurts
//
// Somebody else holds the lock, and writes the field meanwhile. A lock that one
// side does not take protects nobody.
//
// # Wrong
//
//	type counter struct {
//		mu sync.Mutex
//		n  int // guarded by mu
//	}
//
//	func (c *counter) Add() {
//		c.mu.Lock()
//		c.n++
//		c.mu.Unlock()
//	}
//
//	func (c *counter) Value() int { return c.n }
//
// # Right
//
//	func (c *counter) Value() int {
//		c.mu.Lock()
//		defer c.mu.Unlock()
//		return c.n
//	}
//
// # Precision
//
// An annotation is taken at its word. A comment must be borne out by the code:
// some function writes the field with the lock held, none while it is only
// read-locked, and most uses hold it. The use must be one that can meet others:
// in an exported function, or in a goroutine, or in what these call. Silent
// while any lock is held, since it may be the same by another name, in tests, in
// the function that makes the object and what only that calls, behind an
// operation that waits for goroutines, before a go statement of the same
// function, and in functions whose name or comment says that the caller holds
// the lock.
//
// Misses locks of other types than package sync's, fields that are guarded by a
// lock of another struct, comments that say
// it in other words or with exceptions, and functions that are called through an
// interface or a func value.
//
// May wrongly report a use that nobody can meet for reasons that the code does
// not show, such as a method that is to be called before all others.
//
// Fields that most uses hold a lock for, but about which the source says
// nothing, are not reported: counting alone is wrong too often.
//
// # Since
//
// 0.1
package guardedby

import _ "embed"

//go:embed doc.go
var doc string
