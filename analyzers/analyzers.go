package analyzers

import (
	"slices"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/concvet/concvet/analyzers/internal/findings"
	"github.com/concvet/concvet/analyzers/internal/report"
)

//go:generate go run ./internal/gen

// A Suite is all rules made ready for a driver.
type Suite = findings.Suite

// Options are the settings of a [Suite].
type Options = findings.Options

// New makes a suite of all rules, for a driver that has options of its own.
// The bundled analyzers become part of it: comments suppress their findings,
// too, and a rule's finding of the same mistake goes before theirs.
func New(opts *Options, bundled ...*analysis.Analyzer) *Suite {
	return findings.New(opts, rules(), bundled...)
}

// FactsOnly returns the analyzers to run instead of a suite's on a package
// that is analysed only for those which import it.
func FactsOnly() []*analysis.Analyzer { return findings.FactsOnly() }

// embedded is the suite for programs that choose analyzers by themselves: the
// choice decides what is reported. In tests a rule that fails fails the test.
var embedded = New(&Options{Advice: true, Strict: testing.Testing()})

// All has an analyzer for each rule, sorted by name.
var All = slices.DeleteFunc(slices.Clone(embedded.Facades), func(a *analysis.Analyzer) bool { return a == Ignore })

// Default is All without the rules that are advice.
var Default = slices.DeleteFunc(slices.Clone(All), func(a *analysis.Analyzer) bool {
	return embedded.Advice(a.Name)
})

// Ignore reports comments that suppress findings but are malformed or
// suppress nothing.
var Ignore = embedded.Ignore

// Analyzer reports what [Default] and [Ignore] do, for drivers that want one
// analyzer of a package, as Bazel's nogo does. Its flags choose rules. It must
// not run beside the others.
var Analyzer = New(&Options{Strict: testing.Testing()}).Umbrella

// A Step is one event of a finding's witness.
type Step = report.Step

// What may be wrong about a step.
const (
	Plain   = report.Plain
	Blocked = report.Blocked
	Racing  = report.Racing
)

// ParseStep reads the text of a step as drivers keep it, in related information.
func ParseStep(text string) (Step, error) { return report.Parse(text) }
