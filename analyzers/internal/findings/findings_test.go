package findings

import (
	"bytes"
	"flag"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"
	"golang.org/x/tools/go/analysis/passes/copylock"
	"golang.org/x/tools/go/analysis/passes/lostcancel"

	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// calls makes a rule that reports each call of the function with its name
// and, if it is a default rule, of "both". The first argument of the call, if
// any, is the mistake it stands for.
func calls(name string, tier rule.Tier, rank int) *rule.Rule {
	return &rule.Rule{
		Name: name,
		Tier: tier,
		Flags: []rule.Flag{
			{Name: "loud", Usage: "report calls of other functions as well"},
		},
		Check: func(p *rule.Pass) []report.Finding {
			var fs []report.Finding
			for _, file := range p.Pass.Files {
				ast.Inspect(file, func(n ast.Node) bool {
					call, ok := n.(*ast.CallExpr)
					if !ok {
						return true
					}
					callee, ok := call.Fun.(*ast.Ident)
					if !ok || callee.Name != name && !(callee.Name == "both" && tier == rule.Default) && !p.On("loud") {
						return true
					}
					f := report.Finding{Pos: call.Pos(), End: call.End(), Message: name + " is called", Rank: rank}
					f.Witness = []report.Step{{Pos: call.Pos(), G: 1, Role: "main", Verb: "calls", Object: name}}
					f.Fixes = []report.Fix{{Message: "remove the call", Edits: []analysis.TextEdit{{Pos: call.Pos(), End: call.End()}}}}
					if len(call.Args) > 0 {
						f.Same = objectPos(p, call.Args[0])
					}
					fs = append(fs, f)
					return true
				})
			}
			return fs
		},
	}
}

// objectPos returns where the variable that e names is declared.
func objectPos(p *rule.Pass, e ast.Expr) token.Pos {
	if id, ok := e.(*ast.Ident); ok {
		if obj := p.Pass.TypesInfo.Uses[id]; obj != nil {
			return obj.Pos()
		}
	}
	return token.NoPos
}

func strict() *Options { return &Options{Strict: true} }

// suite has a default rule, a better one, and an advice rule.
func suite(opts *Options) *Suite {
	return New(opts, []*rule.Rule{calls("bad", rule.Default, 0), calls("worse", rule.Default, 1), calls("slow", rule.Advice, 2)})
}

// run analyses a package of testdata with the umbrella and checks its wants.
func run(t *testing.T, s *Suite, pkg string) []analysis.Diagnostic {
	t.Helper()
	var ds []analysis.Diagnostic
	for _, res := range analysistest.Run(t, analysistest.TestData(), s.Umbrella, pkg) {
		ds = append(ds, res.Action.Diagnostics...)
	}
	return ds
}

func TestValid(t *testing.T) {
	s := New(nil, []*rule.Rule{calls("bad", rule.Default, 0)}, copylock.Analyzer)
	if err := analysis.Validate(append(slices.Clip(s.Facades), s.Umbrella)); err != nil {
		t.Error(err)
	}
	var names []string
	for _, a := range s.Facades {
		names = append(names, a.Name)
	}
	if got := strings.Join(names, " "); got != "bad copylocks ignore" {
		t.Errorf("façades are %s", got)
	}
}

func TestRank(t *testing.T) {
	run(t, suite(strict()), "rank")
}

// TestRankOfHidden checks that an advice rule's finding never takes the place of
// a default rule's, shown or not.
func TestRankOfHidden(t *testing.T) {
	run(t, suite(strict()), "hidden")
	run(t, suite(&Options{Strict: true, Advice: true}), "advice")
}

func TestRules(t *testing.T) {
	for text, want := range map[string]string{
		"bad":       "bad",
		"slow":      "slow",
		"slow,bad":  "bad slow",
		" worse , ": "worse",
	} {
		s := suite(strict())
		if err := s.Umbrella.Flags.Set("rules", text); err != nil {
			t.Fatal(err)
		}
		var shown []string
		for _, a := range s.Facades {
			if s.Shown(a.Name) {
				shown = append(shown, a.Name)
			}
		}
		if got := strings.Join(shown, " "); got != want {
			t.Errorf("-rules=%s shows %s, want %s", text, got, want)
		}
	}
	if err := suite(nil).Umbrella.Flags.Set("rules", "bad,unheard"); err == nil || !strings.Contains(err.Error(), `"unheard"`) {
		t.Errorf("an unknown rule gives error %v", err)
	}
}

func TestNamed(t *testing.T) {
	opts := strict()
	s := suite(opts)
	if s.Shown("slow") {
		t.Error("an advice rule is shown unasked")
	}
	opts.Named = func(name string) bool { return name == "slow" }
	if !s.Shown("slow") {
		t.Error("an advice rule is not shown when named")
	}
}

func TestRuleFlags(t *testing.T) {
	s := suite(strict())
	if err := s.Umbrella.Flags.Set("bad.loud", "true"); err != nil {
		t.Fatal(err)
	}
	if got := s.Facades[0].Flags.Lookup("loud").Value.String(); got != "true" {
		t.Errorf("-bad.loud of the façade is %s", got)
	}
	run(t, s, "loud")
}

func TestIgnore(t *testing.T) { run(t, suite(strict()), "ignore") }

func TestNolint(t *testing.T) { run(t, suite(strict()), "nolint") }

func TestBundled(t *testing.T) {
	run(t, New(strict(), []*rule.Rule{calls("bad", rule.Default, 0)}, copylock.Analyzer), "bundled")
}

func TestLostcancel(t *testing.T) {
	run(t, New(strict(), nil, lostcancel.Analyzer), "lostcancel")
}

// TestGenerated checks that findings in generated code are reported, and that
// their fixes are not offered.
func TestGenerated(t *testing.T) {
	for _, d := range run(t, suite(strict()), "gen") {
		if len(d.SuggestedFixes) > 0 {
			t.Errorf("fix offered in generated code: %s", d.Message)
		}
	}
	for _, d := range run(t, suite(strict()), "rank") {
		if len(d.SuggestedFixes) != 1 || len(d.Related) != 1 {
			t.Errorf("finding has %d fixes and %d steps, want one of each: %s", len(d.SuggestedFixes), len(d.Related), d.Message)
		}
	}
}

// TestDependency checks that a package which is analysed because it is
// imported keeps its findings, and its variant for tests, whose mistake is in
// a test file, has none.
func TestDependency(t *testing.T) {
	opts := &Options{Strict: true, Dependency: true}
	run(t, suite(opts), "rank")
	run(t, suite(opts), "dependency")
}

func TestTrace(t *testing.T) {
	var trace bytes.Buffer
	opts := &Options{Strict: true, Trace: &trace}
	s := suite(opts)
	run(t, s, "hidden")
	if got, want := trace.String(), "rules hidden\n"; got != want {
		t.Errorf("trace is %q, want %q", got, want)
	}
}

func TestFailures(t *testing.T) {
	panics := &rule.Rule{Name: "panics", Check: func(*rule.Pass) []report.Finding { panic("at the disco") }}
	astray := &rule.Rule{Name: "astray", Check: func(*rule.Pass) []report.Finding {
		return []report.Finding{{Pos: 1 << 40, Message: "far away"}}
	}}
	rules := []*rule.Rule{panics, calls("bad", rule.Default, 0), astray}

	var log bytes.Buffer
	s := New(&Options{Failures: &log}, rules)
	run(t, s, "failures") // the other rule is unharmed, and an ignore of the failing one is not called useless
	if s.Failures() != 2 {
		t.Errorf("%d failures, want 2", s.Failures())
	}
	for _, text := range []string{"panics in package failures: panic: at the disco", "findings_test.go", "astray in package failures: finding outside"} {
		if !strings.Contains(log.String(), text) {
			t.Errorf("failures are told without %q:\n%s", text, &log)
		}
	}

	results := analysistest.Run(fails{t}, analysistest.TestData(), New(strict(), rules).Umbrella, "failures")
	for _, res := range results {
		if res.Action.Err == nil {
			t.Error("a failing rule does not fail a strict suite")
		}
	}
}

// TestEngineFailures checks that what the engine contains is counted and told
// like what rules do.
func TestEngineFailures(t *testing.T) {
	pass := &analysis.Pass{
		Pkg:      types.NewPackage("x", "x"),
		ResultOf: map[*analysis.Analyzer]any{summary.Analyzer: &summary.Package{Failures: []string{"x.f: boom"}}},
	}
	var log bytes.Buffer
	s := New(&Options{Failures: &log}, nil)
	if err := s.collect(&collection{pass: pass}); err != nil {
		t.Error(err)
	}
	if want := "concvet: internal failure: engine in package x: x.f: boom\n"; log.String() != want || s.Failures() != 1 {
		t.Errorf("%d failures are told as %q, want %q", s.Failures(), &log, want)
	}
	if err := New(strict(), nil).collect(&collection{pass: pass}); err == nil {
		t.Error("a failure of the engine does not fail a strict suite")
	}
}

// fails expects failures of the test.
type fails struct{ t *testing.T }

func (f fails) Errorf(format string, args ...any) {
	f.t.Log("expected: " + fmt.Sprintf(format, args...))
}

func TestRegister(t *testing.T) {
	opts := new(Options)
	fs := flag.NewFlagSet("test", flag.ContinueOnError)
	suite(opts).Register(fs)
	if err := fs.Parse([]string{"-advice", "-rules=bad", "-debug.failures", "-debug.trace=" + t.TempDir() + "/trace"}); err != nil {
		t.Fatal(err)
	}
	if !opts.Advice || len(opts.Rules) != 1 || opts.Failures == nil || opts.Trace == nil {
		t.Errorf("options are %+v", opts)
	}
}
