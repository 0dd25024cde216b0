package report

import (
	"errors"
	"fmt"
	"strings"
)

// A UserDoc is the documentation of a rule, as its doc.go tells it to users.
// The comment of the package has, after a first sentence for the list of
// packages, the headings
//
//	# Analyzer x
//
//	x: one verb phrase
//
//	# What, # Why it hurts, # Wrong, # Right, # Precision,
//	# Flags (if the rule has any), # Since
type UserDoc struct {
	Title    string   // the verb phrase
	Text     string   // what follows it, to the end, headings included
	Sections []string // the headings after "Analyzer x", in order
}

// sections are the headings that every rule has, in this order.
var sections = []string{"What", "Why it hurts", "Wrong", "Right", "Precision", "Flags", "Since"}

// Doc reads the documentation of the named rule from the text of its doc.go.
func Doc(rule, docGo string) (UserDoc, error) {
	// Package go/parser would do better, but every process of go vet would wait a
	// millisecond for it, for each of hundreds of packages.
	text, _, ok := strings.Cut(docGo, "\npackage ")
	if !ok {
		return UserDoc{}, errors.New("doc.go: no package clause")
	}
	_, body, ok := strings.Cut(text, "\n// # Analyzer "+rule+"\n//\n")
	if !ok {
		return UserDoc{}, fmt.Errorf("doc.go: no heading %q", "# Analyzer "+rule)
	}
	body = strings.ReplaceAll(strings.TrimPrefix(body, "// "), "\n// ", "\n")
	body = strings.ReplaceAll(body, "\n//", "\n")
	title, text, _ := strings.Cut(body, "\n\n")
	phrase, ok := strings.CutPrefix(strings.ReplaceAll(title, "\n", " "), rule+": ")
	if !ok {
		return UserDoc{}, fmt.Errorf("doc.go: heading %q is not followed by %q", "# Analyzer "+rule, rule+": …")
	}
	doc := UserDoc{Title: phrase, Text: text}
	for line := range strings.Lines(text) {
		if h, ok := strings.CutPrefix(line, "# "); ok {
			doc.Sections = append(doc.Sections, strings.TrimSpace(h))
		}
	}
	return doc, nil
}

// String returns the documentation as analysis.Analyzer.Doc wants it: the
// title, which drivers put behind the name, a blank line, the text.
func (d UserDoc) String() string {
	if d.Text == "" {
		return d.Title
	}
	return d.Title + "\n\n" + d.Text
}

// Check says what d lacks of the form that all rules share, or nil.
// hasFlags tells whether the rule has flags to document.
func (d UserDoc) Check(hasFlags bool) error {
	if err := CheckMessage(d.Title); err != nil {
		return fmt.Errorf("title: %w", err)
	}
	want := make([]string, 0, len(sections))
	for _, s := range sections {
		if s != "Flags" || hasFlags {
			want = append(want, s)
		}
	}
	if got := strings.Join(d.Sections, ", "); got != strings.Join(want, ", ") {
		return fmt.Errorf("sections are %s, want %s", got, strings.Join(want, ", "))
	}
	return nil
}
