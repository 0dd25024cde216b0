package findings

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"runtime/debug"
	"slices"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/scope"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// A result is what a package's façades report.
type result struct {
	shares map[string][]analysis.Diagnostic // by name of the façade, in order of position
}

func (r *result) report(pass *analysis.Pass, name string) {
	for _, d := range r.shares[name] {
		pass.Report(d)
	}
}

// run is the Run function of the internal analyzer.
func (s *Suite) run(pass *analysis.Pass) (any, error) {
	if s.opts.Dependency && pass.ResultOf[variant].(bool) {
		return new(result), nil
	}
	if s.opts.Trace != nil {
		fmt.Fprintf(s.opts.Trace, "rules %s\n", pass.Pkg.Path())
	}
	ignores := parseIgnores(pass, s.known)
	c := &collection{pass: pass, ran: make(map[string]bool), named: ignores.named()}
	if err := s.collect(c); err != nil {
		return nil, err
	}
	kept := ignores.suppress(best(c.found))
	res := &result{shares: make(map[string][]analysis.Diagnostic)}
	for _, f := range kept {
		res.shares[f.member] = append(res.shares[f.member], f.diagnostic)
	}
	res.shares[ignoreName] = ignores.complaints(c.ran)
	return res, nil
}

// A collection gathers what the members find in one package.
type collection struct {
	pass  *analysis.Pass
	found []found
	ran   map[string]bool // names of the members that did not fail
	named map[string]bool // names of the members that must say whether they find something
}

// collect runs all members. The error is that of a member, if failures are
// not to be contained.
//
// Rules first look at drafts of the scopes. What they find there is reported if
// they find it in the whole scopes, too, which are only built for that.
func (s *Suite) collect(c *collection) error {
	sums := c.pass.ResultOf[summary.Analyzer].(*summary.Package)
	drafts, err := s.scopes(c, func() *scope.Package { return scope.Draft(sums) })
	if drafts == nil {
		return err
	}
	for _, text := range sums.Failures {
		if err := s.failed(c.pass, "engine", errors.New(text)); err != nil {
			return err
		}
	}
	if e := sums.Exported; e.Funcs > 0 && s.opts.Facts != nil {
		fmt.Fprintf(s.opts.Facts, "concvet: package %s: %d facts of %d bytes, the longest of %d, and %d on the order of locks\n",
			c.pass.Pkg.Path(), e.Funcs, e.Bytes, e.Longest, e.Order)
	}
	for i, m := range s.members {
		if m.tier == rule.Advice && !s.Shown(m.name) && !c.named[m.name] {
			continue
		}
		if err := s.ask(c, i, drafts); err != nil {
			return err
		}
	}
	return s.confirm(c, drafts)
}

// scopes builds the scopes of a package, nil if that fails.
func (s *Suite) scopes(c *collection, build func() *scope.Package) (out *scope.Package, err error) {
	err = s.timed("scope", func() error { out = build(); return nil })
	if err != nil {
		return nil, s.failed(c.pass, "scope", err)
	}
	if out.Dropped > 0 && s.opts.Budget != nil {
		fmt.Fprintf(s.opts.Budget, "concvet: package %s: %d scopes over the limits\n", c.pass.Pkg.Path(), out.Dropped)
	}
	return out, nil
}

// ask runs the i-th member.
func (s *Suite) ask(c *collection, i int, scopes *scope.Package) error {
	m := s.members[i]
	err := s.timed(m.name, func() error { return m.collect(c, i, scopes, s.gaveUp(c.pass)) })
	c.ran[m.name] = err == nil
	if err != nil {
		return s.failed(c.pass, m.name, err)
	}
	return nil
}

// confirm has the rules that found something look again, at whole scopes, and
// keeps what they find both times.
func (s *Suite) confirm(c *collection, drafts *scope.Package) error {
	type mistake struct {
		member string
		at     token.Pos
	}
	drafted, again, first := make(map[mistake]bool), make(map[int]bool), c.found
	var at []token.Pos
	c.found = nil
	for _, f := range first {
		if s.members[f.order].rule == nil {
			c.found = append(c.found, f)
			continue
		}
		again[f.order] = true
		drafted[mistake{f.member, f.mistake}] = true
		at = append(at, f.mistake, f.diagnostic.Pos)
		for _, r := range f.diagnostic.Related {
			at = append(at, r.Pos)
		}
	}
	if len(again) == 0 {
		return nil
	}
	whole, err := s.scopes(c, func() *scope.Package { return drafts.Whole(at) })
	if whole == nil {
		return err
	}
	for i := range s.members {
		if again[i] {
			if err := s.ask(c, i, whole); err != nil {
				return err
			}
		}
	}
	c.found = slices.DeleteFunc(c.found, func(f found) bool {
		return s.members[f.order].rule != nil && !drafted[mistake{f.member, f.mistake}]
	})
	return nil
}

// collect runs m and adds what it finds, all or nothing. The order breaks ties of rank.
func (m *member) collect(c *collection, order int, scopes *scope.Package, gaveUp func(string)) error {
	var fs []found
	switch {
	case m.bundled != nil:
		got := c.pass.ResultOf[m.bundled].(*captured)
		if got.err != nil {
			return got.err
		}
		for _, d := range got.diagnostics {
			fs = append(fs, newBundled(c.pass, m.name, order, d))
		}
	default:
		for _, f := range m.rule.Check(&rule.Pass{Package: scopes, On: m.on, GaveUp: gaveUp}) {
			f.Rule = m.name
			if err := checkFinding(c.pass, &f); err != nil {
				return err
			}
			fs = append(fs, newFound(c.pass, m, order, &f))
		}
	}
	c.found = append(c.found, fs...)
	return nil
}

// gaveUp returns what writes of limits that a rule hits in a package.
func (s *Suite) gaveUp(pass *analysis.Pass) func(string) {
	return func(what string) {
		if s.opts.Budget != nil {
			fmt.Fprintf(s.opts.Budget, "concvet: package %s: %s\n", pass.Pkg.Path(), what)
		}
	}
}

// on returns the value of a flag of the rule.
func (m *member) on(name string) bool {
	v := m.flags[name]
	if v == nil {
		panic(fmt.Sprintf("rule %s has no flag %q", m.name, name))
	}
	return *v
}

// checkFinding says what makes f unfit for drivers, of which some panic on it.
func checkFinding(pass *analysis.Pass, f *report.Finding) error {
	file := fileOf(pass, f)
	if file == nil {
		return fmt.Errorf("finding outside of the package: %s: %s", pass.Fset.Position(f.Pos), f.Message)
	}
	if f.End.IsValid() && (f.End < f.Pos || f.End > file.FileEnd) {
		return fmt.Errorf("finding ends before it starts or after its file: %s: %s", pass.Fset.Position(f.Pos), f.Message)
	}
	for i := range f.Witness {
		if !f.Witness[i].Pos.IsValid() {
			return fmt.Errorf("step %d has no position: %s: %s", i+1, pass.Fset.Position(f.Pos), f.Message)
		}
	}
	for _, fix := range f.Fixes {
		if err := checkEdits(pass, fix.Edits); err != nil {
			return fmt.Errorf("fix %q: %w", fix.Message, err)
		}
	}
	return nil
}

// checkEdits asks for what drivers do: edits of files of the package, in
// order, of which none overlaps the next.
func checkEdits(pass *analysis.Pass, edits []analysis.TextEdit) error {
	for i, e := range edits {
		file := pass.Fset.File(e.Pos)
		switch {
		case file == nil || e.End.IsValid() && (e.End < e.Pos || pass.Fset.File(e.End) != file):
			return fmt.Errorf("edit %d is not of one file", i+1)
		case i > 0 && e.Pos < max(edits[i-1].Pos, edits[i-1].End):
			return fmt.Errorf("edits %d and %d overlap or are out of order", i, i+1)
		}
	}
	return nil
}

// fileOf returns the file of the package that f is in, or nil.
func fileOf(pass *analysis.Pass, f *report.Finding) *ast.File {
	for _, file := range pass.Files {
		if file.FileStart <= f.Pos && f.Pos <= file.FileEnd {
			return file
		}
	}
	return nil
}

// contain calls f and returns its error; a panic is one.
func contain(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	return f()
}

// timed calls f as contain does, and tells how long it took where this is wanted.
func (s *Suite) timed(what string, f func() error) error {
	if s.opts.Timed != nil {
		start := time.Now()
		defer func() { s.opts.Timed(what, time.Since(start)) }()
	}
	return contain(f)
}

// failed counts an internal failure and tells of it where this is wanted. It
// returns an error only if failures are not to be contained.
func (s *Suite) failed(pass *analysis.Pass, what string, err error) error {
	s.failures.Add(1)
	err = fmt.Errorf("internal failure: %s in package %s: %w", what, pass.Pkg.Path(), err)
	if s.opts.Strict {
		return err
	}
	if s.opts.Failures != nil {
		fmt.Fprintf(s.opts.Failures, "concvet: %v\n", err)
	}
	return nil
}
