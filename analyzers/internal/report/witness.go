package report

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// The text of a step travels through drivers that keep nothing else of a
// witness, and is read back by whoever draws it. Its grammar:
//
//	step  = "G" number " (" role "): " verb [ " " object ] [ " (" place ")" ]
//	        [ ", after step " number ] [ ": blocked" | ": racing" ]
//	verb  = words of letters and hyphens, single spaces between them
//	place = file ":" line
//
// Everything that would be ambiguous is quoted as a Go string, with back
// quotes where these can hold it: an object with spaces, commas, colons or
// quotes, or an absent object after a verb of several words. Hence an object
// that stands plain is one word, and the words before it are the verb.

// plainVerb reports whether a verb stands without quotes.
func plainVerb(verb string) bool {
	for word := range strings.SplitSeq(verb, " ") {
		if word == "" || strings.ContainsFunc(word, func(r rune) bool { return r != '-' && !unicode.IsLetter(r) }) {
			return false
		}
	}
	return true
}

// Format returns the text of a step. [Parse] reads it back, except Pos.
func Format(s Step) string {
	var b strings.Builder
	fmt.Fprintf(&b, "G%d (%s): %s", s.G, quoteUnless(plainRole, s.Role), quoteUnless(plainVerb, s.Verb))
	switch {
	case plainObject(s.Object):
		b.WriteString(" " + s.Object)
	case s.Object != "" || strings.Contains(s.Verb, " ") && plainVerb(s.Verb):
		b.WriteString(" " + quote(s.Object))
	}
	if s.Place != "" {
		fmt.Fprintf(&b, " (%s)", quoteUnless(plainRole, s.Place))
	}
	if s.After != 0 {
		fmt.Fprintf(&b, ", after step %d", s.After)
	}
	if s.Mark != Plain {
		b.WriteString(": " + s.Mark.String())
	}
	return b.String()
}

// String returns the word for the mark in the text of a step, and "" for Plain.
func (m Mark) String() string {
	switch m {
	case Blocked:
		return "blocked"
	case Racing:
		return "racing"
	}
	return ""
}

// quoteUnless returns s as it is if plain holds for it, and quoted otherwise.
func quoteUnless(plain func(string) bool, s string) string {
	if plain(s) {
		return s
	}
	return quote(s)
}

// quote prefers back quotes, in which Go expressions stay readable.
func quote(s string) string {
	if strconv.CanBackquote(s) && !strings.Contains(s, "\t") {
		return "`" + s + "`"
	}
	return strconv.Quote(s)
}

// plainRole reports whether s can stand unquoted between parentheses.
func plainRole(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return strings.ContainsRune("()`\"", r) || !printable(r)
	})
}

// plainObject reports whether s can stand unquoted as an object.
func plainObject(s string) bool {
	return s != "" && s[0] != '(' && !strings.ContainsFunc(s, func(r rune) bool {
		return strings.ContainsRune(" ,:`\"", r) || !printable(r)
	})
}

func printable(r rune) bool { return r != unicode.ReplacementChar && unicode.IsPrint(r) }

// Parse reads the text of a step, as written by [Format]. The Pos of the
// result is unset: it is that of the diagnostic's related information.
func Parse(text string) (Step, error) {
	p := &stepParser{rest: text}
	s := p.step()
	if p.failed || p.rest != "" || Format(s) != text {
		return Step{}, fmt.Errorf("not a witness step: %q", text)
	}
	return s, nil
}

// A stepParser reads a text from the left. After a mismatch it is failed, and
// what it returns from then on has no meaning.
type stepParser struct {
	rest   string
	failed bool
}

func (p *stepParser) step() Step {
	var s Step
	p.expect("G")
	s.G = p.number()
	p.expect(" (")
	s.Role = p.upTo(")")
	p.expect("): ")
	p.action(&s)
	if p.accept(", after step ") {
		s.After = p.number()
	}
	switch {
	case p.accept(": blocked"):
		s.Mark = Blocked
	case p.accept(": racing"):
		s.Mark = Racing
	}
	return s
}

// action reads verb, object and place.
func (p *stepParser) action(s *Step) {
	items := []string{p.upTo(" ,:")}
	for !p.failed && p.accept(" ") {
		if p.accept("(") {
			s.Place = p.upTo(")")
			p.expect(")")
			break
		}
		items = append(items, p.upTo(" ,:"))
	}
	if n := len(items); n > 1 {
		s.Object, items = items[n-1], items[:n-1]
	}
	s.Verb = strings.Join(items, " ")
}

func (p *stepParser) accept(prefix string) bool {
	rest, ok := strings.CutPrefix(p.rest, prefix)
	p.rest = rest
	return ok
}

func (p *stepParser) expect(prefix string) {
	if !p.accept(prefix) {
		p.failed = true
	}
}

// upTo reads a quoted part, or else the text before the first of the stop
// characters.
func (p *stepParser) upTo(stop string) string {
	if strings.HasPrefix(p.rest, "`") || strings.HasPrefix(p.rest, `"`) {
		q, err := strconv.QuotedPrefix(p.rest)
		if err != nil {
			p.failed = true
			return ""
		}
		p.rest = p.rest[len(q):]
		text, _ := strconv.Unquote(q)
		return text
	}
	n := strings.IndexAny(p.rest, stop)
	if n < 0 {
		n = len(p.rest)
	}
	text := p.rest[:n]
	p.rest = p.rest[n:]
	return text
}

func (p *stepParser) number() int {
	n := strings.IndexFunc(p.rest, func(r rune) bool { return r != '-' && (r < '0' || r > '9') })
	if n < 0 {
		n = len(p.rest)
	}
	v, err := strconv.Atoi(p.rest[:n])
	if err != nil {
		p.failed = true
	}
	p.rest = p.rest[n:]
	return v
}
