// Package rule defines what a rule is: data.
package rule

import (
	"sync"

	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/scope"
)

// A Tier says whether a rule runs unasked.
type Tier uint8

// The tiers.
const (
	Default Tier = iota // proofs: at least 90 % of its findings on well-kept code are mistakes
	Advice              // performance, style, policy: off until -advice or named in -rules
)

// A Rule is one kind of mistake. Rules are package variables and never change.
type Rule struct {
	Name  string // lower-case word or two run together, naming the mistake: also the directory
	Tier  Tier   // when it runs
	Doc   string // the user documentation: the text of the package's doc.go
	Flags []Flag // the rule's own switches, which become -NAME.flag
	// Check finds the mistake in one package. It must not modify what the
	// pass gives it: other rules read the same.
	Check func(p *Pass) []report.Finding

	once sync.Once
	text string
}

// Text returns the documentation as analysis.Analyzer.Doc wants it. It is read
// from Doc once, as each process makes several suites of all rules.
func (r *Rule) Text() string {
	r.once.Do(func() {
		r.text = "find mistakes of the kind " + r.Name // a rule in the making: a test asks for its documentation
		if doc, err := report.Doc(r.Name, r.Doc); err == nil {
			r.text = doc.String()
		}
	})
	return r.text
}

// A Flag is a switch of one rule.
type Flag struct {
	Name    string // without the rule's name: "strict"
	Default bool   // its value when not given
	Usage   string // one line for help
}

// A Pass is what a rule sees.
type Pass struct {
	*scope.Package
	On func(flag string) bool // the value of one of the rule's own flags
	// GaveUp is told what the rule leaves out because it is over a limit.
	GaveUp func(what string)
}
