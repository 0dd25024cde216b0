package scope

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// flagged reports whether the branch at n may depend on a flag that the thread
// of a sets after a, both under one lock: "if done" read under a mutex tells
// the reader that what the writer did before is done.
func (o *order) flagged(n *Node) bool {
	for _, r := range o.s.sync.loads[n] {
		if o.s.setters(r).meets(o.may) {
			return true
		}
	}
	return false
}

// A flagRead is what the setters of a flag depend on.
type flagRead struct {
	class place.Class
	t     *Thread
	held  Lockset
}

// setters returns the writes to the class of what r reads, in other goroutines,
// under a lock that is held at r, too.
func (s *Scope) setters(r *Node) nodeSet {
	k := flagRead{r.Obj.Class(), r.Thread, s.Held(r)}
	set, ok := s.sync.setters[k]
	if !ok {
		for _, w := range s.sync.stores[k.class] {
			if w.Thread != r.Thread && s.Protected(s.Held(w), k.held) {
				if set == nil {
					set = s.newSet()
				}
				set.add(w.ID)
			}
		}
		s.sync.setters[k] = set
	}
	return set
}

// indexFlags finds, for every branch, the reads that its condition is made of,
// and the writes to the classes of place that are read so.
func (s *Scope) indexFlags() {
	x := &s.sync
	x.loads, x.stores, x.setters = map[*Node][]*Node{}, map[place.Class][]*Node{}, map[flagRead]nodeSet{}
	type site struct {
		f     *Frame
		instr ssa.Instruction
	}
	branches := map[site][]*Node{}
	for _, n := range s.Nodes {
		if n.Cond != nil {
			for _, instr := range s.env.loadsOf(n.Cond) {
				branches[site{n.Frame, instr}] = append(branches[site{n.Frame, instr}], n)
			}
		}
	}
	for _, n := range s.Nodes {
		if n.Ev != nil && n.Obj != nil && n.Ev.Kind == skeleton.Read {
			for _, br := range branches[site{n.Frame, n.Ev.Instr}] {
				x.loads[br] = append(x.loads[br], n)
				x.stores[n.Obj.Class()] = nil
			}
		}
	}
	for _, n := range s.Nodes {
		if n.Ev != nil && n.Obj != nil && n.Ev.Kind == skeleton.Write {
			c := n.Obj.Class()
			if _, read := x.stores[c]; read {
				x.stores[c] = append(x.stores[c], n)
			}
		}
	}
}

// loadsOf returns the memory reads that a condition is computed from, computed
// once for all scopes of the package.
func (e *env) loadsOf(cond ssa.Value) []ssa.Instruction {
	out, ok := e.loads[cond]
	if !ok {
		g := gatherer{seen: map[ssa.Value]bool{}}
		g.value(cond, 0)
		out = g.loads
		e.loads[cond] = out
	}
	return out
}

type gatherer struct {
	seen  map[ssa.Value]bool
	loads []ssa.Instruction
}

func (g *gatherer) value(v ssa.Value, depth int) {
	if v == nil || depth > 5 || g.seen[v] {
		return
	}
	g.seen[v] = true
	switch v := v.(type) {
	case *ssa.UnOp:
		if v.Op == token.MUL {
			g.loads = append(g.loads, v)
			return
		}
		g.value(v.X, depth+1)
	case *ssa.BinOp:
		g.value(v.X, depth+1)
		g.value(v.Y, depth+1)
	case *ssa.Field:
		g.value(v.X, depth+1)
	case *ssa.Extract:
		g.value(v.Tuple, depth+1)
	case *ssa.Lookup:
		g.loads = append(g.loads, v)
	case *ssa.Phi:
		for _, e := range v.Edges {
			g.value(e, depth+1)
		}
	case *ssa.Call:
		for _, a := range v.Call.Args { // len(queue)
			g.value(a, depth+1)
		}
	}
}
