package rwunneeded

import (
	"fmt"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/lockset"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/scope"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// Rule is the rule.
var Rule = &rule.Rule{Name: "rwunneeded", Tier: rule.Advice, Doc: doc, Check: check}

// check looks for the two halves of a reader-writer lock that is not used as
// one: nobody reads under it, or somebody who only reads locks out the others.
func check(p *rule.Pass) []report.Finding {
	var out []report.Finding
	shared := map[place.Class]bool{}
	for _, u := range p.RWUses() {
		shared[u.Class] = u.Shared
		if u.First != nil && !u.Shared && !u.Open && !embedded(u.Class) && !(&scope.Census{Class: u.Class}).Elsewhere(p.Pass) {
			out = append(out, unshared(u))
		}
	}
	for _, fn := range p.Funcs {
		for _, s := range p.ReadSections(fn) {
			if shared[s.Lock.Class] && guards(p, fn, &s) {
				out = append(out, reads(p, fn, &s))
			}
		}
	}
	return out
}

// embedded reports whether the lock's methods are those of the struct too.
func embedded(c place.Class) bool {
	v, ok := c.Obj.(*types.Var)
	return ok && v.Embedded()
}

// guards reports whether the lock guards each field that the section reads in
// the way of a reader-writer lock: who writes it holds the lock exclusively. A
// lock that is held shared by those who write means something else.
func guards(p *rule.Pass, fn *ssa.Function, s *summary.ReadSection) bool {
	written := false
	for _, n := range s.Reads {
		field := summary.FieldOf(p.Event(fn, n).Obj).Sel.Var
		for _, a := range p.Accesses(field) {
			if !a.Write() || p.Fresh(a.Owner, a.Fn) {
				continue
			}
			if !slices.ContainsFunc(p.LocksAt(a.Fn, a.Node), func(h summary.HeldLock) bool {
				return h.Class == s.Lock.Class && h.Mode == lockset.Exclusive
			}) {
				return false
			}
			written = true
		}
	}
	return written
}

func reads(p *rule.Pass, fn *ssa.Function, s *summary.ReadSection) report.Finding {
	lock := summary.Name(fn, p.Event(fn, s.Take))
	read := summary.FieldOf(p.Event(fn, s.Reads[0]).Obj).Sel.Var.Name()
	f := report.Finding{
		Message: fmt.Sprintf("%s is locked exclusively, but all that is done is to read: with RLock readers of %s run side by side", lock, read),
	}
	f.Pos, f.End = summary.Range(fn, s.Lock.Pos)
	at, _ := summary.Range(fn, p.Event(fn, s.Reads[0]).Pos())
	f.Witness = []report.Step{
		{Pos: f.Pos, G: 1, Role: "reader", Verb: "locks", Object: lock},
		{Pos: at, G: 1, Role: "reader", Verb: "reads", Object: read},
		{Pos: f.Pos, G: 2, Role: "reader", Verb: "waits for", Object: lock, After: 1},
	}
	if fix := p.SwitchMode(fn, s.Lock); fix != nil {
		f.Fixes = []report.Fix{*fix}
	}
	return f
}

func unshared(u *summary.RWUse) report.Finding {
	lock := summary.Name(u.Fn, u.First)
	f := report.Finding{
		Message: fmt.Sprintf("%s is an RWMutex that nothing read-locks: a Mutex does the same and is faster", lock),
	}
	f.Pos, f.End = summary.Range(u.Fn, u.First.Pos())
	f.Witness = []report.Step{{Pos: f.Pos, G: 1, Role: scope.RoleOf(u.Fn), Verb: "locks", Object: lock}}
	return f
}
