// Package command is what the program does when a person runs it: it has
// packages analysed, and prints, changes or records what is found.
package command

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/concvet/concvet/cmd/concvet/internal/baseline"
	"github.com/concvet/concvet/cmd/concvet/internal/cli"
	"github.com/concvet/concvet/cmd/concvet/internal/driver"
	"github.com/concvet/concvet/cmd/concvet/internal/finding"
	"github.com/concvet/concvet/cmd/concvet/internal/fix"
	"github.com/concvet/concvet/cmd/concvet/internal/render"
	"github.com/concvet/concvet/cmd/concvet/internal/standalone"
)

// Exit statuses.
const (
	statusOK       = 0
	statusError    = 1
	statusFindings = 3
)

// A session is one run of the program.
type session struct {
	line           *cli.Line
	stdout, stderr io.Writer
	start          time.Time
	shown          map[string]bool // rules whose findings are asked for
	known          baseline.File
	ids            *baseline.Identifier
	sources        *render.Sources
	text           *render.Text // prints findings as they come; nil if they are collected
	status         *progress

	findings []finding.Finding
	packages map[string]bool // those that reported
	listed   int             // how many packages the patterns name, or 0
	problems []string
}

// Run analyses the packages that the arguments name, prints what is found,
// and returns the exit status.
func Run(line *cli.Line, stdout, stderr io.Writer) int {
	s := &session{line: line, stdout: stdout, stderr: stderr, start: time.Now()}
	if err := s.run(); err != nil {
		s.problems = append(s.problems, err.Error())
	}
	for _, p := range s.problems {
		fmt.Fprintf(stderr, "concvet: %s\n", p)
	}
	switch {
	case len(s.problems) > 0:
		return statusError
	case len(s.findings) > 0 && !line.WriteBaseline:
		return statusFindings
	}
	return statusOK
}

func (s *session) run() error {
	line := s.line
	if line.Dir != "" {
		if err := os.Chdir(line.Dir); err != nil {
			return err
		}
	}
	if line.Baseline != "" && !line.WriteBaseline {
		var err error
		if s.known, err = baseline.Read(line.Baseline); err != nil {
			return err
		}
	}
	wd, err := os.Getwd()
	if err != nil {
		return err
	}
	s.sources = render.NewSources(wd, nil)
	s.shown = line.Shown()
	style := render.NewStyle(s.stdout, line.Color, line.Context)
	text := render.NewText(s.stdout, style, s.sources, s.rules())
	if line.Format == "text" && !line.Changes() && !line.WriteBaseline && render.IsTerminal(s.stdout) {
		s.text = text
	}
	if err := s.analyse(line.Format == "text" && style.Frame); err != nil {
		return err
	}
	switch {
	case line.WriteBaseline:
		return s.writeBaseline()
	case line.Changes():
		if err := s.change(); err != nil {
			return err
		}
	}
	return s.print(text)
}

// analyse fills in findings and problems. With list it is found out how many
// packages there are.
func (s *session) analyse(list bool) error {
	s.findings, s.problems = nil, nil
	s.packages = make(map[string]bool)
	s.ids = baseline.NewIdentifier(s.sources)
	s.status = newProgress(s.stderr, s.start)
	defer s.status.stop()
	var err error
	if s.line.Standalone {
		s.problems, err = standalone.Run(s.line, s.stderr, s.add)
		s.listed = len(s.packages)
	} else {
		c := driver.Config{
			Patterns:   s.line.Args,
			BuildFlags: s.line.BuildFlags(),
			ToolFlags:  s.line.ToolFlags(),
		}
		if list || s.status.terminal {
			c.Listed = func(paths []string) {
				s.listed = len(paths)
				s.status.expect(len(paths))
			}
		}
		s.problems, err = driver.Run(context.Background(), c, s.add)
	}
	s.findings = finding.Sort(s.findings)
	return err
}

// add takes the findings of a package that are asked for and not known.
func (s *session) add(p finding.Package) {
	s.status.step()
	if p.Path != "" {
		s.packages[strings.TrimSuffix(p.Path, "_test")] = true
	}
	var fresh []finding.Finding
	for _, f := range finding.Sort(p.Findings) {
		if s.shown[f.Rule] && (s.known == nil || !s.known[s.ids.ID(&f)]) {
			fresh = append(fresh, f)
		}
	}
	s.findings = append(s.findings, fresh...)
	if s.text != nil && len(fresh) > 0 {
		s.status.clear()
		if err := s.text.Findings(fresh); err != nil {
			s.problems = append(s.problems, err.Error())
		}
	}
}

// change makes or prints the fixes. What remains is then in s.findings.
func (s *session) change() error {
	changes, left, err := fix.Plan(s.findings, os.ReadFile)
	if err != nil {
		return err
	}
	if s.line.Diff {
		return fix.Print(s.stdout, changes, s.sources.Short)
	}
	if len(changes) == 0 {
		return nil
	}
	if err := fix.Write(changes); err != nil {
		return err
	}
	s.findings = left
	s.sources = render.NewSources(s.sources.Dir(), nil)
	return s.analyse(false)
}

func (s *session) print(text *render.Text) error {
	elapsed := time.Duration(0)
	if render.IsTerminal(s.stdout) {
		elapsed = time.Since(s.start)
	}
	if s.line.Diff {
		return s.printLeft()
	}
	if s.line.Format != "text" {
		return render.Write(s.stdout, s.line.Format, &render.Report{
			Findings:    s.findings,
			Problems:    s.problems,
			Rules:       s.rules(),
			Packages:    s.listed,
			Elapsed:     elapsed,
			Sources:     s.sources,
			Fingerprint: s.ids.Fingerprint,
		})
	}
	if s.text == nil {
		if err := text.Findings(s.findings); err != nil {
			return err
		}
	}
	if len(s.problems) > 0 && len(s.findings) == 0 {
		return nil // that there are none is not known
	}
	return text.Summary(s.findings, s.listed, elapsed)
}

// printLeft prints the findings that a patch leaves, where they are not in its
// way.
func (s *session) printLeft() error {
	_, left, err := fix.Plan(s.findings, os.ReadFile)
	if err != nil {
		return err
	}
	style := render.Style{}
	return render.NewText(s.stderr, style, s.sources, nil).Findings(left)
}

func (s *session) writeBaseline() error {
	if len(s.problems) > 0 {
		return fmt.Errorf("%s is not written: it would lack what could not be analysed", s.line.Baseline)
	}
	var ids []string
	for i := range s.findings {
		ids = append(ids, s.ids.ID(&s.findings[i]))
	}
	if err := baseline.Write(s.line.Baseline, ids); err != nil {
		return err
	}
	fmt.Fprintf(s.stderr, "concvet: %s: %s written\n", s.line.Baseline, render.Count(len(ids), "finding"))
	return nil
}

// rules returns what a report says of rules.
func (s *session) rules() []render.Rule {
	var rules []render.Rule
	for _, a := range s.line.Suite.Facades {
		if s.shown[a.Name] {
			rules = append(rules, render.NewRule(a, s.line.Suite.Advice(a.Name)))
		}
	}
	return rules
}
