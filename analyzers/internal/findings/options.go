package findings

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"
)

// Options are the settings of a [Suite]. The zero value reports the findings
// of default rules and contains failures silently.
type Options struct {
	Advice bool     // report advice rules too
	Rules  []string // if not empty, report these only, whatever their tier
	// Named tells whether the user has asked for a façade by a flag of its
	// name, which shows an advice rule; nil if there are no such flags.
	Named func(name string) bool

	// Dependency means that nobody may have asked for the package: it is
	// analysed because another one imports it, but its findings are kept for
	// when somebody asks. Variants for tests, for which nobody can ask, have
	// no findings then.
	Dependency bool

	Strict   bool      // a failing rule makes the analysis of the package fail
	Failures io.Writer // where contained failures are told, or nil
	Budget   io.Writer // where it is told what was too large to look at, or nil
	Facts    io.Writer // where it is told how long facts are, or nil
	Trace    io.Writer // gets a line "rules PATH" for each package that rules run on, or nil
	// Timed is told how long a rule or a part of the engine took on a package,
	// or nil. Packages are analysed at once.
	Timed func(what string, d time.Duration)
}

// Register adds flags that set the options to fs.
func (s *Suite) Register(fs *flag.FlagSet) {
	s.settings(fs)
	fs.BoolFunc("debug.failures", "tell of internal failures, which are otherwise passed over in silence", toStderr(&s.opts.Failures))
	fs.BoolFunc("debug.budget", "tell what was too large to look at", toStderr(&s.opts.Budget))
	fs.BoolFunc("debug.facts", "tell how much importing packages are told", toStderr(&s.opts.Facts))
	fs.Func("debug.trace", "append a line to `file` for each package that rules run on", func(name string) error {
		f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
		s.opts.Trace = f
		return err
	})
}

// toStderr returns the function of a boolean flag that sends something to the
// standard error output.
func toStderr(w *io.Writer) func(string) error {
	return func(text string) error {
		on, err := strconv.ParseBool(text)
		*w = nil
		if on {
			*w = os.Stderr
		}
		return err
	}
}

// settings adds the flags that choose rules.
func (s *Suite) settings(fs *flag.FlagSet) {
	fs.BoolVar(&s.opts.Advice, "advice", s.opts.Advice, "report advice rules too: performance, style, policy")
	fs.Var(ruleList{s}, "rules", "comma-separated `names` of the only rules to report")
}

// A ruleList is the value of the flag -rules.
type ruleList struct{ s *Suite }

func (l ruleList) String() string {
	if l.s == nil {
		return ""
	}
	return strings.Join(l.s.opts.Rules, ",")
}

func (l ruleList) Set(text string) error {
	var names []string
	for name := range strings.SplitSeq(text, ",") {
		name = strings.TrimSpace(name)
		if name == "" {
			continue
		}
		if name != ignoreName && !l.s.known(name) {
			return fmt.Errorf("no rule %q", name)
		}
		names = append(names, name)
	}
	l.s.opts.Rules = names
	return nil
}

// known reports whether name is that of a member, whose findings can be
// selected and suppressed.
func (s *Suite) known(name string) bool {
	for _, m := range s.members {
		if m.name == name {
			return true
		}
	}
	return false
}
