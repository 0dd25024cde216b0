// Package joiner waits for its callers.
package joiner

import "sync"

// Wait waits.
func Wait(wg *sync.WaitGroup) { wg.Wait() }
