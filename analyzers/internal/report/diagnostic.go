package report

import (
	"errors"
	"fmt"
	"go/token"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/tools/go/analysis"
)

// Home is the address of the documentation that all rules share.
const Home = "https://pkg.go.dev/github.com/concvet/concvet/analyzers"

// URL returns the address of the documentation of a rule, which is a package.
func URL(rule string) string { return Home + "/" + rule }

// Diagnostic returns f in the form in which drivers take it. The witness
// travels as related information, the only channel that every driver keeps.
func (f *Finding) Diagnostic() analysis.Diagnostic {
	d := analysis.Diagnostic{
		Pos:      f.Pos,
		End:      f.End,
		Category: f.Category,
		Message:  f.Message,
		URL:      URL(f.Rule),
	}
	if d.Category == "" {
		d.Category = f.Rule
	}
	for _, s := range f.Witness {
		d.Related = append(d.Related, analysis.RelatedInformation{Pos: s.Pos, Message: Format(s)})
	}
	for _, fix := range f.Fixes {
		d.SuggestedFixes = append(d.SuggestedFixes, analysis.SuggestedFix{Message: fix.Message, TextEdits: fix.Edits})
	}
	return d
}

// Mistake returns what names the mistake: f.Same, or f.Pos if that is unset.
func (f *Finding) Mistake() token.Pos {
	if f.Same.IsValid() {
		return f.Same
	}
	return f.Pos
}

// CheckMessage says what is wrong with the wording of a message, or nil: it is
// one sentence on one line, in lower case like an error, without a period. An
// operand that it starts with may have any case.
func CheckMessage(msg string) error {
	first, _ := utf8.DecodeRuneInString(msg)
	word, _, _ := strings.Cut(msg, " ")
	switch {
	case msg == "":
		return errors.New("message is empty")
	case strings.TrimSpace(msg) != msg || strings.ContainsFunc(msg, unicode.IsControl) || strings.Contains(msg, "  "):
		return fmt.Errorf("message has stray white space: %q", msg)
	case strings.HasSuffix(msg, "."):
		return fmt.Errorf("message ends with a period: %q", msg)
	case unicode.IsUpper(first) && !strings.ContainsAny(word, ".([*&"):
		return fmt.Errorf("message starts with a capital letter: %q", msg)
	}
	return nil
}
