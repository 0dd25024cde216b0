package render

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/concvet/concvet/cmd/concvet/internal/finding"
)

//go:embed report.html
var page string

// pageTemplate is parsed when first used: most processes are asked for nothing of
// the kind.
var pageTemplate = sync.OnceValue(func() *template.Template { return template.Must(template.New("report").Parse(page)) })

// What the page is made of. It needs nothing from elsewhere: styles, script and
// pictures are in it.
type (
	htmlReport struct {
		Summary  string
		Problems []string
		Rules    []htmlRule
		Packages []string // those with findings
		Findings []htmlFinding
	}
	htmlRule struct {
		Name, Title, URL string
		Advice           bool
		Count            int
		Doc              template.HTML
	}
	htmlFinding struct {
		N                   int // from 1
		Rule, Package       string
		Place, Message, URL string
		Search              string // text in which to look for words
		Frame               []htmlLine
		Steps               []htmlStep
		Lanes, Cycle        template.HTML // pictures, or nothing
		Fixes               []htmlFix
	}
	htmlLine struct {
		N                    int
		Before, Mark, Behind string
		Hot                  bool // part of the finding
	}
	htmlStep struct {
		N                   int
		G                   int // number of the colour
		Label, Action, Mark string
		Place, Code         string
	}
	htmlFix struct {
		Message string
		Edits   []htmlEdit
	}
	htmlEdit struct {
		Place, Old, New string
	}
)

func writeHTML(w io.Writer, r *Report) error {
	h := htmlReport{Summary: htmlSummary(r), Problems: r.Problems}
	counts, packages := make(map[string]int), make(map[string]bool)
	urls := make(map[string]string)
	for _, rule := range r.Rules {
		urls[rule.Name] = rule.URL
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		counts[f.Rule]++
		if !packages[f.Package] {
			packages[f.Package] = true
			h.Packages = append(h.Packages, f.Package)
		}
		h.Findings = append(h.Findings, r.htmlFinding(i+1, f, urls[f.Rule]))
	}
	slices.Sort(h.Packages)
	for _, rule := range r.Rules {
		if n := counts[rule.Name]; n > 0 {
			h.Rules = append(h.Rules, htmlRule{rule.Name, rule.Title, rule.URL, rule.Advice, n, template.HTML(rule.html())})
		}
	}
	return pageTemplate().Execute(w, &h)
}

func htmlSummary(r *Report) string {
	text := "No findings"
	if n := len(r.Findings); n > 0 {
		text = Count(n, "finding")
	}
	if r.Packages > 0 {
		text += " in " + Count(r.Packages, "package")
	}
	return text
}

func (r *Report) htmlFinding(n int, f *finding.Finding, url string) htmlFinding {
	h := htmlFinding{
		N:       n,
		Rule:    f.Rule,
		Package: f.Package,
		Place:   r.place(f.Pos),
		Message: f.Message,
		URL:     url,
		Frame:   r.htmlFrame(f),
		Lanes:   template.HTML(swimLanes(f.Steps)),
		Cycle:   template.HTML(lockCycle(f.Steps)),
	}
	words := []string{f.Rule, f.Package, h.Place, f.Message}
	for i := range f.Steps {
		s := &f.Steps[i]
		step := htmlStep{N: i + 1, Action: s.Text, Place: r.place(s.At), Code: strings.TrimSpace(r.Sources.Line(s.At.File, s.At.Line))}
		if s.OK {
			step.G = colour(s.G)
			step.Label = fmt.Sprintf("G%d %s", s.G, s.Role)
			step.Action = Action(s)
			step.Mark = s.Mark.String()
		}
		h.Steps = append(h.Steps, step)
		words = append(words, s.Text)
	}
	for _, fix := range f.Fixes {
		h.Fixes = append(h.Fixes, r.htmlFix(fix))
	}
	h.Search = strings.ToLower(strings.Join(words, " "))
	return h
}

func (r *Report) place(p finding.Position) string {
	p.File = r.Sources.Short(p.File)
	p.Col = 0
	return p.String()
}

// htmlLines is how many lines a frame has before and behind a finding.
const htmlLines = 3

func (r *Report) htmlFrame(f *finding.Finding) []htmlLine {
	lines := r.Sources.Lines(f.Pos.File)
	last := f.Pos.Line
	if f.End.File == f.Pos.File && f.End.Line > last {
		last = min(f.End.Line, last+maxFrame)
	}
	var frame []htmlLine
	for n := max(1, f.Pos.Line-htmlLines); n <= min(len(lines), last+htmlLines); n++ {
		h := htmlLine{N: n, Before: expand(lines[n-1]), Hot: f.Pos.Line <= n && n <= last}
		if n == f.Pos.Line {
			start, end := markedBytes(lines[n-1], f)
			h.Before, h.Mark, h.Behind = expand(lines[n-1][:start]), expand(lines[n-1][start:end]), expand(lines[n-1][end:])
		}
		frame = append(frame, h)
	}
	return frame
}

func (r *Report) htmlFix(fix finding.Fix) htmlFix {
	h := htmlFix{Message: fix.Message}
	for _, e := range fix.Edits {
		text, err := r.Sources.Read(e.File)
		if err != nil || e.Start > e.End || e.End > len(text) {
			continue
		}
		line, _ := UTF16Position(text, e.Start)
		h.Edits = append(h.Edits, htmlEdit{
			Place: r.place(finding.Position{File: e.File, Line: line}),
			Old:   strings.TrimSpace(string(text[e.Start:e.End])),
			New:   strings.TrimSpace(e.New),
		})
	}
	return h
}
