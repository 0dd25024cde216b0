// Package findings runs every rule on a package and decides what of it is
// reported.
//
// The drivers of go/analysis run analyzers concurrently and none sees what
// another reports, so "one bug, one finding" and "this comment suppresses
// nothing" need one place. That is the internal analyzer of a [Suite]: it runs
// all rules once, drops findings of the same mistake but the best, applies
// suppression comments, and sorts. Each rule then has a façade, an analyzer
// which reports the rule's share and is what drivers and users see.
//
// Which rules are shown has no influence on which finding of a mistake is the
// best, nor on which comments are of use. So all run, but those of the advice
// tier that are neither shown nor named by a comment: their findings rank below
// all others.
package findings

import (
	"reflect"
	"slices"
	"sync/atomic"

	"golang.org/x/tools/go/analysis"

	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// A Suite is a set of rules made ready for drivers.
type Suite struct {
	// Facades has an analyzer for each rule, each bundled analyzer, and
	// Ignore, in this order.
	Facades []*analysis.Analyzer
	// Ignore reports suppression comments that are malformed or suppress
	// nothing.
	Ignore *analysis.Analyzer
	// Umbrella reports what all façades report, for drivers that want one
	// analyzer. It must not run beside them.
	Umbrella *analysis.Analyzer

	opts     *Options
	members  []member
	engine   *analysis.Analyzer // its result is a *result
	failures atomic.Int64
}

// A member is a source of findings: a rule or a bundled analyzer.
type member struct {
	name    string
	tier    rule.Tier
	rule    *rule.Rule         // nil if bundled
	bundled *analysis.Analyzer // nil if a rule; its result is a *captured
	flags   map[string]*bool   // values of the rule's flags
}

// ignoreName is the name of [Suite.Ignore].
const ignoreName = "ignore"

// New makes a suite of rules, in order of precedence among findings of equal
// rank, and of analyzers made elsewhere, whose findings rank below and are
// suppressed by the same comments. It keeps opts, which the caller may go on
// filling in until the first package is analysed; nil stands for no options.
func New(opts *Options, rules []*rule.Rule, bundled ...*analysis.Analyzer) *Suite {
	if opts == nil {
		opts = new(Options)
	}
	s := &Suite{opts: opts}
	s.engine = &analysis.Analyzer{
		Name:       "concvetfindings",
		Doc:        "run the rules of concvet and choose among their findings",
		Requires:   []*analysis.Analyzer{summary.Analyzer, variant},
		Run:        s.run,
		ResultType: reflect.TypeFor[*result](),
	}
	s.Umbrella = s.umbrella()
	for _, r := range rules {
		s.addRule(r)
	}
	for _, a := range bundled {
		s.addBundled(a)
	}
	s.Ignore = s.facade(ignoreName, ignoreDoc, ignoreURL)
	s.Facades = append(s.Facades, s.Ignore)
	return s
}

func (s *Suite) addRule(r *rule.Rule) {
	m := member{name: r.Name, tier: r.Tier, rule: r, flags: make(map[string]*bool)}
	a := s.facade(r.Name, r.Text(), report.URL(r.Name))
	for _, f := range r.Flags {
		m.flags[f.Name] = a.Flags.Bool(f.Name, f.Default, f.Usage)
		s.Umbrella.Flags.Var(a.Flags.Lookup(f.Name).Value, r.Name+"."+f.Name, f.Usage)
	}
	s.members = append(s.members, m)
	s.Facades = append(s.Facades, a)
}

func (s *Suite) addBundled(inner *analysis.Analyzer) {
	m := member{name: inner.Name, bundled: capture(inner)}
	a := s.facade(inner.Name, inner.Doc, inner.URL)
	a.Flags = inner.Flags
	s.engine.Requires = append(s.engine.Requires, m.bundled)
	s.members = append(s.members, m)
	s.Facades = append(s.Facades, a)
}

// facade returns an analyzer that reports the share of one member.
func (s *Suite) facade(name, doc, url string) *analysis.Analyzer {
	return &analysis.Analyzer{
		Name:     name,
		Doc:      doc,
		URL:      url,
		Requires: []*analysis.Analyzer{s.engine},
		Run: func(pass *analysis.Pass) (any, error) {
			if s.Shown(name) {
				pass.ResultOf[s.engine].(*result).report(pass, name)
			}
			return nil, nil
		},
	}
}

// umbrella returns the analyzer for drivers that want a single one.
func (s *Suite) umbrella() *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name:     "concvet",
		Doc:      "find mistakes in concurrent code",
		URL:      report.Home,
		Requires: []*analysis.Analyzer{s.engine},
		Run: func(pass *analysis.Pass) (any, error) {
			for _, a := range s.Facades {
				if s.Shown(a.Name) {
					pass.ResultOf[s.engine].(*result).report(pass, a.Name)
				}
			}
			return nil, nil
		},
	}
	s.settings(&a.Flags)
	return a
}

// Shown reports whether the findings of the named façade are to be reported.
func (s *Suite) Shown(name string) bool {
	switch {
	case len(s.opts.Rules) > 0:
		return slices.Contains(s.opts.Rules, name)
	case s.opts.Advice, !s.Advice(name):
		return true
	}
	return s.opts.Named != nil && s.opts.Named(name)
}

// Advice reports whether the named façade is of an advice rule.
func (s *Suite) Advice(name string) bool {
	for _, m := range s.members {
		if m.name == name {
			return m.tier == rule.Advice
		}
	}
	return false
}

// FactsOnly returns the analyzers to run instead of the façades on a package
// that is analysed only for those which import it. They export what façades do.
func FactsOnly() []*analysis.Analyzer { return []*analysis.Analyzer{summary.Analyzer, variant} }

// Failures returns how many internal failures were contained so far.
func (s *Suite) Failures() int { return int(s.failures.Load()) }
