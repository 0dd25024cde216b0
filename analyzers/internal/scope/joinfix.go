package scope

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// WaitAtEnd returns the edit that makes the first thread wait, at end, for the
// WaitGroup that counts t. It returns nil if there is none, if the count may
// be wrong, or if the goroutines may wait for something that comes only after.
func (s *Scope) WaitAtEnd(t *Thread, end *Node) []report.Fix {
	var count *Node
	for _, p := range s.Primitives() {
		if c := s.countOf(p, t); c != nil {
			count = c
		}
	}
	fd, ok := s.Root.Syntax().(*ast.FuncDecl)
	if count == nil || !ok || len(fd.Body.List) == 0 || !s.onlyEnd(end) || s.needsOthers(t) {
		return nil
	}
	body := fd.Body
	call, ok := count.Syntax().(*ast.CallExpr)
	if !ok {
		return nil
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || !report.SameAt(s.Pkg.Pass, sel.X, body.Rbrace) {
		return nil
	}
	line := s.Pkg.Pass.Fset.Position
	if line(body.Rbrace).Line == line(body.List[len(body.List)-1].End()).Line {
		return nil
	}
	text := types.ExprString(sel.X) + ".Wait()"
	edit := analysis.TextEdit{Pos: body.Rbrace, End: body.Rbrace, NewText: []byte("\t" + text + "\n")}
	return []report.Fix{{Message: "call " + text + " at the end", Edits: []analysis.TextEdit{edit}}}
}

// countOf returns the operation by which p, a WaitGroup, counts t, if it does
// so exactly, counts nothing else and is not waited for.
func (s *Scope) countOf(p *Primitive, t *Thread) *Node {
	if v := p.Ops[0].Ev.Val; v == nil || types.TypeString(v.Type(), nil) != "*sync.WaitGroup" || !t.Known() {
		return nil
	}
	var count *Node
	done := map[*Node]bool{}
	for _, n := range p.Ops {
		switch n.Ev.Kind {
		case models.WGGo, models.WGAdd:
			beside := n.Ev.Delta == 1 && n.Ev.Known && n.Block == t.Spawn.Block && n.Frame == t.Spawn.Frame
			if count != nil || n != t.Spawn && !beside {
				return nil
			}
			count = n
		case models.WGDone, skeleton.AtReturn:
			if n.Thread != t || n.Ev.Kind == models.WGDone && n.Ev.Defer == nil {
				return nil
			}
			done[n] = true
		default:
			return nil
		}
	}
	missed := s.forward([]*Node{t.Entry}, func(n *Node) bool { return done[n] || n == t.Frame.Abort })
	for n := range done {
		if n.Ev.Kind != skeleton.AtReturn && missed[t.Frame.Exit.ID] || n.Ev.Maybe {
			return nil
		}
	}
	if len(done) == 0 {
		return nil
	}
	return count
}

// onlyEnd reports whether the first thread always ends at end, which is the
// closing brace of its function, and has nothing to do behind it.
func (s *Scope) onlyEnd(end *Node) bool {
	if end.Ev.Pos().IsValid() {
		return false
	}
	for _, n := range s.Nodes {
		if n.Ev != nil && n.Thread.ID == 0 && (n != end && s.ends(n) || n.Frame == end.Frame && n.Ev.Defer != nil) {
			return false
		}
	}
	return true
}

// needsOthers reports whether t waits for others, as far as is known.
func (s *Scope) needsOthers(t *Thread) bool {
	p := s.patience()
	for _, n := range t.nodes {
		if p.lasts(n) {
			return true
		}
	}
	return false
}
