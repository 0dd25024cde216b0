// Package serialized reports goroutines that hold a lock over all their slow
// work and so run one at a time.
//
// # Analyzer serialized
//
// serialized: find locks that make goroutines do their slow work one at a time
//
// # What
//
// The goroutines that a loop starts take one lock before anything else and hold
// it over all that takes long: requests, files, commands, sleep. Reported only
// if the slow work does not need the lock: neither what it is given nor whether
// it is done at all depends on memory that the lock may guard. The message
// names what does need it, and the lock is to be taken just there.
//
// # Why it hurts
//
// While one goroutine waits for its server, all others wait for the lock: ten
// requests take ten times as long as one, as if there were no goroutines.
//
// # Wrong
//
//	go func() {
//		mu.Lock()
//		defer mu.Unlock()
//		resp, err := http.Get(url)
//		if err == nil {
//			status[url] = resp.StatusCode
//		}
//	}()
//
// # Right
//
//	go func() {
//		resp, err := http.Get(url)
//		if err == nil {
//			mu.Lock()
//			defer mu.Unlock()
//			status[url] = resp.StatusCode
//		}
//	}()
//
// # Precision
//
// It assumes that the lock is there for memory that is written under it, or
// for output that is not to be torn. If there is neither, or if every
// goroutine touches the same file or runs the same command, the lock is taken
// to be for the slow work. So it is if that work uses something that lives in
// one struct with the lock, such as a connection.
//
// It misses work whose cost is not known (functions of other modules,
// computation), goroutines that select what to work on, and sections that
// first ask under the lock whether there is anything to do. It wrongly
// reports a lock that is held on purpose while the goroutine sleeps, in order
// to keep others away for that time.
//
// The fix moves the lock to the one statement that needs it. None is offered
// where several do, where what else is done under the lock may need it, too, or
// where a panic would now leave the lock held.
//
// # Since
//
// concvet 0.1
package serialized

import _ "embed"

//go:embed doc.go
var doc string
