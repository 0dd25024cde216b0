package render

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/concvet/concvet/cmd/concvet/internal/finding"
)

// writeGitHub prints findings as workflow commands, which GitHub shows as
// annotations of the code.
func writeGitHub(w io.Writer, r *Report) error {
	b := bufio.NewWriter(w)
	repo := newURIs(r.Sources.Dir())
	for i := range r.Findings {
		f := &r.Findings[i]
		fmt.Fprintf(b, "::%s %s::%s\n", level(r, f), properties(repo, f), escapeData(message(repo, f)))
	}
	return b.Flush()
}

// level is warning for advice and error for mistakes.
func level(r *Report, f *finding.Finding) string {
	for _, rule := range r.Rules {
		if rule.Name == f.Rule && rule.Advice {
			return "warning"
		}
	}
	return "error"
}

// properties tells where a finding is. Columns are understood only within one
// line.
func properties(repo uris, f *finding.Finding) string {
	text := fmt.Sprintf("file=%s,line=%d", escapeProperty(repo.short(f.Pos.File)), f.Pos.Line)
	if f.End.Line > f.Pos.Line {
		text += fmt.Sprintf(",endLine=%d", f.End.Line)
	} else {
		text += fmt.Sprintf(",col=%d", f.Pos.Col)
		if f.End.Col > f.Pos.Col {
			text += fmt.Sprintf(",endColumn=%d", f.End.Col)
		}
	}
	return text + ",title=" + escapeProperty("concvet "+f.Rule)
}

// message is that of a finding with the steps of its witness.
func message(repo uris, f *finding.Finding) string {
	text := f.Message
	for _, s := range f.Steps {
		at := s.At
		at.File = repo.short(at.File)
		text += fmt.Sprintf("\n%s: %s", at, s.Text)
	}
	return text
}

var (
	dataEscapes     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	propertyEscapes = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

func escapeData(s string) string     { return dataEscapes.Replace(s) }
func escapeProperty(s string) string { return propertyEscapes.Replace(s) }
