// Package base has two locks that anybody may take.
package base

import "sync"

// X and Y are locks.
type (
	X struct{ sync.Mutex }
	Y struct{ sync.Mutex }
)
