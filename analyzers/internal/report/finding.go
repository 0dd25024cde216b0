// Package report turns what rules find into diagnostics. It is the one place
// that writes and reads the text of witnesses.
package report

import (
	"go/token"

	"golang.org/x/tools/go/analysis"
)

// A Finding is one mistake, as a rule states it, before wording for a driver.
type Finding struct {
	Rule     string    // name of the rule
	Category string    // as Diagnostic.Category; the rule's name if empty
	Pos      token.Pos // start of the operation to change
	End      token.Pos // end of it, or NoPos
	Message  string    // one sentence naming the object and the consequence: lower case, no period
	Witness  []Step    // the steps that prove it, in order
	Fixes    []Fix     // at most one in practice: an edit that is surely right
	Rank     int       // of two findings at one place the one with the higher rank is kept
	// Same names the mistake: findings of any rule with one Same are one bug,
	// and only the first by rank is reported. NoPos means Pos.
	Same token.Pos
	// Yields says that the finding is dropped if one of a default rule, of
	// higher rank, shares a position with its witness: that names the mistake,
	// this only a consequence.
	Yields bool
}

// A Fix is an edit that compiles and after which the rule is silent.
type Fix struct {
	Message string // what the edit does, imperative: "defer wg.Done()"
	Edits   []analysis.TextEdit
}

// A Step is one event of a witness.
type Step struct {
	Pos    token.Pos
	G      int    // number of the goroutine, 1 being the one that runs the enclosing function
	Role   string // what that goroutine is: "main", "worker", "test", "handler"
	Verb   string // what it does: "locks", "sends on", "appends to"
	Object string // to what: "s.mu", "results"
	After  int    // number (from 1) of the earlier step that this one comes after, or 0
	Mark   Mark
	Place  string // file:line of a place in another package that the step stands for, or ""
}

// A Mark says what is wrong about a step.
type Mark uint8

// The marks.
const (
	Plain   Mark = iota
	Blocked      // the goroutine waits here for ever
	Racing       // the access is unordered with another one marked so
)
