package unwaited

import (
	"fmt"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/scope"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// Rule is the rule.
var Rule = &rule.Rule{Name: "unwaited", Doc: doc, Check: check}

// check looks at what each function does from a go statement on to its end.
// If nothing of it could wait for the goroutine, the goroutine is cut off when
// the function is main, has nobody to report to when it is a test, and was
// meant to be waited for when a WaitGroup of the function's own counts it.
func check(p *rule.Pass) []report.Finding {
	var out []report.Finding
	for _, s := range p.Scopes {
		for _, t := range s.Threads[1:] {
			cut := cutsOff(p, s.Root)
			group := unwaitedGroup(s, t)
			if !cut && group == nil {
				continue
			}
			end := s.Unjoined(t, group != nil)
			if end == nil {
				continue
			}
			work := s.Work(t)
			if work == nil && (group == nil || !t.Known() || !s.Returns(t.Entry)) {
				continue
			}
			out = append(out, finding(s, t, end, work, group, cut))
		}
	}
	return out
}

// cutsOff reports whether what goroutines have yet to do is lost when fn
// returns: fn is main or a test.
func cutsOff(p *rule.Pass, fn *ssa.Function) bool {
	if fn.Signature.Recv() != nil || fn.Signature.Results().Len() > 0 {
		return false
	}
	switch scope.RoleOf(fn) {
	case "main":
		return true
	case "test":
		file := p.Pass.Fset.File(fn.Pos())
		return fn.Parent() == nil && strings.HasPrefix(fn.Name(), "Test") && file != nil && strings.HasSuffix(file.Name(), "_test.go")
	}
	return false
}

// unwaitedGroup returns the WaitGroup or errgroup that counts t, if it never
// gets out of the scope and nothing in the scope waits for it.
func unwaitedGroup(s *scope.Scope, t *scope.Thread) *scope.Primitive {
	for _, p := range s.Primitives() {
		counted, waited := false, false
		for _, n := range p.Ops {
			switch n.Ev.Kind {
			case models.WGDone, skeleton.AtReturn:
				counted = counted || n.Thread == t
			case models.WGWait:
				waited = true
			}
		}
		if counted && !waited && p.Exact {
			return p
		}
	}
	return nil
}

func finding(s *scope.Scope, t *scope.Thread, end, work *scope.Node, group *scope.Primitive, cut bool) report.Finding {
	who, runs, has := "this goroutine", "runs", "has"
	if t.Count > 1 {
		who, runs, has = "these goroutines", "run", "have"
	}
	stops := scope.Moment{Node: end, Verb: "returns", After: 1}
	if end.Ev.Kind == models.Exit {
		stops.Verb, stops.Object = "calls", end.Called()
	}
	var f report.Finding
	f.Pos, f.End = t.Spawn.Range()
	last := scope.Moment{Node: t.Entry, Verb: "runs on", After: 1}
	if cut && work != nil {
		call, fate := work.Called(), "is then lost"
		if f := scope.CalleeOf(work); f != nil && f.Pkg().Path() == "testing" {
			fate = "then panics"
		}
		root := strings.Replace(s.Role(s.Threads[0]), "test", "the test", 1)
		f.Message = fmt.Sprintf("%s ends while %s %s yet to call %s, which %s", root, who, has, call, fate)
		last = scope.Moment{Node: work, Verb: "has yet to call", Object: call, After: 1}
	} else {
		name := group.Ops[0].Receiver(group.Place.String())
		f.Message = fmt.Sprintf("nothing waits for %s: %s %s on after %s returns", name, who, runs, s.Root.Name())
		f.Same = group.Place.Root.V.Pos() // one missing Wait, however many goroutines
	}
	f.Witness = s.Witness(
		scope.Moment{Node: t.Spawn, Verb: "starts", Object: t.Spawn.Called()},
		stops,
		last,
	)
	if cut {
		f.Fixes = s.WaitAtEnd(t, end) // elsewhere the WaitGroup may be what is too much
	}
	return f
}
