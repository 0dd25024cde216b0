package stalecheck

import (
	"fmt"
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// Rule is the rule.
var Rule = &rule.Rule{Name: "stalecheck", Tier: rule.Advice, Doc: doc, Check: check}

// check looks, in each function, at the operations that change something, and
// for an earlier look at the same on which a branch to them depends.
func check(p *rule.Pass) []report.Finding {
	var out []report.Finding
	for _, fn := range p.Funcs {
		sk := p.Skeleton(fn)
		if sk == nil || p.InTest(fn.Pos()) {
			continue
		}
		f := function{p: p, fn: fn, sk: sk}
		for i := range sk.Nodes {
			if ev := sk.Nodes[i].Ev; ev != nil && ev.Obj != nil && ev.Defer == nil {
				f.atomic(i, ev)
				f.locked(i, ev)
			}
		}
		out = append(out, f.found...)
	}
	return out
}

type function struct {
	p     *rule.Pass
	fn    *ssa.Function
	sk    *skeleton.Func
	found []report.Finding
}

// report says what is wrong about the change at node act, that goes by what was
// seen at node look.
func (f *function) report(look, act int, object, message string) {
	ev, seen := f.sk.Nodes[act].Ev, f.sk.Nodes[look].Ev
	pos, end := summary.Range(f.fn, ev.Pos())
	at, _ := summary.Range(f.fn, seen.Pos())
	for _, g := range f.found {
		if g.Pos == pos {
			return
		}
	}
	f.found = append(f.found, report.Finding{
		Pos: pos, End: end, Message: message,
		Witness: []report.Step{
			{Pos: at, G: 1, Role: "caller", Verb: "reads", Object: object},
			{Pos: at, G: 2, Role: "caller", Verb: "reads", Object: object},
			{Pos: pos, G: 2, Role: "caller", Verb: "writes", Object: object, After: 2},
			{Pos: pos, G: 1, Role: "caller", Verb: "writes", Object: object, After: 3, Mark: report.Racing},
		},
	})
}

// dependsOn reports whether a branch that leads to instr is decided by v.
func dependsOn(instr ssa.Instruction, v ssa.Value) bool {
	for b := instr.Block(); b != nil; b = b.Idom() {
		if len(b.Preds) != 1 {
			continue
		}
		last := b.Preds[0].Instrs[len(b.Preds[0].Instrs)-1]
		if br, ok := last.(*ssa.If); ok && made(br.Cond, v, 0) {
			return true
		}
	}
	return false
}

// made reports whether x is computed from v.
func made(x, v ssa.Value, depth int) bool {
	const maxDepth = 6
	if x == v {
		return true
	}
	if depth > maxDepth {
		return false
	}
	switch x := x.(type) {
	case *ssa.BinOp:
		return made(x.X, v, depth+1) || made(x.Y, v, depth+1)
	case *ssa.UnOp:
		return x.Op != token.MUL && made(x.X, v, depth+1)
	case *ssa.Extract:
		return made(x.Tuple, v, depth+1)
	case *ssa.TypeAssert:
		return made(x.X, v, depth+1)
	case *ssa.Convert:
		return made(x.X, v, depth+1)
	}
	return false
}

func text(name, what, instead string) string {
	return fmt.Sprintf("%s may have changed since it was %s: another goroutine can come between, and its update is undone; %s", name, what, instead)
}
