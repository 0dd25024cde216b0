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
	text, ok := packageComment(docGo)
	if !ok {
		return UserDoc{}, errors.New("doc.go: no package clause")
	}
	_, body, ok := strings.Cut("\n"+text, "\n# Analyzer "+rule+"\n")
	if !ok {
		return UserDoc{}, fmt.Errorf("doc.go: no heading %q", "# Analyzer "+rule)
	}
	title, text, _ := strings.Cut(strings.TrimSpace(body), "\n\n")
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

// packageComment returns the text of the comment before the package clause, whose
// lines begin with //. Package go/parser would do, but every process of go vet
// would wait a millisecond for it, for each of hundreds of packages.
func packageComment(src string) (text string, ok bool) {
	var b strings.Builder
	for line := range strings.Lines(src) {
		if strings.HasPrefix(line, "package ") {
			return b.String(), true
		}
		body, isComment := strings.CutPrefix(line, "//")
		if !isComment {
			b.Reset() // it was about something else
			continue
		}
		b.WriteString(strings.TrimPrefix(body, " "))
	}
	return "", false
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
