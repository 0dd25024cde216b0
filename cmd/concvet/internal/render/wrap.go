package render

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// A word is text that is not broken, as it counts and as it is printed.
type word struct{ plain, painted string }

// words splits text at spaces.
func words(text string) (words []word) {
	for w := range strings.SplitSeq(text, " ") {
		words = append(words, word{w, w})
	}
	return words
}

// headIndent is how far the message of a finding is indented where it goes on.
const headIndent = 4

// wrap prints words from a column on, and ends the line. On a terminal that
// understands colours, and so shows it to people and not to a program, it breaks
// lines between words, and indents those that follow.
func (t *Text) wrap(w io.Writer, column, indent int, words []word) {
	limited := t.style.Color && t.style.Width > 0
	for i, x := range words {
		n := utf8.RuneCountInString(x.plain)
		switch {
		case i == 0:
		case limited && column+1+n > t.style.Width && column > indent:
			fmt.Fprintf(w, "\n%*s", indent, "")
			column = indent
			trimmed := strings.TrimPrefix(x.painted, " ")
			n -= len(x.painted) - len(trimmed)
			x.painted = trimmed
		default:
			fmt.Fprint(w, " ")
			column++
		}
		fmt.Fprint(w, x.painted)
		column += n
	}
	fmt.Fprintln(w)
}
