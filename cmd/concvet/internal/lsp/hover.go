package lsp

import (
	"fmt"
	"path/filepath"
	"strings"
)

// hover explains the findings at a position, or returns nil if there are none.
func (s *server) hover(file string, at position) *hover {
	r := s.results[filepath.Dir(file)]
	if r == nil {
		return nil
	}
	var h *hover
	for _, it := range s.current(r) {
		if it.finding.Pos.File != file || !it.diag.Range.touches(span{at, at}) {
			continue
		}
		if h == nil {
			h = &hover{Contents: markup{Kind: "markdown"}, Range: it.diag.Range}
		} else {
			h.Contents.Value += "\n\n---\n\n"
		}
		h.Contents.Value += s.explanation(&it)
	}
	return h
}

// explanation returns a finding, its witness and the documentation of its rule,
// in Markdown.
func (s *server) explanation(it *item) string {
	var b strings.Builder
	rule := s.rules[it.finding.Rule]
	fmt.Fprintf(&b, "**%s**: %s\n", rule.Name, escape(it.diag.Message))
	for i, rel := range it.diag.Related {
		line := rel.Location.Range.Start.Line + 1
		place := fmt.Sprintf("%s:%d", filepath.Base(fileOf(rel.Location.URI)), line)
		if i == 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "%d. %s ([%s](%s#L%d))\n", i+1, escape(rel.Message), escape(place), rel.Location.URI, line)
	}
	fmt.Fprintf(&b, "\n---\n\n%s\n", strings.TrimSpace(rule.Markdown()))
	if rule.URL != "" {
		fmt.Fprintf(&b, "\n[Documentation of %s](%s)\n", rule.Name, rule.URL)
	}
	return b.String()
}

// escape takes from characters the meaning that they have in Markdown.
func escape(text string) string {
	return markdown.Replace(text)
}

var markdown = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "<", `\<`, "[", `\[`, "]", `\]`)
