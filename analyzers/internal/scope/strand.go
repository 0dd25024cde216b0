package scope

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/census"
	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// A Stranded is an operation at which a goroutine stays for ever, because
// another one leaves without the operation that it waits for.
type Stranded struct {
	Op     *Node // the send, receive or select
	Prim   *Primitive
	Leaver *Thread
	Exit   *Node       // where the leaver ends
	Turn   *Node       // where it turns away: the branch, the select case or the call
	Passed int         // operations on Prim that it does before
	Most   int         // sends on Prim that may be attempted, Many if more than can be told
	also   []*Stranded // others that the same departure leaves behind
	Ends   bool        // only closing Prim lets the goroutine go on
}

// stranding is the search for operations of one scope that are stranded.
type stranding struct {
	s     *Scope
	terms *terms
	w     *wait
	t     *Thread // of the wait
	after nodeSet // what happens only after the wait is over, by what is fully known
	other []*Node // what else t's goroutine lets others go on by, and need not have done before the wait

	guards map[int]bool // the conditions that lead to the wait, once asked for
}

// Stranded returns the operations of the scope at which a goroutine is left
// behind. A path of the leaver must exist on which the branches fit together,
// and one of the waiting goroutine that does not need what the leaver has not
// done. Loops that have done what they came for, panics, failing tests, the end
// of the process and of main are no ways to leave.
func (s *Scope) Stranded(cs func() *census.Result) []Stranded {
	if len(s.Threads) < 2 {
		return nil
	}
	var all []*Stranded
	terms := newTerms(s)
	for _, w := range s.waits(cs) {
		x := &stranding{s: s, terms: terms, w: w, t: w.at.Thread}
		if st := x.check(); st != nil {
			all = append(all, st)
		}
	}
	return blamed(all)
}

// blamed picks one of the operations that are stranded by one departure: on one
// channel, or of one goroutine. It is the first, or where the leaver serves
// some the last, of the goroutine that asks for most.
func blamed(all []*Stranded) []Stranded {
	slices.SortStableFunc(all, func(a, b *Stranded) int { return b.Most - a.Most })
	var kept []*Stranded
	for _, st := range all {
		i := slices.IndexFunc(kept, func(o *Stranded) bool {
			return o.Leaver == st.Leaver && (o.Prim == st.Prim || o.Op.Thread == st.Op.Thread && st.Op.Thread.Spawn != nil)
		})
		switch {
		case i < 0:
			kept = append(kept, st)
			continue
		case st.Passed > 0 && st.Op.Thread == kept[i].Op.Thread && st.Most == kept[i].Most && st.Prim == kept[i].Prim:
			st.also = append(kept[i].also, kept[i])
			kept[i] = st
			continue
		}
		kept[i].also = append(kept[i].also, st)
	}
	slices.SortFunc(kept, func(a, b *Stranded) int { return a.Op.ID - b.Op.ID })
	var out []Stranded
	for _, st := range kept {
		out = append(out, *st)
	}
	return out
}

// check looks for a way in which all goroutines that could serve the wait
// leave.
func (x *stranding) check() *Stranded {
	servers := x.servers()
	if len(servers) == 0 || x.t.Count > 1 && x.s.under(x.w.at, chosen) {
		return nil
	}
	x.after = x.s.newOrder(x.w.at, orderKind{exact: true}).after
	for _, y := range x.t.nodes {
		if y.Ev != nil && x.s.releases(y) && !slices.Contains(x.w.arms, y) && y != x.w.at && !x.s.Dominates(y, x.w.at) {
			x.other = append(x.other, y)
		}
	}
	var found *Stranded
	for _, l := range servers {
		st := x.leaves(l, len(servers) == 1)
		if st == nil {
			return nil
		}
		if found == nil {
			found = st
		}
	}
	return found
}

// servers returns the threads that have a source of the wait, nil if one may
// serve in a way that is not followed: the waiting goroutine itself, or one
// that is not known.
func (x *stranding) servers() []*Thread {
	var out []*Thread
	for _, n := range x.w.sources {
		l := n.Thread
		if l == x.t || !l.Known() || n.Frame == nil || x.odd(l) {
			return nil
		}
		if x.below(l, out) {
			continue
		}
		if !slices.Contains(out, l) {
			out = append(out, l)
		}
	}
	// a server that another one starts leaves with it: that it is started counts
	return slices.DeleteFunc(out, func(l *Thread) bool { return x.below(l, out) })
}

func (x *stranding) below(l *Thread, of []*Thread) bool {
	for u := l.Parent; u != nil; u = u.Parent {
		if slices.Contains(of, u) {
			return true
		}
	}
	return false
}

// odd reports whether a goroutine of l is not started by a go statement: others
// may be run when and as often as somebody else pleases.
func (x *stranding) odd(l *Thread) bool {
	for ; l.Spawn != nil; l = l.Parent {
		switch l.Spawn.Ev.Kind {
		case models.Spawn, models.WGGo:
		default:
			return true
		}
	}
	return false
}

// leaves returns how l leaves the waiting goroutine behind, nil if it does not.
func (x *stranding) leaves(l *Thread, only bool) *Stranded {
	if RoleOf(l.Frame.Fn) == "main" || x.odd(x.t) {
		return nil
	}
	p := x.s.Prim(x.w.arms[0])
	st := &Stranded{Op: x.w.at, Prim: p, Leaver: l}
	via := from(l, x.w.at)
	var w *walk
	switch {
	case x.w.at.Ev.Kind == models.Send && via != nil && only:
		w = x.counting(l, p)
	case via != nil:
		if x.servedBefore(via) {
			return nil
		}
		w = x.avoiding(l, via)
	default:
		if x.w.at.Ev.Kind != models.Send && (l.Count > 1 || x.streams()) {
			return nil
		}
		w = x.avoiding(l, l.Entry)
		if x.w.at.Ev.Kind == models.Send {
			k := x.most(x.t, p)
			if k <= p.Cap {
				return nil
			}
			switch {
			case k >= Many && x.paired(l, p):
				return nil
			case k >= Many: // what has been received is not enough either
				w = x.walk(l, l.Entry)
			}
		}
	}
	if w == nil {
		return nil
	}
	path, known := w.find()
	if path == nil || !x.arrives(l, path, known) {
		return nil
	}
	x.explain(st, path)
	if RoleOf(x.s.Root) == "test" && (st.ofData() || x.fed()) {
		return nil // which way a test goes is not open, nor what it sends
	}
	st.Most = x.most(x.t, p)
	st.Ends = !slices.ContainsFunc(x.w.sources, func(n *Node) bool { return n.Ev.Kind != models.Close })
	return st
}

// paired reports whether the waiting goroutine starts one of l for each round of
// sends on p: as many may receive.
func (x *stranding) paired(l *Thread, p *Primitive) bool {
	if l.Parent != x.t || !x.s.InLoop(l.Spawn) {
		return false
	}
	send := func(n *Node) bool { return n.Ev != nil && n.Ev.Kind == models.Send && x.s.Prim(n) == p }
	return !x.s.avoidingAll(l.Spawn.Succs, send).has(l.Spawn.ID)
}

// streams reports whether the goroutine waits for one of many messages: what
// ends the stream before the first is for the program to know.
func (x *stranding) streams() bool {
	return slices.ContainsFunc(x.w.sources, func(n *Node) bool { return n.Ev.Kind == models.Send && x.s.InLoop(n) })
}

// servedBefore reports whether what l does before it starts the goroutine may
// serve the wait: fill the buffer, or close the channel. In a loop it must do so
// for each goroutine, as with a semaphore that each gives back.
func (x *stranding) servedBefore(via *Node) bool {
	back := x.s.backward(via)
	return slices.ContainsFunc(x.w.sources, func(n *Node) bool {
		return n.Thread == via.Thread && back.has(n.ID) && (!x.s.SameLoop(n, via) || x.s.Dominates(n, via) && !x.s.nested(n, via))
	})
}

// walk returns a walk of l from the given node to where it leaves.
func (x *stranding) walk(l *Thread, start *Node) *walk {
	made := x.s.made(x.w.prims[0].Place)
	exit := l.Frame.Exit
	if made != nil && made.Thread == l && !slices.ContainsFunc(x.w.prims, func(p *Primitive) bool { return !p.Exact }) {
		exit = x.w.prims[0].home(made).Exit // it goes no further
	}
	known, asked := x.terms.before(start), x.terms.asked(x.t)
	for id := range known {
		asked[id] = true
	}
	return &walk{
		s: x.s, from: start, terms: x.terms, seed: known, asked: asked,
		goal:  func(n *Node) bool { return n == exit || n == made && n.Thread == l },
		stop:  func(n *Node) bool { return x.holds(l, n) },
		cut:   func(at, br *Node, i int) bool { return x.meant(l, at, br, i) },
		weigh: func(*Node) int { return 0 },
	}
}

// avoiding returns a walk of l from start that passes no source of the wait.
func (x *stranding) avoiding(l *Thread, start *Node) *walk {
	served := map[*Node]bool{}
	for _, n := range x.w.sources {
		served[n] = true
		if n.Thread == l {
			served[x.s.affair(n)] = true
		}
	}
	if served[l.Entry] {
		return nil
	}
	w := x.walk(l, start)
	hold := w.stop
	w.stop = func(n *Node) bool { return served[n] || hold(n) }
	return w
}

// holds reports whether the leaver cannot be taken to pass n: it panics or ends
// the process there, starts somebody else who serves the wait, or waits for
// what the waiting goroutine has yet to do.
func (x *stranding) holds(l *Thread, n *Node) bool {
	if n.Ev == nil {
		return false
	}
	switch n.Ev.Kind {
	case skeleton.GoExit, models.FailNow, models.Panic, models.Exit:
		return true
	case skeleton.CallFn:
		if FailsTest(n) {
			return true
		}
	case skeleton.RecvClosed: // whoever closes it may know that all is done
		if p := x.s.Prim(n); p != nil && p.has(models.Close) {
			return true
		}
	case models.Recv:
		if p := x.s.Prim(n); n.Ev.Arm && p != nil && !p.Exact && !slices.Contains(x.w.prims, p) && ownMake(p) {
			return true
		}
	}
	if n.Starts != nil {
		for _, src := range x.w.sources {
			for t := src.Thread; t != nil; t = t.Parent {
				if t == n.Starts {
					return true
				}
			}
		}
	}
	if x.byItself(n) || x.after.has(n.ID) && !slices.Contains(x.w.sources, n) {
		return true
	}
	for _, y := range x.other {
		if !x.s.completedBy(n, y) {
			continue
		}
		if p := x.s.Prim(n); p != nil && slices.Contains(x.w.prims, p) {
			continue // counted
		}
		if x.t.Count > 1 && n.Ev.Kind == models.Recv && from(l, x.w.at) != nil {
			continue // another goroutine of its kind may have done it
		}
		return true
	}
	return false
}

// chosen reports whether a condition asks an atomic operation, which can choose
// one of many goroutines.
func chosen(cond ssa.Value, _ *Frame) bool {
	found := false
	leaves(cond, func(v ssa.Value) bool {
		call, ok := v.(*ssa.Call)
		found = found || ok && countsAtomically(call)
		return !found
	})
	return found
}
