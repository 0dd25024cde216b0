package serialized

import (
	"fmt"
	"strings"

	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/scope"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// Rule is the rule.
var Rule = &rule.Rule{Name: "serialized", Doc: doc, Check: check}

// check asks of the goroutines of each go statement in a loop whether one lock
// covers all their slow work without need.
func check(p *rule.Pass) []report.Finding {
	var out []report.Finding
	for _, s := range p.Scopes {
		for _, t := range s.Threads[1:] {
			if sec, ok := s.Serialized(t); ok {
				out = append(out, finding(s, t, sec))
			}
		}
	}
	return out
}

func finding(s *scope.Scope, t *scope.Thread, sec scope.Section) report.Finding {
	lock := sec.Lock.Receiver(sec.Lock.Obj.String())
	slow, needs := sec.Slow[0].Called(), needs(s, sec)
	var f report.Finding
	f.Pos, f.End = sec.Lock.Range()
	f.Message = fmt.Sprintf("%s is held during %s, so these goroutines run one at a time: only %s needs it",
		lock, slow, strings.Join(needs, " and "))
	f.Witness = s.Witness(
		scope.Moment{Node: t.Spawn, Verb: "starts", Object: t.Spawn.Called()},
		scope.Moment{Node: sec.Lock, Verb: "locks", Object: lock, After: 1},
		scope.Moment{Node: sec.Slow[0], Verb: "calls", Object: slow, After: 2},
		scope.Moment{Node: sec.Lock, Verb: "waits for", Object: lock, After: 2, Twin: true},
		scope.Moment{Node: sec.Needs[0], Verb: "comes to", Object: needs[0], After: 3},
	)
	f.Fixes = s.Narrow(sec)
	return f
}

// needs names what the lock is needed for.
func needs(s *scope.Scope, sec scope.Section) []string {
	var names []string
	seen := map[string]bool{}
	for _, n := range sec.Needs {
		name := n.Called()
		if n.Ev.Kind == skeleton.Write {
			name = "the write to " + s.Name(n)
		}
		if !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	return names
}
