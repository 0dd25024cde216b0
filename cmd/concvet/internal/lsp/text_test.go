package lsp

import (
	"strings"
	"testing"
)

func TestDifference(t *testing.T) {
	for _, test := range []struct{ from, to string }{
		{"", ""},
		{"", "a\n"},
		{"a\n", ""},
		{"a\nb\nc\n", "a\nB\nc\n"},
		{"a\nb\nc", "a\nb\nc\n"},
		{"a\na\na\n", "a\na\n"},
		{"a\na\n", "a\na\na\n"},
		{"a\nb\n", "xa\nb\n"},
		{"x\nb", "b"},
		{"b", "x\nb"},
		{"😀a\nb", "😀a\nc"},
	} {
		e := difference(test.from, test.to)
		if e.Range.End.Character > 0 && e.Range.End.Line < strings.Count(test.from, "\n") || e.Range.Start.Character > 0 {
			t.Errorf("%q → %q: not whole lines: %+v", test.from, test.to, e)
		}
		offset := func(p position) int {
			n := 0
			for range p.Line {
				n += strings.IndexByte(test.from[n:], '\n') + 1
			}
			return n + p.Character // nothing but ASCII in the last lines
		}
		if got := test.from[:offset(e.Range.Start)] + e.NewText + test.from[offset(e.Range.End):]; got != test.to {
			t.Errorf("%q → %q: got %q by %+v", test.from, test.to, got, e)
		}
	}
}

func TestShift(t *testing.T) {
	const from = "a\nb\nc\nd\n"
	line := func(n int) span { return span{position{n, 0}, position{n, 1}} }
	for _, test := range []struct {
		to         string
		line, want int // -1: gone
	}{
		{from, 1, 1},
		{"x\na\nb\nc\nd\n", 1, 2},
		{"x\na\nb\nc\nd\ny\n", 1, 2},
		{"a\nb\n", 1, 1},
		{"a\nb\n", 2, -1},
		{"c\na\n", 2, 0},
		{"x\nb\nb\ny\n", 1, -1},
		{"", 0, -1},
	} {
		got, ok := shiftOf(from, test.to).apply(line(test.line))
		if ok != (test.want >= 0) || ok && got != line(test.want) {
			t.Errorf("line %d of %q is in %q: %v, %v", test.line, from, test.to, got, ok)
		}
	}
}

func TestFileOf(t *testing.T) {
	for uri, want := range map[string]string{
		"file:///a/b%20c.go":      "/a/b c.go",
		"file://localhost/a/../b": "/b",
		"file://host/a":           "",
		"untitled:Untitled-1":     "",
		"file:a":                  "",
		"file:///a%00b":           "",
		"%":                       "",
		"":                        "",
	} {
		if got := fileOf(uri); got != want {
			t.Errorf("%s: %q, want %q", uri, got, want)
		}
	}
}
