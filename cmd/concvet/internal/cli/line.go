// Package cli reads the command line, which is the same in a terminal and
// under go vet.
package cli

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/concvet/concvet/analyzers"
)

// A Line is a command line.
type Line struct {
	Suite *analyzers.Suite
	Opts  *analyzers.Options

	Command string   // "help", "lsp", "rules", "version" or "", which is to analyse
	Args    []string // what is left when flags are taken away: patterns, or words of the command

	Format  string // of findings: one of Formats
	JSON    bool   // short for the format json
	Color   string // "auto", "always" or "never"
	Context int    // lines to show around that of a finding; negative for none at all
	Fix     bool   // apply fixes
	Diff    bool   // print what Fix would change instead

	Baseline      string // name of a file of findings that are known
	WriteBaseline bool   // write that file

	Standalone bool   // analyse in this process
	Test       bool   // analyse test files
	Tags       string // build tags
	Dir        string // directory to change to
	Overlay    string // name of a file as for go build -overlay
	Full       bool   // with go vet, keep findings of packages outside of the main module too

	Times                  bool   // tell of the time that each rule takes
	CPUProfile, MemProfile string // names of files

	// The handshake of go vet.
	Flags   bool   // list the flags
	Version string // "full": tell the identity of the program

	fs     *flag.FlagSet
	named  map[string]bool // values of flags that are names of analyzers
	ofTool map[string]bool // names of flags that have a meaning under go vet
	ofGo   map[string]bool // names of flags that the go command knows and we merely pass on
}

// commands are what the program does instead of analysing packages.
var commands = []string{"help", "lsp", "rules", "version"}

// Formats are the forms in which findings are printed.
var Formats = []string{"text", "json", "sarif", "github", "html"}

// New returns an empty command line for the suite and the options that it was
// made with.
func New(suite *analyzers.Suite, opts *analyzers.Options) *Line {
	l := &Line{Suite: suite, Opts: opts, named: make(map[string]bool)}
	opts.Named = func(name string) bool { return l.named[name] }
	l.fs = flag.NewFlagSet("concvet", flag.ContinueOnError)
	l.fs.SetOutput(io.Discard) // the caller tells of errors
	l.ofTool = l.added(l.toolFlags)
	l.added(l.driverFlags)
	l.ofGo = l.added(l.goFlags)
	return l
}

// added returns the names of the flags that register adds.
func (l *Line) added(register func(fs *flag.FlagSet)) map[string]bool {
	before := make(map[string]bool)
	l.fs.VisitAll(func(f *flag.Flag) { before[f.Name] = true })
	register(l.fs)
	names := make(map[string]bool)
	l.fs.VisitAll(func(f *flag.Flag) { names[f.Name] = !before[f.Name] })
	maps.DeleteFunc(names, func(_ string, is bool) bool { return !is })
	return names
}

// toolFlags adds the flags that go vet passes to this program.
func (l *Line) toolFlags(fs *flag.FlagSet) {
	l.Suite.Register(fs)
	fs.BoolVar(&l.JSON, "json", false, "print findings as go vet -json does: -format=json")
	fs.IntVar(&l.Context, "c", -1, "show the code of a finding with this `number` of lines around it")
	fs.BoolVar(&l.Diff, "diff", false, "print what -fix would change, and then the other findings, to standard error")
	fs.BoolVar(&l.Test, "test", true, "analyse test files")
	fs.StringVar(&l.Tags, "tags", "", "comma-separated `list` of build tags")
	fs.BoolVar(&l.Full, "full", false, "with go vet, analyse packages of other modules in full, as is needed when the patterns name them")
	for _, a := range l.Suite.Facades {
		fs.BoolFunc(a.Name, fmt.Sprintf("report %s only; with value false, all others", a.Name), func(text string) error {
			v, err := strconv.ParseBool(text)
			l.named[a.Name] = v
			return err
		})
		a.Flags.VisitAll(func(f *flag.Flag) { fs.Var(f.Value, a.Name+"."+f.Name, f.Usage) })
	}
}

// driverFlags adds the flags that have a meaning only outside of go vet, and
// those of its handshake.
func (l *Line) driverFlags(fs *flag.FlagSet) {
	fs.StringVar(&l.Format, "format", "text", "print findings in this `form`: "+strings.Join(Formats, ", "))
	fs.StringVar(&l.Color, "color", "auto", "use colours and links `when`: auto (on a terminal), always, never")
	fs.BoolVar(&l.Fix, "fix", false, "apply the fixes of findings, and print the others")
	fs.StringVar(&l.Baseline, "baseline", "", "do not report findings that are in this `file`")
	fs.BoolVar(&l.WriteBaseline, "write-baseline", false, "write all findings to the file of -baseline instead of reporting them")
	fs.BoolVar(&l.Standalone, "standalone", false, "analyse in this process, not through the go command, and cache nothing")
	fs.BoolVar(&l.Times, "debug.times", false, "tell how much time each rule takes; implies -standalone")
	fs.StringVar(&l.CPUProfile, "cpuprofile", "", "write a CPU profile to this `file`; implies -standalone")
	fs.StringVar(&l.MemProfile, "memprofile", "", "write a memory profile to this `file`; implies -standalone")
	fs.StringVar(&l.Dir, "C", "", "change to this `directory` first")
	fs.BoolVar(&l.Flags, "flags", false, "list the flags for the go command")
	fs.Func("V", "with value full, print the version for the go command", func(v string) error {
		l.Version = v
		if v != "full" {
			return errors.New("want full")
		}
		return nil
	})
}

// goFlags adds flags of the go command that choose what is built and how.
func (l *Line) goFlags(fs *flag.FlagSet) {
	fs.StringVar(&l.Overlay, "overlay", "", "as for go build: `file` that replaces the contents of others")
	fs.String("mod", "", "as for go build: `mode` of module downloads, readonly, vendor or mod")
	fs.String("modfile", "", "as for go build: `file` to read instead of go.mod")
	fs.String("p", "", "as for go build: `number` of programs to run at once")
	fs.Bool("modcacherw", false, "as for go build: leave the module cache writable")
	fs.Bool("msan", false, "as for go build: set the build tag msan; that of -race, which is a rule here, takes -tags=race")
	fs.Bool("asan", false, "as for go build: set the build tag asan")
	fs.Bool("a", false, "as for go build: use no results of earlier runs")
}

// Parse reads the arguments of the command.
func (l *Line) Parse(args []string) error {
	err := l.fs.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		l.Command = "help"
		return nil
	} else if err != nil {
		return err
	}
	l.Args = l.fs.Args()
	if len(l.Args) > 0 && slices.Contains(commands, l.Args[0]) {
		l.Command = l.Args[0]
		return l.parseRest()
	}
	if l.JSON && l.Format == "text" {
		l.Format = "json"
	}
	if l.Times || l.CPUProfile != "" || l.MemProfile != "" || l.Opts.Failures != nil || l.Opts.Budget != nil {
		l.Standalone = true
	}
	return l.check()
}

// parseRest reads flags behind a command, too.
func (l *Line) parseRest() error {
	err := l.fs.Parse(l.Args[1:])
	l.Args = l.fs.Args()
	return err
}

// check says what is wrong about a combination of flags.
func (l *Line) check() error {
	changes := l.Fix || l.Diff
	late := slices.IndexFunc(l.Args, func(arg string) bool { return strings.HasPrefix(arg, "-") })
	switch {
	case late >= 0:
		return fmt.Errorf("flags go before packages: %s", l.Args[late])
	case !slices.Contains(Formats, l.Format):
		return fmt.Errorf("invalid value %q for flag -format: want %s", l.Format, strings.Join(Formats, ", "))
	case l.JSON && l.Format != "json":
		return fmt.Errorf("-json and -format=%s exclude each other", l.Format)
	case l.Color != "auto" && l.Color != "always" && l.Color != "never":
		return fmt.Errorf("invalid value %q for flag -color: want auto, always or never", l.Color)
	case l.WriteBaseline && l.Baseline == "":
		return errors.New("-write-baseline needs the name of a file: -baseline=FILE")
	case l.WriteBaseline && changes:
		return errors.New("-write-baseline and -fix exclude each other")
	case changes && l.Overlay != "":
		return errors.New("-fix and -overlay exclude each other: which of the files is to be changed?")
	}
	return nil
}

// Selected returns the analyzers to run. Like everywhere in go/analysis, if
// any is named by a flag only these are, and else all but those whose flags
// are false.
func (l *Line) Selected() []*analysis.Analyzer {
	only := false
	for _, v := range l.named {
		only = only || v
	}
	var selected []*analysis.Analyzer
	for _, a := range l.Suite.Facades {
		if v, given := l.named[a.Name]; v || !given && !only {
			selected = append(selected, a)
		}
	}
	return selected
}

// Shown returns the names of the analyzers whose findings are asked for.
func (l *Line) Shown() map[string]bool {
	shown := make(map[string]bool)
	for _, a := range l.Selected() {
		shown[a.Name] = l.Suite.Shown(a.Name)
	}
	return shown
}

// BuildFlags returns the flags that the go command is to be given, as go list
// and go vet know them.
func (l *Line) BuildFlags() []string {
	var flags []string
	l.fs.Visit(func(f *flag.Flag) {
		if l.ofGo[f.Name] {
			flags = append(flags, "-"+f.Name+"="+f.Value.String())
		}
	})
	if l.Tags != "" {
		flags = append(flags, "-tags="+strings.ReplaceAll(l.Tags, " ", ","))
	}
	return flags
}

// ToolFlags returns the flags of this program that change what is found, for
// use with go vet. Those that merely choose among findings are not among them:
// the go command's cache, which knows results by flags, then has results for
// any choice.
func (l *Line) ToolFlags() []string {
	var flags []string
	l.fs.Visit(func(f *flag.Flag) {
		_, isRule := l.named[f.Name]
		switch f.Name {
		case "json", "c", "diff", "tags", "rules", "advice", "full":
			return
		}
		if l.ofTool[f.Name] && !isRule && f.Value.String() != f.DefValue {
			flags = append(flags, "-"+f.Name+"="+f.Value.String())
		}
	})
	return append(flags, "-advice")
}

// Changes reports whether fixes are asked for.
func (l *Line) Changes() bool { return l.Fix || l.Diff }
