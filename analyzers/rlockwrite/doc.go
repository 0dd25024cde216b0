// Package rlockwrite reports writes to guarded data while the lock is held
// for reading only.
//
// # Analyzer rlockwrite
//
// rlockwrite: find writes to guarded data while its lock is only read-locked
//
// # What
//
// A field of a struct is written, or the map or slice in it is changed, while
// the RWMutex beside it in the struct is held by RLock, in this function or in
// one that it calls. Reported only when the lock guards the field elsewhere:
// every other write holds Lock, except to a struct that is being made, and some
// other access to the field holds Lock, too.
//
// # Why it hurts
//
// Any number of goroutines hold a read lock at once. Two of them that write
// lose updates, show half-written values to a third, or, if it is a map, crash
// the program with "concurrent map writes", which no recover catches.
//
// # Wrong
//
//	func (c *Cache) Get(k string) string {
//		c.mu.RLock()
//		defer c.mu.RUnlock()
//		c.hits++
//		return c.m[k]
//	}
//
// # Right
//
//	func (c *Cache) Get(k string) string {
//		c.mu.Lock()
//		defer c.mu.Unlock()
//		c.hits++
//		return c.m[k]
//	}
//
// or an atomic counter.
//
// # Precision
//
// It assumes that a lock guards the fields of its own struct only. Silent while
// another lock is held exclusively, which may be what guards the field, and if
// the field is written under RLock in several functions or without the lock
// anywhere: then RLock may mean something else, as in database/sql.Rows, where
// it means "in use". So may it where the function reads the field without the lock
// and holds Lock for some of its writes: it is the only one that writes.
//
// It misses writes through a pointer that the field holds, to fields that are
// guarded by a lock of another struct, and by functions that are called
// through an interface or a func value.
//
// # Since
//
// concvet 0.1
package rlockwrite

import _ "embed"

//go:embed doc.go
var doc string
