// Package deadlock reports … (one sentence for the list of packages).
//
// # Analyzer deadlock
//
// deadlock: find … (a verb phrase of one line, for lists of rules)
//
// # What
//
// What is reported, and only when.
//
// # Why it hurts
//
// What happens at run time.
//
// # Wrong
//
//	an example that is reported
//
// # Right
//
//	the same, mended
//
// # Precision
//
// What the rule assumes, what it misses and what it may wrongly report, each
// with a fixture (fn…, fp…).
//
// # Since
//
// (version)
package deadlock

import _ "embed"

//go:embed doc.go
var doc string
