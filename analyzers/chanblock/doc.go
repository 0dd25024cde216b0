// Package chanblock reports channel operations that can never proceed.
//
// # Analyzer chanblock
//
// chanblock: find sends, receives and selects that block for ever
//
// # What
//
// A send on a channel that nothing in the program receives from, a receive from
// a channel that nothing sends on or closes, either of them on a channel that is
// always nil, or where only the goroutine itself would do the other half, later.
// Likewise a select without default of which no case can ever proceed, and one
// without cases in a goroutine that the package starts.
//
// The channel is followed from where it is made through variables, fields,
// containers, calls and other channels, so the two halves can be in different
// functions. Nothing is reported unless all that can be done to the channel is
// known: it does not leave the package but for a direction that does not matter
// (a result of type <-chan T is only received from).
//
// # Why it hurts
//
// The goroutine never ends, and keeps alive all that it refers to: a leak for
// each time that it is started, or a program that hangs.
//
// # Wrong
//
//	func (w *watch) run() {
//		err := <-w.errs
//		w.cancel()
//		w.result <- err // nobody reads the result of a watch
//	}
//
// # Right
//
//	func (w *watch) run() {
//		<-w.errs
//		w.cancel()
//	}
//
// # Precision
//
// It assumes that a variable which only files outside of the analysed build name
// (for other systems, tests) is used there in every way, that what is compared
// with nil anywhere is optional, unless it is sent on and nothing ever receives,
// and that package-level channels are used by
// whoever imports the package. Channels with a buffer of unknown size are never
// full.
//
// Silent about a receive from a channel of which nothing else is known, and about
// a select without cases, unless the package starts the goroutine, and in tests:
// that is how a program waits for ever on purpose. Silent about a nil channel in
// a select with other cases.
//
// Silent in a function literal that is only kept, as a callback of which nobody
// knows whether it is called.
//
// It tells channels apart by where they are made and by the field that holds
// them: that one object of a type has a receiver hides that another has none.
// It does not count what fits into a buffer.
//
// # Since
//
// concvet 0.1
package chanblock

import _ "embed"

//go:embed doc.go
var doc string
