package scope

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// heedless reports whether the waiting goroutine sends in a loop and goes on
// whatever it has sent: what its messages say cannot tell that it has done.
func (x *stranding) heedless() bool {
	if !x.s.InLoop(x.w.at) {
		return false
	}
	for _, br := range x.s.Nodes {
		if br.Cond == nil || br.Thread != x.t || !x.s.SameLoop(br, x.w.at) {
			continue
		}
		if !countsRounds(br.Cond) && !x.another(br) {
			return false
		}
	}
	return true
}

// fed reports whether the waiting goroutine passes on what it takes in from
// outside, a message for each, until there is an error: a test makes as many come
// as it asks for.
func (x *stranding) fed() bool {
	at := x.w.at
	if at.Ev.Kind != models.Send || !slices.ContainsFunc(x.s.Nodes, func(br *Node) bool {
		return br.Cond != nil && br.Thread == x.t && x.s.SameLoop(br, at) && complains(br.Cond)
	}) {
		return false
	}
	takes := func(n *Node) bool { return takesIn(n) || n.Ev != nil && x.s.opaque(n) }
	return !x.s.avoidingAll(at.Succs, takes).has(at.ID)
}

// another reports whether the branch asks whether there was another message on a
// channel that the wait is not about: a worker goes on until its work is done.
func (x *stranding) another(br *Node) bool {
	ok, isExtract := br.Cond.(*ssa.Extract)
	if !isExtract || ok.Index != 1 {
		return false
	}
	recv, isRecv := ok.Tuple.(*ssa.UnOp)
	if !isRecv || recv.Op != token.ARROW {
		return false
	}
	p := x.s.prims[x.s.Place(x.s.Pkg.Places.Of(recv.X), br.Frame)]
	return p != nil && !slices.Contains(x.w.prims, p)
}

// countsRounds reports whether a condition is one by which a loop goes through a
// container or counts, to a number that is known when it starts.
func countsRounds(cond ssa.Value) bool {
	switch c := cond.(type) {
	case *ssa.Extract:
		_, next := c.Tuple.(*ssa.Next)
		return next && c.Index == 0
	case *ssa.BinOp:
		return isCounter(c.X) && isTotal(c.Y) || isTotal(c.X) && isCounter(c.Y)
	}
	return false
}

// isCounter reports whether v is a variable that a loop adds a constant to.
func isCounter(v ssa.Value) bool {
	if add, ok := v.(*ssa.BinOp); ok && add.Op == token.ADD {
		_, isConst := add.Y.(*ssa.Const)
		_, isPhi := add.X.(*ssa.Phi)
		return isConst && isPhi
	}
	phi, ok := v.(*ssa.Phi)
	if !ok {
		return false
	}
	for _, e := range phi.Edges {
		if _, ok := e.(*ssa.Const); ok {
			continue
		}
		if add, ok := e.(*ssa.BinOp); !ok || add.X != phi {
			return false
		}
	}
	return true
}

func isTotal(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Const, *ssa.Parameter:
		return true
	case *ssa.Call:
		b, ok := v.Call.Value.(*ssa.Builtin)
		return ok && b.Name() == "len"
	}
	return false
}

// complains reports whether a condition asks whether there is an error. Unlike
// other answers, nobody waits for it as the last: one who goes on whatever he has
// sent has more to say.
func complains(cond ssa.Value) bool { return skeleton.ErrorSucc(cond) >= 0 }
