// Package rwunneeded reports reader-writer locks that are not used as such.
//
// # Analyzer rwunneeded
//
// rwunneeded: find RWMutexes that are locked exclusively where reading is all
//
// # What
//
// An RWMutex is locked by Lock for a section that only reads, though others take
// it by RLock: what the section reads are fields beside the lock that are written
// under Lock and nowhere else. Or an RWMutex that only this package can use is
// never taken by RLock at all.
//
// # Why it hurts
//
// Readers that take the lock exclusively keep each other out for nothing, and
// everybody else. An RWMutex that nobody read-locks costs more than a Mutex, in
// time and memory, and says to readers of the code what is not so.
//
// # Wrong
//
//	func (c *cache) get(k string) string {
//		c.mu.Lock()
//		defer c.mu.Unlock()
//		return c.items[k]
//	}
//
// # Right
//
//	func (c *cache) get(k string) string {
//		c.mu.RLock()
//		defer c.mu.RUnlock()
//		return c.items[k]
//	}
//
// # Precision
//
// This is advice: the program is right as it is. It assumes that whoever reads
// wants to run side by side with others.
//
// Silent about sections that call what is not known, do I/O, wait, or touch
// fields which are written without the lock, under RLock, or never: then the lock
// may be there for something else. Silent about an RWMutex whose address is
// taken, that is exported or embedded.
//
// It misses sections that call functions of other packages (fnImported), and
// fields guarded by a lock of another struct.
//
// # Since
//
// 0.1
package rwunneeded

import _ "embed"

//go:embed doc.go
var doc string
