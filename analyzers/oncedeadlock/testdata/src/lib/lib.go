// Package lib runs functions, and has a Once of its own.
package lib

import "sync"

var once sync.Once

// Init runs f once.
func Init(f func()) { once.Do(f) }

// Run runs f.
func Run(f func()) { f() }
