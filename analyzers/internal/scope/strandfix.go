package scope

import (
	"go/ast"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/report"
)

// BufferOne returns the fix that gives each channel a buffer of one, if that is
// all that is wrong: one goroutine sends once, as the last thing it does.
func (s *Scope) BufferOne(st *Stranded) []report.Fix {
	var edits []analysis.TextEdit
	done := map[*Primitive]bool{}
	for _, o := range append([]*Stranded{st}, st.also...) {
		if done[o.Prim] {
			continue
		}
		done[o.Prim] = true
		edit, ok := s.buffer(o)
		if !ok {
			return nil
		}
		edits = append(edits, edit)
	}
	what := "the channel"
	if len(edits) > 1 {
		what = "each channel"
	}
	slices.SortFunc(edits, func(a, b analysis.TextEdit) int { return int(a.Pos - b.Pos) })
	return []report.Fix{{Message: "make " + what + " with a buffer of one", Edits: edits}}
}

// buffer returns the edit that gives the channel of one operation a buffer.
func (s *Scope) buffer(st *Stranded) (edit analysis.TextEdit, ok bool) {
	p := st.Prim
	made, ok := p.Place.Root.V.(*ssa.MakeChan)
	if !ok || st.Op.Ev.Kind != models.Send || p.Cap != 0 || st.Most != 1 || st.Passed != 0 {
		return edit, false
	}
	at := s.made(p.Place)
	for _, n := range p.Ops {
		if n.Ev.Kind != models.Send {
			continue
		}
		if per, inst := s.tally(n, at); n.Thread != st.Op.Thread || per != 1 || inst != 1 || !s.last(n, p) {
			return edit, false
		}
	}
	call := makeCall(made, s.Pkg.Pass.Files)
	if call == nil || len(call.Args) != 1 {
		return edit, false
	}
	end := call.Args[0].End()
	return analysis.TextEdit{Pos: end, End: end, NewText: []byte(", 1")}, true
}

// last reports whether the goroutine does nothing behind n that others see but
// to close the channel.
func (s *Scope) last(n *Node, p *Primitive) bool {
	for _, m := range n.Thread.nodes {
		if m.Ev == nil || !s.leads(n, m) {
			continue
		}
		if isSync(m.Ev.Kind) && (m.Ev.Kind == models.Close && s.Prim(m) == p) || !s.releases(m) && !writes(m) && !s.acquires(m) {
			continue
		}
		return false
	}
	return true
}

// makeCall returns the call of make in the source.
func makeCall(v *ssa.MakeChan, files []*ast.File) *ast.CallExpr {
	var found *ast.CallExpr
	for _, f := range files {
		if v.Pos() < f.FileStart || f.FileEnd <= v.Pos() {
			continue
		}
		ast.Inspect(f, func(x ast.Node) bool {
			if c, ok := x.(*ast.CallExpr); ok && c.Lparen == v.Pos() {
				found = c
			}
			return found == nil
		})
	}
	return found
}
