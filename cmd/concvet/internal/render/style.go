package render

import (
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// A Style says how text looks.
type Style struct {
	Color bool // with ANSI escape sequences
	Links bool // with hyperlinks, as terminals take them
	Frame bool // with code and a summary
	Lines int  // lines of code around a finding
	Width int  // columns of the terminal, or 0 for no limit
}

// defaultLines is how many lines are shown around a finding unless -c says.
const defaultLines = 1

// NewStyle returns the style for an output, as the flags -color and -c and the
// environment want it: https://no-color.org, https://bixense.com/clicolors.
func NewStyle(w io.Writer, color string, context int) Style {
	width, terminal := terminalWidth(w)
	s := Style{Frame: terminal || context >= 0, Lines: context, Width: width}
	if context < 0 {
		s.Lines = defaultLines
	}
	force := os.Getenv("CLICOLOR_FORCE")
	switch {
	case color == "always":
		s.Color, s.Links = true, true
	case color == "never", os.Getenv("NO_COLOR") != "":
	case force != "" && force != "0":
		s.Color, s.Links = true, terminal
	case os.Getenv("TERM") == "dumb", strings.HasSuffix(os.Getenv("INSIDE_EMACS"), ",compile"):
	default:
		s.Color, s.Links = terminal, terminal
	}
	return s
}

// terminalWidth reports whether w is a terminal, and how many columns it has.
func terminalWidth(w io.Writer) (width int, ok bool) {
	f, isFile := w.(*os.File)
	if !isFile || !term.IsTerminal(int(f.Fd())) {
		return 0, false
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		width = 0
	}
	return width, true
}

// IsTerminal reports whether w is one.
func IsTerminal(w io.Writer) bool {
	_, ok := terminalWidth(w)
	return ok
}

// ANSI attributes.
const (
	bold    = "1"
	dim     = "2"
	red     = "1;31"
	magenta = "35"
)

// threadColors tell goroutines from each other; their numbers start at 1. Yellow
// and the bright colours, which cannot be read on white, are not among them.
var threadColors = []string{"36", "35", "32", "34"}

func threadColor(g int) string {
	n := len(threadColors)
	return threadColors[((g-1)%n+n)%n]
}

// paint puts an attribute on text.
func (s Style) paint(attr, text string) string {
	if !s.Color || text == "" {
		return text
	}
	return "\x1b[" + attr + "m" + text + "\x1b[0m"
}

// link makes text a hyperlink (OSC 8).
func (s Style) link(url, text string) string {
	if !s.Links || url == "" {
		return text
	}
	return "\x1b]8;;" + url + "\x1b\\" + text + "\x1b]8;;\x1b\\"
}

// tabWidth is how many columns a tab takes in code that is shown.
const tabWidth = 4

// expand replaces tabs, and what would disturb a terminal.
func expand(code string) string {
	code = strings.ReplaceAll(code, "\t", strings.Repeat(" ", tabWidth))
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return '·'
		}
		return r
	}, code)
}
