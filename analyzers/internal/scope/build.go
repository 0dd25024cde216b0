package scope

import (
	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

func isSpawn(k models.Kind) bool {
	return k == models.Spawn || k == models.WGGo || k == models.AfterFunc
}

// runsNow reports whether the operation runs its func argument before it
// returns, once at most or any number of times.
func runsNow(k models.Kind) (once, runs bool) {
	switch k {
	case models.OnceDo, models.RunTest, models.Bubble:
		return true, true
	case models.Call:
		return false, true
	}
	return false, false
}

// build makes the scope of root. If it is quiet, calls are followed only where
// goroutines may be running.
func build(p *summary.Package, root *ssa.Function, e *env, quiet bool) *Scope {
	s := &Scope{
		Pkg: p, Root: root, env: e, fns: map[*ssa.Function]bool{},
		places: map[placeKey]*place.Place{}, inlined: map[callKey]*Frame{}, orders: map[orderKey]*order{},
	}
	s.depth = e.depth(p, root)
	t := &Thread{Count: 1}
	s.Threads = append(s.Threads, t)
	t.Frame = s.frame(&Frame{Fn: root, quiet: quiet}, t)
	if t.Frame == nil {
		s.over = true
		return s
	}
	t.Entry = t.Frame.First(root.Blocks[0])
	t.nodes = s.Nodes
	for i := 1; i < len(s.Threads) && !s.over; i++ { // grows
		k := len(s.Nodes)
		s.start(s.Threads[i])
		s.Threads[i].nodes = s.Nodes[k:]
	}
	if s.over {
		return s
	}
	clear(s.places) // calls were not yet spliced in when some were asked for
	for _, n := range s.Nodes {
		if n.Ev != nil && n.Obj == nil {
			n.Obj = s.Place(n.Ev.Obj, n.Frame)
		}
	}
	s.methodValues()
	s.findPrimitives()
	s.fold()
	s.prune()
	s.linkBack()
	s.cycles = findCycles(s.Nodes)
	s.index()
	for _, t := range s.Threads[1:] {
		t.Count = mulCount(t.Parent.Count, s.starts(t))
	}
	s.lockAll()
	return s
}

// linkBack sets the predecessors of all nodes.
func (s *Scope) linkBack() {
	count, total := make([]int, len(s.Nodes)), 0
	for _, n := range s.Nodes {
		for _, m := range n.Succs {
			count[m.ID]++
			total++
		}
	}
	room := make([]*Node, total)
	for _, n := range s.Nodes {
		k := count[n.ID]
		n.Preds, room = room[:0:k], room[k:]
	}
	for _, n := range s.Nodes {
		for _, m := range n.Succs {
			m.Preds = append(m.Preds, n)
		}
	}
}

// starts returns how many goroutines of t one instance of its parent starts, at
// most.
func (s *Scope) starts(t *Thread) int {
	if k := t.Spawn.Ev.Kind; k == models.SpawnJoin || k == models.Handler {
		return Many
	}
	return s.Mult(t.Spawn)
}

func mulCount(a, b int) int {
	if a >= Many || b >= Many || a*b >= Many {
		return Many
	}
	return a * b
}

// Mult returns how often n runs in one instance of its thread, at most.
func (s *Scope) Mult(n *Node) int {
	if !s.InLoop(n) {
		return 1 // behind the last round of a loop
	}
	total, counted := 1, false
	for f, m := n.Frame, n; f != nil; f, m = f.Up, f.At {
		if m.Block != nil && f.Skel.InLoop(m.Block) {
			k, _ := f.Skel.Trips(m.Block)
			total, counted = mulCount(total, k), true
		}
		if f.At != nil && f.At.Thread != n.Thread {
			break
		}
	}
	if !counted && s.InLoop(n) {
		return Many // in a func that a modelled call runs any number of times
	}
	return total
}

// InLoop reports whether n can run again after it ran, in one thread.
func (s *Scope) InLoop(n *Node) bool { return s.cycles.real[s.cycles.comp[n.ID]] }

// SameLoop reports whether a and b lie in one cycle of a thread.
func (s *Scope) SameLoop(a, b *Node) bool {
	return s.InLoop(a) && s.cycles.comp[a.ID] == s.cycles.comp[b.ID]
}

func (s *Scope) node(f *Frame, t *Thread, b *ssa.BasicBlock) *Node {
	return s.add(new(Node), f, t, b)
}

// add puts n, which is empty, into the scope.
func (s *Scope) add(n *Node, f *Frame, t *Thread, b *ssa.BasicBlock) *Node {
	n.ID, n.Frame, n.Thread, n.Block = len(s.Nodes), f, t, b
	s.Nodes = append(s.Nodes, n)
	if len(s.Nodes) > maxNodes {
		s.over = true
	}
	return n
}

// start builds the body of a thread whose spawn node exists.
func (s *Scope) start(t *Thread) {
	ev := t.Spawn.Ev
	fn, args, up := s.Target(ev.Callee, t.Spawn.Frame)
	if fn == nil && ev.Kind == models.Handler {
		fn, args, up = s.serveHTTP(ev, t.Spawn.Frame)
	}
	if fn != nil && s.Pkg.Skeleton(fn) != nil && activations(up, fn) < 2 && (len(s.Nodes) <= 2*enough || fn.Parent() == s.Root) {
		t.Frame = s.frame(&Frame{Fn: fn, Up: up, At: t.Spawn, Args: args}, t)
	}
	if t.Frame == nil {
		t.Entry = s.node(nil, t, nil)
		t.Entry.Ev = &skeleton.Event{Kind: skeleton.CallFn, Effect: models.Unknown, Instr: ev.Instr, Callee: ev.Callee}
		s.imported(t.Entry, ev, t.Spawn.Frame)
		return
	}
	t.Entry = t.Frame.First(fn.Blocks[0])
	_, isGo := ev.Instr.(*ssa.Go)
	switch {
	case ev.Kind == models.WGGo:
		s.doneAtEnd(t, t.Frame.Exit)
	case ev.Kind == models.Spawn && !isGo: // a library starts it, and tells of its end
		n := s.node(t.Frame, t, nil)
		n.Ev = &skeleton.Event{Kind: skeleton.CallFn, Effect: models.Unknown, Instr: ev.Instr}
		t.Frame.Exit.Succs = append(t.Frame.Exit.Succs, n)
	}
}

// doneAtEnd puts the Done of wg.Go behind the end of the thread.
func (s *Scope) doneAtEnd(t *Thread, exit *Node) {
	n := s.node(t.Frame, t, nil)
	e := *t.Spawn.Ev
	e.Kind, e.Callee = skeleton.AtReturn, skeleton.Callee{}
	n.Ev = &e
	n.Obj = s.Place(e.Obj, t.Spawn.Frame)
	exit.Succs = append(exit.Succs, n)
}

// activations counts the frames of fn that f runs in. A function that starts
// itself as a goroutine is followed once more: the two show how any two of its
// activations meet.
func activations(f *Frame, fn *ssa.Function) int {
	n := 0
	for ; f != nil; f = f.Up {
		if f.Fn == fn {
			n++
		}
	}
	return n
}

// frame splices in one activation; nil if a bound is hit.
func (s *Scope) frame(f *Frame, t *Thread) *Frame {
	f.Skel = s.Pkg.Skeleton(f.Fn)
	if f.Skel == nil || s.over {
		return nil
	}
	f.ID = len(s.frames)
	s.frames = append(s.frames, f)
	s.fns[f.Fn] = true
	f.first = make([]*Node, len(f.Fn.Blocks))
	room := make([]Node, len(f.Skel.Nodes))
	ends := make([]*Node, 2*len(room))
	nodes, tails := ends[:len(room)], ends[len(room):] // tails is where control goes on from a node
	for i := range nodes {
		sn := &f.Skel.Nodes[i]
		n := s.add(&room[i], f, t, sn.Block)
		n.Ev, n.Cond = sn.Ev, sn.Cond
		nodes[i], tails[i] = n, n
	}
	for b, i := range f.Skel.First {
		f.first[b.Index] = nodes[i]
	}
	f.Exit, f.Abort = nodes[f.Skel.Exit], nodes[f.Skel.Abort]
	awake := f.awake(s.env)
	for i, n := range nodes {
		if n.Ev != nil && !s.over {
			tails[i] = s.splice(n, awake[i])
		}
	}
	edges := 0
	for i := range room {
		edges += len(f.Skel.Nodes[i].Succs)
	}
	succs := make([]*Node, 0, edges)
	for i, n := range tails {
		at := len(succs)
		succs = append(succs, n.Succs...) // of a call that is followed and comes back
		for _, j := range f.Skel.Nodes[i].Succs {
			succs = append(succs, nodes[j])
		}
		n.Succs = succs[at:len(succs):len(succs)]
	}
	return f
}

// awake says of each node of the skeleton whether a goroutine may have been
// started before it. Until then nothing that the first thread does can be
// concurrent with anything in the scope, and calls need not be followed.
func (f *Frame) awake(e *env) []bool {
	out := make([]bool, len(f.Skel.Nodes))
	if !f.quiet {
		for i := range out {
			out[i] = true
		}
		return out
	}
	var visit func(i int)
	visit = func(i int) {
		for _, j := range f.Skel.Nodes[i].Succs {
			if !out[j] {
				out[j] = true
				visit(j)
			}
		}
	}
	for i := range f.Skel.Nodes {
		ev := f.Skel.Nodes[i].Ev
		if ev != nil && e.leadsTo(ev, e.spawns) {
			visit(i)
		}
	}
	return out
}

// splice follows what the event at n runs, if goroutines may be running. It
// returns the node after which control goes on.
func (s *Scope) splice(n *Node, awake bool) *Node {
	ev, t := n.Ev, n.Thread
	if s.env.starts(ev) {
		if len(s.Threads) >= maxThreads {
			s.over = true
			return n
		}
		c := &Thread{ID: len(s.Threads), Spawn: n, Parent: t}
		s.Threads = append(s.Threads, c)
		n.Starts = c
		if ev.Kind == models.SpawnJoin {
			return s.returned(n, models.Settle)
		}
		return n
	}
	once, runs := runsNow(ev.Kind)
	if ev.Kind != skeleton.CallFn && !runs || s.tooDeep(n, awake) {
		return n
	}
	fn, args, up := s.Target(ev.Callee, n.Frame)
	if fn == nil && ev.Kind == skeleton.CallFn {
		return s.iterate(s.imported(n, ev, n.Frame), ev, awake)
	}
	if fn == nil || s.Pkg.Skeleton(fn) == nil || activations(n.Frame, fn) > 0 {
		return n
	}
	follow := awake || s.env.prepares[fn]
	if !s.env.spawns[fn] && !s.env.leadsTo(ev, s.env.spawns) && (!follow || len(s.Nodes) > enough) || len(s.Nodes) > 2*enough {
		return s.skip(n, fn, awake)
	}
	in := s.frame(&Frame{Fn: fn, Up: up, At: n, Args: args, Depth: n.Frame.Depth + 1, quiet: !awake}, t)
	if in == nil {
		return n
	}
	n.inner = in
	if ev.Kind == skeleton.CallFn {
		s.inlined[callKey{ev.Instr, n.Frame}] = in
	}
	entry := in.First(fn.Blocks[0])
	after := s.node(n.Frame, t, n.Block)
	n.Succs = append(n.Succs, entry)
	in.Exit.Succs = append(in.Exit.Succs, after)
	switch ev.Kind {
	case models.OnceDo:
		after.Ev = returned(ev, models.Release)
	case models.Bubble:
		after.Ev = returned(ev, models.Settle)
	case models.RunTest:
		after.Ev = returned(ev, models.RunTest)
	}
	if runs && ev.Kind != models.RunTest && ev.Kind != models.Bubble {
		n.Succs = append(n.Succs, after)
		if !once {
			after.Succs = append(after.Succs, n)
		}
	}
	return after
}

// tooDeep reports whether the call at n is not followed because of how many lead
// there.
func (s *Scope) tooDeep(n *Node, awake bool) bool {
	fn := n.Ev.Callee.Fn
	if n.Frame.Depth < s.limit(fn) {
		return false
	}
	s.skip(n, fn, awake)
	return true
}

// skip returns n, the call of fn, after which control goes on: it is not followed.
// Where goroutines may be running, what fn does to an object is then not all in the
// scope.
func (s *Scope) skip(n *Node, fn *ssa.Function, awake bool) *Node {
	if awake && fn != nil {
		if s.partial == nil {
			s.partial = map[*ssa.Function]bool{}
		}
		s.partial[fn] = true
	}
	return n
}

// returned is the event of the return from a call whose event is ev.
func returned(ev *skeleton.Event, k models.Kind) *skeleton.Event {
	e := *ev
	e.Kind, e.Callee = k, skeleton.Callee{}
	return &e
}

// returned adds a node behind n for the return from the call at n.
func (s *Scope) returned(n *Node, k models.Kind) *Node {
	after := s.node(n.Frame, n.Thread, n.Block)
	after.Ev = returned(n.Ev, k)
	n.Succs = append(n.Succs, after)
	return after
}
