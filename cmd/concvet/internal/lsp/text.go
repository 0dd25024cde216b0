package lsp

import (
	"net/url"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/concvet/concvet/cmd/concvet/internal/finding"
	"github.com/concvet/concvet/cmd/concvet/internal/render"
)

// fileOf returns the name of the file of a URI, and "" if it is none.
func fileOf(uri string) string {
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "file" || u.Host != "" && u.Host != "localhost" || strings.ContainsRune(u.Path, 0) {
		return ""
	}
	path := u.Path
	if runtime.GOOS == "windows" {
		path = strings.TrimPrefix(path, "/")
	}
	if name := filepath.Clean(filepath.FromSlash(path)); filepath.IsAbs(name) {
		return name
	}
	return ""
}

// place converts a position in a file of which a line has this text.
func place(line string, p finding.Position) position {
	return position{max(p.Line-1, 0), max(render.UTF16Column(line, p.Col)-1, 0)}
}

// spanOf converts the range from pos to end.
func spanOf(s *render.Sources, pos, end finding.Position) span {
	from := place(s.Line(pos.File, pos.Line), pos)
	if end.File != pos.File || end.Compare(pos) < 0 {
		return span{from, from}
	}
	return span{from, place(s.Line(end.File, end.Line), end)}
}

// before reports whether p is before q.
func (p position) before(q position) bool {
	return p.Line < q.Line || p.Line == q.Line && p.Character < q.Character
}

// touches reports whether ranges have a position in common, be it at their
// ends.
func (s span) touches(t span) bool {
	return !s.End.before(t.Start) && !t.End.before(s.Start)
}

// difference returns an edit that makes one text of another: it replaces what is
// between the lines that they have in common at the beginning and the end.
func difference(from, to string) textEdit {
	start := 0
	for start < len(from) {
		n := strings.IndexByte(from[start:], '\n') + 1
		if n == 0 || !strings.HasPrefix(to[start:], from[start:start+n]) {
			break
		}
		start += n
	}
	end, rest := len(from), len(to)
	for end > start && rest > start {
		i := strings.LastIndexByte(from[start:end-1], '\n') + 1 + start
		n := end - i
		if rest-n < start || from[i:end] != to[rest-n:rest] || rest-n > 0 && to[rest-n-1] != '\n' {
			break
		}
		end, rest = i, rest-n
	}
	line, col := render.UTF16Position([]byte(from), start)
	toLine, toCol := render.UTF16Position([]byte(from), end)
	return textEdit{span{position{line - 1, col - 1}, position{toLine - 1, toCol - 1}}, to[start:rest]}
}

// A shift tells how lines move when a text becomes another.
type shift struct {
	from, to    []string // their lines
	first, last int      // lines that have changed are first ≤ line < last, from 0
}

func shiftOf(from, to string) shift {
	e := difference(from, to)
	last := e.Range.End.Line
	if e.Range.End.Character > 0 {
		last++
	}
	return shift{strings.SplitAfter(from, "\n"), strings.SplitAfter(to, "\n"), e.Range.Start.Line, last}
}

// apply moves a range. If it is among what has changed, which may be more than
// one place, its lines are looked for: they have to be there once.
func (s shift) apply(r span) (span, bool) {
	by := 0
	switch {
	case len(s.from) <= r.End.Line:
		return r, false
	case r.End.Line < s.first:
	case r.Start.Line >= s.last:
		by = len(s.to) - len(s.from)
	default:
		lines, found := s.from[r.Start.Line:r.End.Line+1], 0
		for i := range s.to {
			if rest := s.to[i:]; len(rest) >= len(lines) && slices.Equal(rest[:len(lines)], lines) {
				found++
				by = i - r.Start.Line
			}
		}
		if found != 1 {
			return r, false
		}
	}
	r.Start.Line += by
	r.End.Line += by
	return r, true
}
