// Package obligation reports results that their receiver has to call, stop or
// close, and does not.
//
// # Analyzer obligation
//
// obligation: find results that have to be called, stopped or closed, and are not
//
// # What
//
// Some functions leave a duty to their callers. Reported is a way out of a
// function on which such a duty is not fulfilled, if the result is dropped or
// never leaves the function:
//
//   - the cancel function of a context that comes from a function of the
//     program, as it is or wrapped in a func that calls it (vet's lostcancel
//     looks at those of package context itself);
//   - the stop function of iter.Pull, unless the iterator came to its end;
//   - an object whose constructor, or a method that was called on it, has started
//     a goroutine which waits until one of its methods is called, as Close;
//   - a channel without a buffer on which a goroutine of the function that returns
//     it is sure to send, and from which nobody else receives, also where a select
//     leaves by another case;
//   - a ticker, and time.Tick, in files for versions of Go before 1.23.
//
// # Why it hurts
//
// What is not released stays: a context and the goroutines that wait for it as
// long as its parent lives, a coroutine for ever, a ticker until the process
// ends. Each call adds one more.
//
// # Wrong
//
//	ctx, cancel := withBudget(ctx) // calls context.WithTimeout
//	rows, err := query(ctx)
//	if err != nil {
//		return err
//	}
//	defer cancel()
//
// # Right
//
//	ctx, cancel := withBudget(ctx)
//	defer cancel()
//	rows, err := query(ctx)
//	if err != nil {
//		return err
//	}
//
// # Precision
//
// Functions that run as long as the process, main and init with their literals,
// may drop what they want, and so may tests. Ways on which the call has failed do not count:
// another result of it is an error, false or nil. A mention in a literal that
// runs somewhere counts as fulfilled, and so does handing the result on. Missed
// are results in variables that also hold others (fnPhi) and in fields.
//
// That an object has a goroutine to end is found out by reading its package: all
// that the goroutine waits for are channels and contexts in unexported fields,
// which only methods close, send on or cancel. Where a context of the caller
// ends it too, that must be one without an end.
//
// # Since
//
// 0.1
package obligation

import _ "embed"

//go:embed doc.go
var doc string
