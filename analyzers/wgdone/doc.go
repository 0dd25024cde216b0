// Package wgdone reports goroutines that do not call a WaitGroup's Done exactly
// once.
//
// # Analyzer wgdone
//
// wgdone: find WaitGroups that are not counted down once by every goroutine
//
// # What
//
// A goroutine that an Add counts owes one Done. Reported is one that misses it:
//
//   - it returns early on a path without Done;
//   - t.Fatal, t.Skip or runtime.Goexit ends it before;
//   - it recovers from a panic that came before;
//   - nothing calls Done at all, or Done is called on a copy of the WaitGroup;
//   - it is not started at all on a path from the Add to the Wait, as behind a
//     continue;
//   - Done is not deferred, though a call before it can panic or end the
//     goroutine: of a func value or an interface's method, which can be
//     anybody's code, of a function of the package with an explicit panic or an
//     unchecked index in it, in a test of one that gets the *testing.T.
//
// Also reported is a second Done in the same run, as when wg.Go does one itself,
// and a Done before the goroutine has done what who waits relies on: it writes a
// variable afterwards that is read behind the Wait.
//
// # Why it hurts
//
// Wait never returns, and with it what waits for it: a request, a shutdown, the
// whole program. A Done too many makes the counter negative, which panics, or
// lets Wait return before another goroutine is done.
//
// # Wrong
//
//	go func() {
//		resp, err := http.Get(u)
//		if err != nil {
//			return
//		}
//		resp.Body.Close()
//		wg.Done()
//	}()
//
// # Right
//
//	go func() {
//		defer wg.Done()
//		resp, err := http.Get(u)
//		if err != nil {
//			return
//		}
//		resp.Body.Close()
//	}()
//
// # Precision
//
// A goroutine is taken to owe a Done if an Add belongs to its go statement, one
// by one or, before a loop, by the same count, and if all calls of Done are
// known. If Done is called in a loop or by the goroutine that called Add, it
// counts something else, and nothing is reported (fnConsumer). If it tells
// somebody before it leaves, and not every path leads to the Wait, it may be
// right. What a caller says how much to add may count down, and a second Done is
// right if something is added for the goroutine after its start, or if a helper
// that is handed the test may end it between the two. An Add behind the
// start of its goroutine is wgadd's to report. A Done may be for what another
// function adds. Conditions are taken one by
// one: a path that two of them exclude together is reported (fpCorrelated).
//
// # Flags
//
// -wgdone.strict (on): report a Done that is not deferred though a call before
// it can panic or end the goroutine. Functions of other packages are taken not
// to panic (fnOtherPackage), and in tests a panic does not count: it ends them
// all.
//
// # Since
//
// 0.1
package wgdone

import _ "embed"

//go:embed doc.go
var doc string
