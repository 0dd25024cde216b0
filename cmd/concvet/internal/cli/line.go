// Package cli reads the command line, which is the same in a terminal and
// under go vet.
package cli

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"strconv"

	"golang.org/x/tools/go/analysis"

	"github.com/concvet/concvet/analyzers"
)

// A Line is a command line.
type Line struct {
	Suite *analyzers.Suite
	Opts  *analyzers.Options

	Args []string // what is left when flags are taken away: patterns, or words of a help command
	Help bool     // help is asked for, on the rules that Args name

	JSON    bool   // print findings as JSON
	Context int    // lines to show around that of a finding; negative for none at all
	Fix     bool   // apply fixes
	Diff    bool   // with Fix, print changes instead
	Test    bool   // analyse test files
	Tags    string // build tags
	Full    bool   // with go vet, keep findings of packages outside of the main module too

	CPUProfile, MemProfile string // names of files

	// The handshake of go vet.
	Flags   bool   // list the flags
	Version string // "full": tell the identity of the program

	fs    *flag.FlagSet
	named map[string]bool // values of flags that are names of analyzers
}

// New returns an empty command line for the suite and the options that it was
// made with.
func New(suite *analyzers.Suite, opts *analyzers.Options) *Line {
	l := &Line{Suite: suite, Opts: opts, named: make(map[string]bool)}
	opts.Named = func(name string) bool { return l.named[name] }
	l.fs = flag.NewFlagSet("concvet", flag.ContinueOnError)
	l.fs.SetOutput(io.Discard) // the caller tells of errors
	fs := l.fs

	suite.Register(fs)
	fs.BoolVar(&l.JSON, "json", false, "print findings as JSON; the exit status is then 0")
	fs.IntVar(&l.Context, "c", -1, "show the line of a finding and this `number` of lines around it")
	fs.BoolVar(&l.Fix, "fix", false, "apply the fixes of findings instead of printing these")
	fs.BoolVar(&l.Diff, "diff", false, "with -fix, print the changes instead of making them")
	fs.BoolVar(&l.Test, "test", true, "analyse test files; go vet always does")
	fs.StringVar(&l.Tags, "tags", "", "comma-separated `list` of build tags")
	fs.Bool("standalone", false, "analyse in this process, not through the go command")
	fs.BoolVar(&l.Full, "full", false, "with go vet, analyse packages of other modules in full, as is needed when the patterns name them")
	fs.StringVar(&l.CPUProfile, "cpuprofile", "", "write a CPU profile to this `file`")
	fs.StringVar(&l.MemProfile, "memprofile", "", "write a memory profile to this `file`")
	fs.BoolVar(&l.Flags, "flags", false, "list the flags for the go command")
	fs.Func("V", "with value full, print the version for the go command", func(v string) error {
		l.Version = v
		if v != "full" {
			return errors.New("want full")
		}
		return nil
	})

	for _, a := range suite.Facades {
		fs.BoolFunc(a.Name, fmt.Sprintf("report %s only; with value false, all others", a.Name), func(text string) error {
			v, err := strconv.ParseBool(text)
			l.named[a.Name] = v
			return err
		})
		a.Flags.VisitAll(func(f *flag.Flag) { fs.Var(f.Value, a.Name+"."+f.Name, f.Usage) })
	}
	return l
}

// Parse reads the arguments of the command.
func (l *Line) Parse(args []string) error {
	err := l.fs.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		l.Help = true
		return nil
	} else if err != nil {
		return err
	}
	l.Args = l.fs.Args()
	switch {
	case len(l.Args) > 0 && l.Args[0] == "help":
		l.Help = true
		l.Args = l.Args[1:]
	case l.Diff && !l.Fix:
		return errors.New("-diff has a meaning only with -fix")
	case l.Fix && l.JSON:
		return errors.New("-fix and -json exclude each other")
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

// PrintFlags lists the flags that have a meaning under go vet in the form that
// the go command reads, and returns the exit status.
func (l *Line) PrintFlags(w io.Writer) int {
	type jsonFlag struct {
		Name  string
		Bool  bool
		Usage string
	}
	var flags []jsonFlag
	l.fs.VisitAll(func(f *flag.Flag) {
		switch f.Name {
		case "fix", "standalone", "cpuprofile", "memprofile", "flags", "V":
			return
		}
		b, ok := f.Value.(interface{ IsBoolFlag() bool })
		flags = append(flags, jsonFlag{f.Name, ok && b.IsBoolFlag(), f.Usage})
	})
	text, err := json.MarshalIndent(flags, "", "\t")
	if err != nil {
		panic(err) // strings and booleans have a form in JSON
	}
	if _, err := fmt.Fprintf(w, "%s\n", text); err != nil {
		return 1
	}
	return 0
}
