// Package blockheld reports … (one sentence for the list of packages).
//
// # Analyzer blockheld
//
// blockheld: find … (a verb phrase of one line, for lists of rules)
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
package blockheld

import _ "embed"

//go:embed doc.go
var doc string
