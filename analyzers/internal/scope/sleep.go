package scope

import (
	"slices"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// SleptFor returns the Sleep with which the scope's function waits for the
// goroutine t, nil if there is none: nothing that may wait for t follows the go
// statement but the Sleep, which is in no loop, and the function then ends the
// process or the test, or reads what t writes.
func (s *Scope) SleptFor(t *Thread) *Node {
	if !t.Known() || !s.Returns(t.Entry) || t.Spawn.Thread.ID != 0 || t.Spawn.Ev.Kind != models.Spawn || s.bubbled(t.Spawn) || s.tells(t) {
		return nil
	}
	var sleep *Node
	after := s.forward(t.Spawn.Succs, func(*Node) bool { return false })
	for _, n := range s.Nodes {
		if !after[n.ID] || n.Ev == nil || n.Thread.ID != 0 {
			continue
		}
		if n.Ev.Kind != models.Sleep {
			if mayJoin(n) {
				return nil
			}
			continue
		}
		if sleep == nil && !s.InLoop(n) {
			sleep = n
		}
	}
	if sleep == nil || RoleOf(s.Root) == "parent" && !s.readsAfter(t, sleep) {
		return nil
	}
	return sleep
}

// bubbled reports whether n runs in a bubble of testing/synctest, where time waits
// for the goroutines.
func (s *Scope) bubbled(n *Node) bool {
	for f := n.Frame; f != nil; f = f.Up {
		if f.At != nil && f.At.Ev.Kind == models.Bubble {
			return true
		}
	}
	calls, _ := s.Pkg.Callers(s.Root)
	return slices.ContainsFunc(calls, func(c summary.Call) bool { return c.Ev.Kind == models.Bubble })
}

// tells reports whether t sends on a channel or closes one: whoever has that
// waits for it, though not here.
func (s *Scope) tells(t *Thread) bool {
	return slices.ContainsFunc(s.Nodes, func(n *Node) bool {
		return n.Thread == t && n.Ev != nil && (n.Ev.Kind == models.Send || n.Ev.Kind == models.Close)
	})
}

// mayJoin reports whether n can wait for another goroutine, or find out how far
// it is.
func mayJoin(n *Node) bool {
	switch n.Ev.Kind {
	case skeleton.Read, skeleton.Write, skeleton.Return, skeleton.GoExit, models.Spawn, models.WGAdd, models.FailNow, models.Exit, models.Panic,
		models.Close, models.Cancel, models.CtxMake:
		return false
	case skeleton.CallFn:
		return n.inner == nil && n.Ev.Effect.MayWait()
	}
	return true
}

// readsAfter reports whether the first thread reads, behind n, what t writes.
func (s *Scope) readsAfter(t *Thread, n *Node) bool {
	after := s.forward(n.Succs, func(*Node) bool { return false })
	for _, w := range s.Nodes {
		if w.Ev == nil || w.Ev.Kind != skeleton.Write || w.Thread != t || w.Obj == nil {
			continue
		}
		for _, r := range s.Nodes {
			if r.Ev != nil && r.Ev.Kind == skeleton.Read && r.Thread.ID == 0 && after[r.ID] && r.Obj == w.Obj {
				return true
			}
		}
	}
	return false
}
