// Package chanleak reports goroutines that are left blocked at a channel,
// because the goroutine at its other end leaves.
//
// # Analyzer chanleak
//
// chanleak: find goroutines that are left blocked at a channel for ever
//
// # What
//
// A send, a receive or a select at which a goroutine stays for ever, because
// whoever it waits for can leave first:
//
//   - the receiver returns on a timeout, on cancellation, on an error, by the
//     default of its select or out of the middle of its loop;
//   - there are more sends than receives: many goroutines send and one answer
//     is received, or a goroutine goes on after it has sent and sends again;
//   - a goroutine returns early without the send or close that another waits for;
//   - the only receiver of a field is a loop that may end, which one sender
//     reckons with by a case of its select, and another does not, or that returns
//     at an error without telling anybody;
//   - goroutines take the slots of a semaphore, a buffered channel of struct{}, in
//     a loop, and one of their returns does not give its slot back.
//
// All operations on the channel must be known: it is made in a function that
// starts goroutines, or in one that they share, and goes nowhere else. Its
// capacity must be constant. A select that has another case, which somebody
// else can serve, does not block.
//
// # Why it hurts
//
// The goroutine, and all memory that it refers to, stays until the program
// ends. Requests that time out are the ones that leak, so it shows under load,
// as memory that grows slowly.
//
// # Wrong
//
//	ch := make(chan result)
//	go func() { ch <- fetch() }()
//	select {
//	case r := <-ch:
//		return r, nil
//	case <-ctx.Done():
//		return nil, ctx.Err() // fetch ends later, and nobody receives
//	}
//
// # Right
//
//	ch := make(chan result, 1)
//	go func() { ch <- fetch() }()
//	select {
//	case r := <-ch:
//		return r, nil
//	case <-ctx.Done():
//		return nil, ctx.Err()
//	}
//
// # Precision
//
// A finding has a path of the goroutine that leaves, on which conditions that
// are asked twice have one answer, and a path of the goroutine that is left
// behind, which needs nothing that the first does not do. A panic, t.Fatal, a
// test that has failed (that called Error or Fail, or a helper named so, Fail…,
// that is handed the test), os.Exit, log.Fatal and the end of main are not ways to
// leave, nor, in a test, a branch on data; nor is the end of a loop that has
// counted what it received, a decision by what the only sender sent, or a
// context that nothing but the program's own cancel function ends. In a test, who
// passes on what comes from outside is taken to have passed on all. An error that
// was sent is a way to leave if the sender goes on with its loop whatever it
// sends.
//
// A channel that a function returns is followed into its callers in the package,
// unless they call it in a loop.
//
// That a loop may end while others send is only reported if the package itself
// has a case for that in another select; who sends under a lock, before the
// object is handed out or ends the loop himself is taken to know better.
//
// A function that is too large to be followed everywhere is not known to end a wait,
// and a case of a select whose channel is nil at times may run as often as it should.
//
// Missed are other channels in fields that other functions use too (fnField),
// those with a capacity that is computed (fnCapacity) or that may have been
// chosen to be enough, and conditions that depend on a variable which the
// goroutine itself sets (fnFlag).
//
// # Since
//
// 0.1
package chanleak

import _ "embed"

//go:embed doc.go
var doc string
