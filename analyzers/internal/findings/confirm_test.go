package findings

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
)

// counted makes r count how often it is asked, and find something only the
// first `finds` times.
func counted(r *rule.Rule, finds int) (_ *rule.Rule, asked *int) {
	asked = new(int)
	check := r.Check
	r.Check = func(p *rule.Pass) []report.Finding {
		*asked++
		if *asked > finds {
			return nil
		}
		return check(p)
	}
	return r, asked
}

// TestHiddenAdviceIsNotAsked checks that an advice rule runs only if somebody
// sees what it finds, or a comment claims that it does.
func TestHiddenAdviceIsNotAsked(t *testing.T) {
	for name, c := range map[string]struct {
		opts Options
		pkg  string
		asks bool
	}{
		"hidden":             {Options{}, "quiet", false},
		"shown":              {Options{Advice: true}, "quiet", true},
		"named by a comment": {Options{}, "named", true},
	} {
		slow, asked := counted(calls("slow", rule.Advice, 0), 9)
		c.opts.Strict = true
		run(t, New(&c.opts, []*rule.Rule{slow}), c.pkg)
		if (*asked > 0) != c.asks {
			t.Errorf("%s: asked %d times", name, *asked)
		}
	}
}

// TestConfirm checks that a rule which finds something is asked a second time,
// and that what it finds only once is not reported.
func TestConfirm(t *testing.T) {
	for finds, want := range map[int]int{0: 0, 1: 0, 2: 1} {
		bad, asked := counted(calls("bad", rule.Default, 0), finds)
		other, otherAsked := counted(calls("worse", rule.Default, 0), 9)
		s := New(strict(), []*rule.Rule{bad, other})
		got := 0
		for _, res := range analysistest.Run(silent{t}, analysistest.TestData(), s.Umbrella, "once") {
			got += len(res.Action.Diagnostics)
		}
		if got != want || *asked != min(finds, 1)+1 || *otherAsked != 1 {
			t.Errorf("found %d times of %d asked, %d reported; the other rule was asked %d times", finds, *asked, got, *otherAsked)
		}
	}
}

// silent drops errors about expectations: these depend on the case.
type silent struct{ analysistest.Testing }

func (silent) Errorf(string, ...any) {}
