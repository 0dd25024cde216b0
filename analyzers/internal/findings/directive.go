package findings

import (
	"fmt"
	"go/ast"
	"regexp"
	"strings"
	"sync"
)

// A style is a way to write a directive.
type style uint8

// The styles.
const (
	own    style = iota // ours: it must have a reason and be of use
	lint                // staticcheck's: other tools' checks may be meant, too
	nolint              // golangci-lint's
)

// A directive is a comment that suppresses findings.
type directive struct {
	style    style
	comment  *ast.Comment
	from, to int             // the lines it covers, as laid out in the file
	all      bool            // it suppresses every finding of ours
	names    []string        // else those of these façades
	used     map[string]bool // the names that a finding was suppressed for
	problem  string          // why it is not honoured, or ""
}

// The texts that directives begin with.
const (
	ownPrefix  = "//concvet:ignore"
	lintPrefix = "//lint:ignore"
)

// nolintText matches golangci-lint's directive, of which the names are optional.
var nolintText = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^//\s*nolint(?::\s*([^/]*))?(?:\s|$|//)`) })

// parseDirective returns the directive that c is, or nil. known tells names of
// rules. The lines covered are left to the caller.
func parseDirective(c *ast.Comment, known func(string) bool) *directive {
	d := &directive{comment: c, used: make(map[string]bool)}
	if m := nolintArgs(c.Text); m != nil {
		d.style = nolint
		d.parseNolint(m[1])
	} else if args, ok := directiveArgs(c.Text, lintPrefix); ok {
		d.style = lint
		d.parseIgnore(args)
	} else if args, ok := directiveArgs(c.Text, ownPrefix); ok {
		d.style = own
		d.parseIgnore(args)
		for _, name := range d.names {
			if !known(name) {
				d.problem = fmt.Sprintf("names a rule that does not exist, %q", name)
			}
		}
	} else {
		return nil
	}
	return d
}

// nolintArgs returns the match of nolintText, nil if there is none.
func nolintArgs(comment string) []string {
	if !strings.Contains(comment, "nolint") {
		return nil
	}
	return nolintText().FindStringSubmatch(comment)
}

// directiveArgs returns what follows the prefix of a directive.
func directiveArgs(text, prefix string) (args string, ok bool) {
	args, ok = strings.CutPrefix(text, prefix)
	if ok && args != "" && args[0] != ' ' && args[0] != '\t' {
		return "", false // a longer word
	}
	return args, ok
}

// parseIgnore reads the names, separated by commas, and checks that a reason
// follows them. A second comment on the line is not a reason.
func (d *directive) parseIgnore(args string) {
	args, _, _ = strings.Cut(args, "//")
	fields := strings.Fields(args)
	switch len(fields) {
	case 0:
		d.problem = "names no rule"
	case 1:
		d.problem = "gives no reason after " + fields[0]
	default:
		d.names = strings.Split(fields[0], ",")
	}
}

// parseNolint reads the names of linters, of which we are one; names of rules
// are taken as well. Any text after a name is for people.
func (d *directive) parseNolint(list string) {
	d.all = list == ""
	for name := range strings.SplitSeq(strings.ToLower(list), ",") {
		fields := strings.Fields(name)
		if len(fields) == 0 {
			continue
		}
		if fields[0] == "concvet" || fields[0] == "all" {
			d.all = true
		}
		d.names = append(d.names, fields[0])
	}
}

// covers reports whether d suppresses a finding of the named façade on a line
// of its file, and notes its use.
func (d *directive) covers(name string, line int) bool {
	if line < d.from || d.to < line || d.problem != "" {
		return false
	}
	if d.all {
		return true
	}
	for _, n := range d.names {
		if n == name {
			d.used[n] = true
			return true
		}
	}
	return false
}
