// Package errgroup reports groups of goroutines (golang.org/x/sync/errgroup)
// that are used after they have ended, or that hold themselves up.
//
// # Analyzer errgroup
//
// errgroup: find errgroups used after Wait, or nested under a limit
//
// # What
//
//   - Work that is given the group's context after Wait: Wait cancels it, also
//     if no goroutine failed.
//   - Go after Wait: no Wait follows that would return the error, or the
//     goroutine uses the group's context, which is cancelled by then. That
//     includes a group made outside of a loop whose rounds end in Wait.
//   - Go in a goroutine of the same group under SetLimit, if as many goroutines
//     as the limit can get there.
//
// A group that nothing waits for is reported by unwaited.
//
// # Why it hurts
//
// A request with a cancelled context fails at once with "context canceled",
// which looks like a fault of the network, and only where the group was waited
// for before. A goroutine that calls Go under a limit keeps its own place while
// it waits for another: when all places are taken by such goroutines, none of
// them goes on.
//
// # Wrong
//
//	g, ctx := errgroup.WithContext(ctx)
//	for _, l := range layers {
//		g.Go(func() error { return upload(ctx, l) })
//	}
//	if err := g.Wait(); err != nil {
//		return err
//	}
//	return commit(ctx) // cancelled
//
// # Right
//
//	g, gctx := errgroup.WithContext(ctx)
//	for _, l := range layers {
//		g.Go(func() error { return upload(gctx, l) })
//	}
//	if err := g.Wait(); err != nil {
//		return err
//	}
//	return commit(ctx)
//
// # Precision
//
// Whether a function cares for its context is found out by reading it, in other
// packages too, down to what waits for Done, asks Err, derives a context or
// calls the network; of a method of an interface that returns an error it is
// assumed. Functions that take values from a context only are fine, and so is a select
// with a default that asks whether the context has ended. Missed are
// contexts and groups in fields (fnField), and a Wait in another function
// (fnHelper). A limit that is no constant is taken to be reached by goroutines
// started in a loop (fpFewItems).
//
// # Since
//
// 0.1
package errgroup

import _ "embed"

//go:embed doc.go
var doc string
