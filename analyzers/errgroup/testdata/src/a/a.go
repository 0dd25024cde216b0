// Package a has groups of which something is used after Wait.
package a

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"golang.org/x/sync/errgroup"

	"fixture/b"
)

type registry struct{ url string }

func (r *registry) upload(ctx context.Context, layer string) error { return b.Commit(ctx, r.url+layer) }

func (r *registry) commit(ctx context.Context) error { return b.Commit(ctx, r.url) }

// google/go-containerregistry#1128: the manifests are uploaded with the context
// of the group that has uploaded the layers.
func badManifest(ctx context.Context, r *registry, layers []string) error {
	g, ctx := errgroup.WithContext(ctx)
	for _, l := range layers {
		g.Go(func() error { return r.upload(ctx, l) })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return r.commit(ctx) // want `ctx is cancelled when g.Wait returns: what uses it here ends at once with context.Canceled`
}

// The same, fixed.
func okManifest(ctx context.Context, r *registry, layers []string) error {
	g, gctx := errgroup.WithContext(ctx)
	for _, l := range layers {
		g.Go(func() error { return r.upload(gctx, l) })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return r.commit(ctx)
}

// coinbase/mesh-sdk-go#90: blocks are fetched by a group, and handed to a
// handler with the group's context, so that the handler gives up at once.
func badSync(ctx context.Context, s store, blocks []string) error {
	g, ctx := errgroup.WithContext(ctx)
	for _, block := range blocks {
		g.Go(func() error { return s.Put(ctx, block) })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for _, block := range blocks {
		if err := s.Put(ctx, "handled "+block); err != nil { // want `ctx is cancelled when g.Wait returns`
			return err
		}
	}
	return nil
}

// The same, fixed: the group has a context of its own.
func okSync(ctx context.Context, s store, blocks []string) error {
	g, gctx := errgroup.WithContext(ctx)
	for _, block := range blocks {
		g.Go(func() error { return s.Put(gctx, block) })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for _, block := range blocks {
		if err := s.Put(ctx, "handled "+block); err != nil {
			return err
		}
	}
	return nil
}

func badSelect(ctx context.Context, c <-chan int) int {
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { b.Wait(gctx, c); return nil })
	if g.Wait() != nil {
		return 0
	}
	return b.Wait(gctx, c) // want `gctx is cancelled`
}

func badDerived(ctx context.Context, r *registry) error {
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { return r.commit(gctx) })
	err := g.Wait()
	late, cancel := context.WithTimeout(gctx, time.Second) // want `gctx is cancelled`
	defer cancel()
	return errors.Join(err, r.commit(late))
}

func badErr(ctx context.Context, r *registry) error {
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { return r.commit(gctx) })
	g.Wait()
	return gctx.Err() // want `gctx is cancelled`
}

type store interface {
	Put(ctx context.Context, key string) error
	Note(ctx context.Context, key string)
}

func badInterface(ctx context.Context, s store) error {
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { return s.Put(gctx, "a") })
	if err := g.Wait(); err != nil {
		return err
	}
	return s.Put(gctx, "b") // want `gctx is cancelled`
}

// Values outlive the cancellation, and logging takes nothing else.
func okValues(ctx context.Context, s store) error {
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { return s.Put(gctx, "a") })
	err := g.Wait()
	slog.InfoContext(gctx, "done", "trace", b.Trace(gctx))
	s.Note(gctx, "done")
	if cause := context.Cause(gctx); cause != err {
		return cause
	}
	after := context.WithoutCancel(gctx)
	return s.Put(after, "b")
}

// Not every path has waited.
func okEither(ctx context.Context, s store, many bool) error {
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { return s.Put(gctx, "a") })
	if many {
		if err := g.Wait(); err != nil {
			return err
		}
	}
	return errors.Join(s.Put(gctx, "b"), g.Wait())
}

// A group for each batch.
func okBatches(ctx context.Context, s store, batches [][]string) error {
	for _, batch := range batches {
		g, gctx := errgroup.WithContext(ctx)
		for _, k := range batch {
			g.Go(func() error { return s.Put(gctx, k) })
		}
		if err := g.Wait(); err != nil {
			return err
		}
	}
	return nil
}

// One group for all batches: from the second on they are cancelled.
func badBatches(ctx context.Context, s store, batches [][]string) error {
	g, gctx := errgroup.WithContext(ctx)
	for _, batch := range batches {
		for _, k := range batch {
			g.Go(func() error { return s.Put(gctx, k) }) // want `g.Go after g.Wait: the group's context gctx is cancelled when Wait returns`
		}
		if err := g.Wait(); err != nil {
			return err
		}
	}
	return nil
}

// Without a context a group can be waited for again.
func okAgain(batches [][]string, put func(string) error) error {
	var g errgroup.Group
	for _, batch := range batches {
		for _, k := range batch {
			g.Go(func() error { return put(k) })
		}
		if err := g.Wait(); err != nil {
			return err
		}
	}
	return nil
}

func badLate(put func(string) error) error {
	var g errgroup.Group
	g.Go(func() error { return put("a") })
	if err := g.Wait(); err != nil {
		return err
	}
	g.Go(func() error { return put("b") }) // want `g.Go after g.Wait: nothing waits for this goroutine, and its error is lost`
	return nil
}

// Whoever gets the group waits for it.
func okReturned(put func(string) error) *errgroup.Group {
	g := new(errgroup.Group)
	g.Go(func() error { return put("a") })
	return g
}

func okWaitInLiteral(put func(string) error) error {
	var g errgroup.Group
	defer func() { slog.Info("done", "err", g.Wait()) }()
	g.Go(func() error { return put("a") })
	return nil
}

type job struct {
	g   *errgroup.Group
	ctx context.Context
}

func fnField(ctx context.Context, s store) error {
	var j job
	j.g, j.ctx = errgroup.WithContext(ctx)
	j.g.Go(func() error { return s.Put(ctx, "a") })
	if err := j.g.Wait(); err != nil {
		return err
	}
	return s.Put(j.ctx, "b")
}

func wait(g *errgroup.Group) error { return g.Wait() }

func fnHelper(ctx context.Context, s store) error {
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { return s.Put(gctx, "a") })
	if err := wait(g); err != nil {
		return err
	}
	return s.Put(gctx, "b")
}

// A select with a default asks whether Wait has cancelled the context.
func okAsks(ctx context.Context, r *registry) bool {
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { return r.commit(gctx) })
	g.Wait()
	select {
	case <-gctx.Done():
		return true
	default:
		return false
	}
}
