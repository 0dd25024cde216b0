// Package render prints findings: for people, for editors, for other programs.
package render

import (
	"fmt"
	"io"
	"strings"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/concvet/concvet/cmd/concvet/internal/finding"
)

// A Report is all there is to tell of a run.
type Report struct {
	Findings []finding.Finding // sorted
	Problems []string          // why something could not be analysed
	Rules    []Rule            // those whose findings were asked for
	Packages int               // how many were analysed, or 0 if that is not known
	Elapsed  time.Duration     // of the run, or 0 if that is not to be told
	Sources  *Sources          // to show code
	// Fingerprint returns what identifies a finding when lines move.
	Fingerprint func(f *finding.Finding) string
}

// A Rule is what a report says of a rule.
type Rule struct {
	Name   string
	Title  string // one verb phrase
	Doc    string // what follows it
	URL    string
	Advice bool
}

// NewRule returns what a report says of an analyzer.
func NewRule(a *analysis.Analyzer, advice bool) Rule {
	title, doc, _ := strings.Cut(a.Doc, "\n\n")
	return Rule{Name: a.Name, Title: title, Doc: doc, URL: a.URL, Advice: advice}
}

// Write prints a report in a form other than text.
func Write(w io.Writer, format string, r *Report) error {
	switch format {
	case "json":
		return finding.Write(w, r.Findings)
	case "github":
		return writeGitHub(w, r)
	case "sarif":
		return writeSARIF(w, r)
	case "html":
		return writeHTML(w, r)
	}
	return fmt.Errorf("unknown format %q", format)
}
