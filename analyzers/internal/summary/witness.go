package summary

import (
	"fmt"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/report"
)

// maxChain bounds the calls that a witness shows.
const maxChain = 4

// Chain returns the steps of a witness that lead to s: the calls on the way,
// by the goroutine of last, then last itself, at the place where it happens or
// the call into another package that leads there.
func (p *Package) Chain(s *Step, last report.Step) []report.Step {
	var out []report.Step
	for ; ; s = s.Via {
		step := last
		step.Pos, _ = Range(s.Fn, s.Pos)
		if s.Via == nil || s.Via.Fn == nil {
			if s.Via != nil {
				step.Place = s.Via.Leaf().Site.String()
			}
			return append(out, step)
		}
		if len(out) < maxChain {
			step.Verb, step.Object, step.Mark, step.After = "calls", FuncName(s.Via.Fn), report.Plain, 0
			out = append(out, step)
		}
	}
}

// FuncName names a function in a message.
func FuncName(fn *ssa.Function) string {
	if fn.Parent() != nil {
		return "the function literal"
	}
	return fn.Name()
}

// String returns the site as file:line.
func (s Site) String() string { return fmt.Sprintf("%s:%d", s.File, s.Line) }

// SortEdits puts the edits of a fix in order of position.
func SortEdits(edits []analysis.TextEdit) {
	slices.SortFunc(edits, func(a, b analysis.TextEdit) int { return int(a.Pos - b.Pos) })
}

// Calls begins a sentence about the end of a chain of calls: "f calls g
// (x.go:10), which".
func (p *Package) Calls(fn *ssa.Function, s *Step) string {
	text := FuncName(fn)
	for ; s.Via != nil; s = s.Via {
		name := s.Via.Site.Func
		if s.Via.Fn != nil {
			name = FuncName(s.Via.Fn)
		}
		text += fmt.Sprintf(" calls %s (%s), which", name, p.Place(s))
	}
	return text
}

// BlockName names what a block waits for, as the source does.
func (p *Package) BlockName(b *Block) string {
	leaf := b.Leaf()
	a := &b.Arms[0]
	if ev := p.Event(leaf.Fn, leaf.Node); leaf.Fn != nil && ev != nil {
		e := *ev
		if _, ok := ev.Instr.(*ssa.Select); ok {
			e.Val = a.Val
		}
		e.Obj = a.Place
		return Name(leaf.Fn, &e)
	}
	return a.Place.String()
}
