package render

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/concvet/concvet/analyzers"
	"github.com/concvet/concvet/cmd/concvet/internal/finding"
)

// A Text prints findings for people and editors. The first line of each is
// "file:line:col: message (rule)"; the witness is indented below.
type Text struct {
	w       io.Writer
	style   Style
	sources *Sources
	urls    map[string]string // by rule
}

// NewText returns a printer in the given style.
func NewText(w io.Writer, style Style, sources *Sources, rules []Rule) *Text {
	t := &Text{w, style, sources, make(map[string]string)}
	for _, r := range rules {
		t.urls[r.Name] = r.URL
	}
	return t
}

// Findings prints findings.
func (t *Text) Findings(findings []finding.Finding) error {
	b := bufio.NewWriter(t.w)
	for i := range findings {
		t.finding(b, &findings[i])
	}
	return b.Flush()
}

func (t *Text) finding(w io.Writer, f *finding.Finding) {
	s := t.style
	pos := t.short(f.Pos) + ":"
	head := append([]word{{pos, s.paint(bold, pos)}}, words(f.Message)...)
	rule := s.paint(magenta, s.link(t.urls[f.Rule], f.Rule))
	t.wrap(w, 0, headIndent, append(head, word{"(" + f.Rule + ")", "(" + rule + ")"}))
	if !s.Frame {
		for _, step := range f.Steps {
			fmt.Fprintf(w, "\t%s: %s\n", t.short(step.At), step.Text)
		}
		return
	}
	t.frame(w, f)
	t.witness(w, f)
	fmt.Fprintln(w)
}

func (t *Text) short(p finding.Position) string {
	p.File = t.sources.Short(p.File)
	return p.String()
}

// frame shows the code of a finding, with the lines around it, and marks it.
func (t *Text) frame(w io.Writer, f *finding.Finding) {
	lines := t.sources.Lines(f.Pos.File)
	last := f.Pos.Line
	if f.End.File == f.Pos.File && f.End.Line > last {
		last = min(f.End.Line, last+maxFrame)
	}
	from, to := max(1, f.Pos.Line-t.style.Lines), min(len(lines), last+t.style.Lines)
	digits := len(strconv.Itoa(to))
	for n := from; n <= to; n++ {
		code := expand(lines[n-1])
		if n < f.Pos.Line || n > last {
			t.codeLine(w, digits, n, t.style.paint(dim, t.cut(code, digits)))
			continue
		}
		t.codeLine(w, digits, n, t.cut(code, digits))
		if n == f.Pos.Line {
			before, marked := underline(lines[n-1], f)
			mark := t.cut(strings.Repeat(" ", before)+strings.Repeat("^", marked), digits)
			fmt.Fprintf(w, "  %*s %s %s\n", digits, "", t.style.paint(dim, "│"), t.style.paint(red, mark))
		}
	}
}

// maxFrame is how many lines of a long statement are shown.
const maxFrame = 4

func (t *Text) codeLine(w io.Writer, digits, n int, code string) {
	line := fmt.Sprintf("  %*d │", digits, n)
	if code != "" {
		code = " " + code
	}
	fmt.Fprintf(w, "%s%s\n", t.style.paint(dim, line), code)
}

// cut shortens code to the width of the terminal.
func (t *Text) cut(code string, digits int) string {
	return clip(code, t.style.Width-digits-5, t.style.Width > 0)
}

func clip(text string, width int, limited bool) string {
	if !limited || utf8.RuneCountInString(text) <= width {
		return text
	}
	runes := []rune(text)
	return string(runes[:max(0, width-1)]) + "…"
}

// underline returns how many columns of the first line of a finding are before
// the mark and how many are marked.
func underline(line string, f *finding.Finding) (before, marked int) {
	start, end := markedBytes(line, f)
	return columns(line[:start]), max(1, columns(line[start:end]))
}

// markedBytes returns the part of its first line that is the finding. If it
// goes on that is the rest, but for a comment.
func markedBytes(line string, f *finding.Finding) (start, end int) {
	start = min(max(f.Pos.Col-1, 0), len(line))
	switch {
	case f.End.Line == f.Pos.Line && f.End.Col > f.Pos.Col:
		return start, min(f.End.Col-1, len(line))
	case f.End.Line <= f.Pos.Line:
		return start, min(start+1, len(line))
	}
	code, _, _ := strings.Cut(line[start:], "//")
	return start, start + len(strings.TrimRight(code, " \t"))
}

func columns(code string) int { return utf8.RuneCountInString(expand(code)) }

// witness shows the steps in order, each labelled by its goroutine and with the
// line of code that it is.
func (t *Text) witness(w io.Writer, f *finding.Finding) {
	steps := f.Steps
	labels, width := make([]string, len(steps)), 0
	for i, s := range steps {
		if s.OK {
			labels[i] = fmt.Sprintf("G%d %s", s.G, s.Role)
		}
		width = max(width, utf8.RuneCountInString(labels[i]))
	}
	for i, s := range steps {
		label := labels[i] + strings.Repeat(" ", width-utf8.RuneCountInString(labels[i]))
		fmt.Fprintf(w, "  %s  %d. ", t.style.paint(threadColor(s.G), label), i+1)
		indent := width + len("    0. ")
		t.wrap(w, indent, indent, append(t.action(&s), t.place(f, s.At)))
		if code := strings.TrimSpace(t.sources.Line(s.At.File, s.At.Line)); code != "" {
			code = clip(expand(code), t.style.Width-width-9, t.style.Width > 0)
			fmt.Fprintf(w, "  %*s     %s %s\n", width, "", t.style.paint(dim, "│"), code)
		}
	}
}

// place names the position of a step: its line, if that is in the file of the
// finding.
func (t *Text) place(f *finding.Finding, at finding.Position) word {
	text := fmt.Sprintf("line %d", at.Line)
	if at.File != f.Pos.File {
		text = t.short(at)
	}
	return word{" " + text, " " + t.style.paint(dim, text)}
}

// action is the text of a step without its goroutine.
func (t *Text) action(s *finding.Step) []word {
	if !s.OK {
		return words(s.Text)
	}
	text := Action(s)
	if s.After > 0 {
		text += fmt.Sprintf(", after step %d", s.After)
	}
	if s.Mark == analyzers.Plain {
		return words(text)
	}
	mark := s.Mark.String()
	return append(words(text+":"), word{mark, t.style.paint(red, mark)})
}

// Action returns what happens in a step: a verb, its object, and the place in
// another package if it happens there.
func Action(s *finding.Step) string {
	text := s.Verb
	if s.Object != "" {
		text += " " + s.Object
	}
	if s.Place != "" {
		text += " (" + s.Place + ")"
	}
	return text
}

// Summary prints one line about a run, if the style has it.
func (t *Text) Summary(findings []finding.Finding, packages int, elapsed time.Duration) error {
	if !t.style.Frame {
		return nil
	}
	line := t.style.paint(bold, "no findings")
	if n := len(findings); n > 0 {
		line = t.style.paint(bold, Count(n, "finding")) + " (" + byRule(findings) + ")"
	}
	if packages > 0 {
		line += " in " + Count(packages, "package")
	}
	if elapsed > 0 {
		line += fmt.Sprintf(", %.1fs", elapsed.Seconds())
	}
	_, err := fmt.Fprintln(t.w, line)
	return err
}

// Count says how many there are of something.
func Count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// byRule lists the rules with their numbers of findings, the most frequent
// first.
func byRule(findings []finding.Finding) string {
	counts := make(map[string]int)
	for _, f := range findings {
		counts[f.Rule]++
	}
	rules := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	for i, r := range rules {
		rules[i] = fmt.Sprintf("%s %d", r, counts[r])
	}
	return strings.Join(rules, ", ")
}
