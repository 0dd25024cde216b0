// Package lostcancel has what the bundled pass says of cancel functions.
package lostcancel

import "context"

func lost(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx) // want "cancel function is not used on all paths"
	if ctx.Err() != nil {
		cancel()
	}
} // want "this return statement may be reached"

// The literal calls the second cancel function, too, as the watchers in
// k8s.io/client-go/tools/cache/reflector_test.go do.
func reused(ctx context.Context, list func(context.Context, func())) {
	first, cancel := context.WithCancel(ctx)
	stop := func() { cancel() }
	list(first, stop)
	second, cancel := context.WithCancel(ctx)
	list(second, nil)
	if second.Err() != nil {
		return
	}
	list(second, stop)
}

func declared(ctx context.Context, list func(context.Context, func())) {
	var cancel func()
	var in context.Context
	stop := func() { cancel() }
	in, cancel = context.WithCancel(ctx)
	list(in, stop)
}

// The literal is about another variable of the same name.
func shadowed(ctx context.Context, list func(context.Context, func())) {
	stop := func(cancel func()) { cancel() }
	in, cancel := context.WithCancel(ctx) // want "cancel function is not used on all paths"
	if in.Err() != nil {
		stop(cancel)
	}
	list(in, nil)
} // want "this return statement may be reached"
