package scope

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"

	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// Owed returns the calls of Done in t if each instance of t surely has to call
// it exactly once, and the Add that says so.
func (w *WaitGroup) Owed(t *Thread) (dones []*Node, add *Node) {
	if !t.Known() || !w.awaited() || !w.Closed(true, models.WGDone) {
		return nil, nil
	}
	if add = w.Counted(t); add == nil {
		return nil, nil
	}
	return In(w.Dones, t), add
}

// awaited reports whether anybody waits for w.
func (w *WaitGroup) awaited() bool {
	return len(w.Waits) > 0 || w.Census != nil && w.Census.First(models.WGWait) != nil
}

// Twice returns two calls of Done of which the second follows in every run of
// t that makes the first, though only one is owed.
func (w *WaitGroup) Twice(t *Thread) (first, second *Node) {
	dones := In(w.Dones, t)
	if len(dones) < 2 || !t.Known() {
		return nil, nil
	}
	if t.Spawn.Ev.Kind == models.WGGo {
		if len(w.Adds) > 0 || !w.Closed(false, models.WGAdd) {
			return nil, nil
		}
	} else if owed, _ := w.Owed(t); owed == nil || !w.Closed(false, models.WGAdd) || w.topped(t) {
		return nil, nil
	}
	for _, a := range dones {
		for _, b := range dones {
			if a != b && w.follows(a, b) {
				return a, b
			}
		}
	}
	return nil, nil
}

// topped reports whether something is added for t once more after its start, or by
// another goroutine: then the one Done may say that it runs, the other that it has
// ended, or that it has taken over what was added there.
func (w *WaitGroup) topped(t *Thread) bool {
	s := w.Scope
	return slices.ContainsFunc(w.Adds, func(a *Node) bool {
		owed := slices.ContainsFunc(s.Threads[1:], func(u *Thread) bool {
			_, o := w.Owed(u)
			return o == a && (u != t || s.SameLoop(t.Spawn, a))
		})
		return a.Thread != t.Spawn.Thread || s.leads(t.Spawn, a) && !owed
	})
}

// follows reports whether every path from a to the end of the thread's
// function passes b, and not each of them a helper that may end the test first.
func (w *WaitGroup) follows(a, b *Node) bool {
	s, end := w.Scope, a.Thread.Frame.Exit
	if b.Ev.Kind == skeleton.AtReturn {
		return !s.InLoop(a) && slices.ContainsFunc(s.Nodes, func(n *Node) bool { return n == end }) && s.leads(a, end)
	}
	fails := func(n *Node) bool {
		return n.Ev != nil && n.Ev.Kind == skeleton.CallFn && n.Ev.Callee.Call != nil && summary.TakesT(n.Ev.Callee.Call)
	}
	if s.InLoop(a) || s.Dominates(b, a) || !s.leads(a, b) || !s.Reach(a, fails)(b) {
		return false
	}
	for _, n := range a.Succs {
		if s.Reach(n, func(m *Node) bool { return m == b })(end) {
			return false
		}
	}
	return true
}

// leads reports whether control can go from a to b.
func (s *Scope) leads(a, b *Node) bool { return s.backward(b).has(a.ID) }

// OnCopy returns a Done, if w is a copy of a WaitGroup that somebody waits for,
// and that Wait.
func (w *WaitGroup) OnCopy() (done, wait *Node) {
	for _, d := range w.Dones {
		orig := w.Scope.original(d)
		for _, n := range w.Scope.Nodes {
			if orig != nil && n.Ev != nil && n.Ev.Kind == models.WGWait && n.Obj == orig {
				return d, n
			}
		}
	}
	return nil, nil
}

// original returns the WaitGroup that n's operation is on a copy of: n is about
// a parameter or variable that a value was copied to. It is nil if there is
// none.
func (s *Scope) original(n *Node) *place.Place {
	if n.Ev.Obj == nil || n.Frame == nil {
		return nil
	}
	for q := n.Ev.Obj; q != nil; q = q.Parent {
		if q.Parent != nil && q.Sel.Kind == place.Deref {
			return nil // a pointer is copied: both lead to one WaitGroup
		}
	}
	cell, ok := n.Ev.Obj.Root.V.(*ssa.Alloc)
	if !ok || slices.ContainsFunc(n.Ev.Obj.Sels(), func(s place.Sel) bool { return s.Kind == place.Deref }) {
		return nil // a pointer that was copied leads to the original
	}
	f := frameOf(n.Frame, cell.Parent())
	var stored *ssa.Store
	for _, r := range *cell.Referrers() {
		if st, ok := r.(*ssa.Store); ok && st.Addr == cell {
			if stored != nil {
				return nil
			}
			stored = st
		}
	}
	if f == nil || stored == nil {
		return nil
	}
	v, g := s.Resolve(stored.Val, f)
	load, ok := v.(*ssa.UnOp)
	if !ok || g == nil {
		return nil
	}
	if _, ok := load.Type().Underlying().(*types.Struct); !ok {
		return nil
	}
	return n.Ev.Obj.Rebase(s.Place(s.Pkg.Places.Of(load.X), g))
}

// Endless returns an Add and a Wait of a WaitGroup that nothing counts down,
// nil if there is none. A program that waits for a local variable of its own,
// outside of any goroutine, may do so to stay.
func (cs *Censuses) Endless(c *Census) (add, wait *Op) {
	add, wait = c.First(models.WGAdd), c.First(models.WGWait)
	if add == nil || wait == nil || c.Open || c.Copied || c.First(models.WGDone) != nil {
		return nil, nil
	}
	if _, local := c.Class.Obj.(*ssa.Alloc); local && cs.p.Pass.Pkg.Name() == "main" && !cs.spawned[wait.Fn] {
		return nil, nil
	}
	if slices.ContainsFunc(c.Ops, Op.signed) || c.Elsewhere(cs.p.Pass) {
		return nil, nil
	}
	return add, wait
}

// signed reports whether o adds what a caller says, which may be less than zero.
func (o Op) signed() bool {
	if o.Ev.Kind != models.WGAdd || o.Ev.Callee.Value == nil {
		return false
	}
	_, ok := o.Ev.Callee.Value.(*ssa.Parameter)
	return ok
}

// Tolerates reports whether the miss may be meant: the goroutine tells somebody
// before it leaves so, and nobody has to come to a Wait.
func (w *WaitGroup) Tolerates(t *Thread, m *Miss, dones []*Node) bool {
	s := w.Scope
	for _, wait := range w.Waits {
		if wait.Thread == t.Parent && t.Parent.Known() && !s.Reach(t.Spawn, func(n *Node) bool { return n == wait })(t.Parent.Frame.Exit) {
			return false
		}
	}
	for _, n := range t.nodes {
		if n.Ev == nil || !s.backward(m.Node).has(n.ID) {
			continue
		}
		switch n.Ev.Kind {
		case models.Send, models.Close, models.CondSignal, models.CondBroadcast:
			if !slices.ContainsFunc(dones, func(d *Node) bool { return s.leads(n, d) }) {
				return true
			}
		}
	}
	return false
}

// Elsewhere reports whether the variable or field of the census is named in a
// Go or other source file of the package's directory that is not part of the
// pass: a test, or code for another system.
func (c *Census) Elsewhere(pass *analysis.Pass) bool {
	name := ""
	switch v := c.Class.Obj.(type) {
	case *types.Var:
		name = v.Name()
	case *ssa.Global:
		name = v.Name()
	default:
		return false
	}
	word := regexp.MustCompile(`\b` + regexp.QuoteMeta(name) + `\b`)
	inPass := map[string]bool{}
	dir := ""
	for _, f := range pass.Files {
		file := pass.Fset.File(f.FileStart).Name()
		inPass[filepath.Base(file)], dir = true, filepath.Dir(file)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return true
	}
	for _, e := range entries {
		switch filepath.Ext(e.Name()) {
		case ".go", ".s", ".c":
		default:
			continue
		}
		if inPass[e.Name()] {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil || word.Match(text) {
			return true
		}
	}
	return false
}
