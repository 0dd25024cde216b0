package render

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/concvet/concvet/cmd/concvet/internal/finding"
)

// code is a program with non-ASCII text before the places of findings.
const code = `package p

func f() {
	x := "grüße 🙂"; go g(x)
	<-c
}
`

// sample returns a report with a race, a cycle of locks, and a finding without
// a witness.
func sample(t *testing.T) *Report {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "p.go")
	if err := os.WriteFile(file, []byte(code), 0o666); err != nil {
		t.Fatal(err)
	}
	at := func(line, col int) finding.Position { return finding.Position{File: file, Line: line, Col: col} }
	start := strings.Index(code, "go g")
	steps := func(texts ...string) (steps []finding.Step) {
		for _, text := range texts {
			s := finding.NewStep(at(4, 24), at(4, 24), text)
			if !s.OK {
				t.Fatalf("not a step: %s", text)
			}
			steps = append(steps, s)
		}
		return steps
	}
	return &Report{
		Findings: []finding.Finding{
			{Package: "example.com/p", Rule: "race", Pos: at(4, 23), End: at(4, 30), Message: "x<y & [z](w) is \"racy\"",
				Steps: steps("G1 (main): starts g", "G1 (main): writes x: racing", "G2 (worker): reads x, after step 1: racing"),
				Fixes: []finding.Fix{{Message: "stay", Edits: []finding.Edit{{File: file, Start: start, End: start + 3, New: "/*go*/ "}}}}},
			{Package: "example.com/q", Rule: "lockorder", Pos: at(5, 2), End: at(5, 2), Message: "a and b",
				Steps: steps("G1 (parent): locks a", "G2 (parent): locks b", "G1 (parent): locks b, after step 2: blocked", "G2 (parent): locks a, after step 1: blocked")},
			{Package: "example.com/q", Rule: "copylocks", Pos: finding.Position{File: "gone.y", Line: 7}, End: finding.Position{File: "gone.y", Line: 7}, Message: "copy"},
		},
		Rules: []Rule{
			{Name: "race", Title: "find races", Doc: "# What\n\nTwo goroutines.\n\n\tx++\n", URL: "https://example.com/race"},
			{Name: "lockorder", Title: "find cycles", URL: "https://example.com/lockorder"},
			{Name: "copylocks", Title: "find copies", Advice: true},
		},
		Problems:    []string{"q does not compile"},
		Sources:     NewSources(dir, nil),
		Fingerprint: func(f *finding.Finding) string { return f.Rule },
	}
}

func TestText(t *testing.T) {
	for _, test := range []struct {
		name  string
		style Style
		want  string
	}{
		{"plain", Style{}, `p.go:4:23: x<y & [z](w) is "racy" (race)
	p.go:4:24: G1 (main): starts g
	p.go:4:24: G1 (main): writes x: racing
	p.go:4:24: G2 (worker): reads x, after step 1: racing
`},
		{"frame", Style{Frame: true, Lines: 1}, `p.go:4:23: x<y & [z](w) is "racy" (race)
  3 │ func f() {
  4 │     x := "grüße 🙂"; go g(x)
    │                     ^^^^^^^
  5 │     <-c
  G1 main    1. starts g  line 4
                │ x := "grüße 🙂"; go g(x)
  G1 main    2. writes x: racing  line 4
                │ x := "grüße 🙂"; go g(x)
  G2 worker  3. reads x, after step 1: racing  line 4
                │ x := "grüße 🙂"; go g(x)

`},
		{"colour", Style{Color: true, Links: true}, "\x1b[1mp.go:4:23:\x1b[0m x<y & [z](w) is \"racy\" (\x1b[35m\x1b]8;;https://example.com/race\x1b\\race\x1b]8;;\x1b\\\x1b[0m)\n"},
	} {
		r := sample(t)
		var b bytes.Buffer
		if err := NewText(&b, test.style, r.Sources, r.Rules).Findings(r.Findings[:1]); err != nil {
			t.Fatal(err)
		}
		got := b.String()
		if test.name == "colour" {
			got, _, _ = strings.Cut(got, "\t")
		}
		if got != test.want {
			t.Errorf("%s:\n%s\nwant\n%s", test.name, got, test.want)
		}
	}
}

// TestNarrow: no line that shows code is wider than the terminal.
func TestNarrow(t *testing.T) {
	r := sample(t)
	var b bytes.Buffer
	if err := NewText(&b, Style{Frame: true, Lines: 1, Width: 30}, r.Sources, r.Rules).Findings(r.Findings); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(b.String()) {
		if n := len([]rune(strings.TrimRight(line, "\n"))); strings.Contains(line, "│") && n > 30 {
			t.Errorf("%d columns: %s", n, line)
		}
	}
	if !strings.HasPrefix(b.String(), `p.go:4:23: x<y & [z](w) is "racy" (race)`+"\n") {
		t.Errorf("without colour the first line, which programs read, is broken: %s", &b)
	}
}

// TestWrap: with colour, on a terminal, lines are broken between words.
func TestWrap(t *testing.T) {
	r := sample(t)
	r.Findings[0].Message = "the access to x races with itself"
	var b bytes.Buffer
	if err := NewText(&b, Style{Frame: true, Color: true, Width: 30}, r.Sources, nil).Findings(r.Findings[:1]); err != nil {
		t.Fatal(err)
	}
	got := regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAllString(b.String(), "")
	const want = `p.go:4:23: the access to x
    races with itself (race)
  4 │     x := "grüße 🙂"; go …
    │                     ^^^…
  G1 main    1. starts g
                line 4
                │ x := "grüße…
  G1 main    2. writes x:
                racing  line 4
                │ x := "grüße…
  G2 worker  3. reads x, after
                step 1: racing
                line 4
                │ x := "grüße…

`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestStyle(t *testing.T) {
	for _, test := range []struct {
		color, noColor, force, term string
		want                        bool
	}{
		{"auto", "", "", "xterm", false}, // not a terminal
		{"auto", "", "1", "xterm", true},
		{"auto", "", "0", "xterm", false},
		{"auto", "1", "1", "xterm", false},
		{"always", "1", "", "dumb", true},
		{"never", "", "1", "xterm", false},
	} {
		t.Setenv("NO_COLOR", test.noColor)
		t.Setenv("CLICOLOR_FORCE", test.force)
		t.Setenv("TERM", test.term)
		if got := NewStyle(new(bytes.Buffer), test.color, -1).Color; got != test.want {
			t.Errorf("%+v: colour %v", test, got)
		}
	}
}

func TestUTF16(t *testing.T) {
	line := strings.Split(code, "\n")[3]
	col := strings.Index(line, "go g") + 1
	// Of ü and ß one byte of two counts, of 🙂 two of four.
	if got := UTF16Column(line, col); got != col-4 {
		t.Errorf("column %d, want %d", got, col-4)
	}
	offset := strings.Index(code, "go g")
	if l, c := UTF16Position([]byte(code), offset); l != 4 || c != UTF16Column(line, col) {
		t.Errorf("position %d:%d", l, c)
	}
}

func TestWaitCycle(t *testing.T) {
	r := sample(t)
	if c := waitCycle(r.Findings[0].Steps); c != nil {
		t.Errorf("a race has the cycle %v", c)
	}
	c := waitCycle(r.Findings[1].Steps)
	if len(c) != 2 || c[0].has != "a" || c[0].wants != "b" || c[1].has != "b" || c[1].wants != "a" {
		t.Errorf("cycle %+v", c)
	}
}
