package scope

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// Package net/http runs each request in a goroutine of its own, so a handler
// runs many times at once. That counts only where a real server is started: a
// handler that a test gives to httptest runs for requests that the test waits
// for, and what a framework does with one is not known. Before the server is
// started none runs, so that what the function which registers a handler does
// comes first.

// served returns the registrations of handlers in a package that starts a
// server, tests left out.
func served(p *summary.Package) map[*skeleton.Event]bool {
	out := map[*skeleton.Event]bool{}
	serves := false
	for _, fn := range p.Funcs {
		sk := p.Skeleton(fn)
		if sk == nil || p.InTest(fn.Pos()) {
			continue
		}
		for i := range sk.Nodes {
			ev := sk.Nodes[i].Ev
			if ev == nil {
				continue
			}
			if ev.Kind == models.Handler {
				out[ev] = true
			}
			serves = serves || ev.Callee.Call != nil && models.Serves(skeleton.Object(ev.Callee.Call))
		}
	}
	if !serves {
		return nil
	}
	return out
}

// registrars returns the functions that register a handler, themselves or
// through a few calls.
func (e *env) registrars(p *summary.Package) map[*ssa.Function]bool {
	only := &env{served: e.served, handlers: true}
	return only.spawners(p, maxCallers)
}

// serveHTTP returns the method of the package that serves the requests of a
// handler which is no func value, and its receiver.
func (s *Scope) serveHTTP(ev *skeleton.Event, f *Frame) (fn *ssa.Function, args []ssa.Value, up *Frame) {
	v, g := s.Resolve(ev.Callee.Value, f)
	if m, ok := v.(*ssa.MakeInterface); ok {
		v = m.X
	}
	if g == nil || types.IsInterface(v.Type()) {
		return nil, nil, f
	}
	obj, index, _ := types.LookupFieldOrMethod(v.Type(), true, s.Pkg.Pass.Pkg, "ServeHTTP")
	m, ok := obj.(*types.Func)
	if !ok || len(index) != 1 || m.Pkg() != s.Pkg.Pass.Pkg {
		return nil, nil, f
	}
	return s.Pkg.SSA.Prog.FuncValue(m.Origin()), []ssa.Value{v}, g
}

// request returns the thread of requests that t is or descends from, nil if
// there is none.
func (t *Thread) request() *Thread {
	for ; t.Spawn != nil; t = t.Parent {
		if t.Spawn.Ev.Kind == models.Handler {
			return t
		}
	}
	return nil
}

// unserved reports whether a or b runs in a request and the other one, which
// does not, may be done before there are any: it belongs to what registers the
// handler, or does not go on for ever.
func (s *Scope) unserved(a, b *Node) bool {
	t, x := a.Thread.request(), b
	if t == nil {
		t, x = b.Thread.request(), a
	}
	if t == nil || x.Thread.request() != nil {
		return false
	}
	return t.Within(x.Thread) || !s.InLoop(x)
}
