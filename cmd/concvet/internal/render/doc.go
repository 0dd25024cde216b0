package render

import (
	"go/doc/comment"
	"strings"
)

// Documentation of rules is in the form of Go's doc comments.

func (r *Rule) parsed() *comment.Doc {
	var p comment.Parser
	return p.Parse(r.Doc)
}

// text returns the documentation for a reader of plain text.
func (r *Rule) text() string {
	var p comment.Printer
	return nonEmpty(string(p.Text(r.parsed())), r.Title)
}

// Markdown returns it in Markdown.
func (r *Rule) Markdown() string {
	p := comment.Printer{HeadingLevel: 2, HeadingID: func(*comment.Heading) string { return "" }}
	return nonEmpty(string(p.Markdown(r.parsed())), r.Title)
}

// html returns it in HTML.
func (r *Rule) html() string {
	p := comment.Printer{HeadingLevel: 4, HeadingID: func(*comment.Heading) string { return "" }}
	return string(p.HTML(r.parsed()))
}

// maxSummary is how much GitHub takes of a description.
const maxSummary = 1000

// summary returns the first paragraph.
func (r *Rule) summary() string {
	for _, block := range r.parsed().Content {
		if p, ok := block.(*comment.Paragraph); ok {
			var printer comment.Printer
			text := printer.Text(&comment.Doc{Content: []comment.Block{p}})
			words := strings.Join(strings.Fields(string(text)), " ")
			if len(words) > maxSummary {
				words = strings.ToValidUTF8(words[:maxSummary], "") + "…"
			}
			return nonEmpty(words, r.Title)
		}
	}
	return r.Title
}

func nonEmpty(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
