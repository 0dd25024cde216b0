package cli

import (
	"flag"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"strings"

	"golang.org/x/tools/go/analysis"
)

const intro = `Concvet finds mistakes in concurrent Go code.

Usage:

	concvet [flags] packages            analyse packages, such as ./...
	concvet -fix [flags] packages       apply the fixes that findings offer, and print what remains
	concvet -diff [flags] packages      print the changes instead
	concvet help [rule...]              this text, or what the rules report
	concvet rules [-json]               the list of rules
	concvet lsp [flags]                 serve an editor, beside gopls
	concvet version                     the version, and that of Go which it was built with

The go command does the work and keeps the results in its cache: go vet is run
with this program as its -vettool. So go vet -vettool=$(which concvet) works as
well, and go fix -fixtool=$(which concvet).

The exit status is 3 if there are findings, 1 if something could not be
analysed, and 0 otherwise.

A finding that is not a mistake is suppressed by a comment on its line or alone
on the line above,

	//concvet:ignore rule[,rule] reason

or by those of other tools, //lint:ignore rule reason and //nolint:rule. To
adopt concvet on old code, write all that it finds to a file with -baseline=FILE
-write-baseline, and give -baseline=FILE from then on.
`

// PrintHelp prints general help, or the documentation of the rules that the
// arguments name, and returns the exit status.
func (l *Line) PrintHelp(stdout, stderr io.Writer) int {
	if len(l.Args) == 0 {
		l.printGeneral(stdout)
		return 0
	}
	for i, name := range l.Args {
		a := l.analyzer(name)
		if a == nil {
			fmt.Fprintf(stderr, "concvet: no rule %q: 'concvet help' lists them all\n", name)
			return 1
		}
		if i > 0 {
			fmt.Fprintln(stdout)
		}
		printRule(stdout, a)
	}
	return 0
}

// PrintVersion prints which program this is, for people: -V is for the go
// command.
func PrintVersion(w io.Writer) int {
	version := "of unknown version"
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		version = info.Main.Version
	}
	fmt.Fprintf(w, "concvet %s, built with %s for %s/%s\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return 0
}

func (l *Line) analyzer(name string) *analysis.Analyzer {
	for _, a := range l.Suite.Facades {
		if a.Name == name {
			return a
		}
	}
	return nil
}

func (l *Line) printGeneral(w io.Writer) {
	fmt.Fprint(w, intro)
	l.printRules(w, "Rules, whose findings are proven:", false)
	l.printRules(w, "Advice on performance, style and policy (-advice, or -rules with their names):", true)
	fmt.Fprint(w, "\nFlags:\n\n")
	names := make(map[string]bool)
	for _, a := range l.Suite.Facades {
		names[a.Name] = true
	}
	shown := flag.NewFlagSet("", flag.ContinueOnError)
	l.fs.VisitAll(func(f *flag.Flag) {
		owner, _, _ := strings.Cut(f.Name, ".")
		if !names[owner] && f.Name != "flags" && f.Name != "V" {
			shown.Var(f.Value, f.Name, f.Usage)
		}
	})
	shown.SetOutput(w)
	shown.PrintDefaults()
	fmt.Fprint(w, "  -RULE\n    \treport this rule only; -RULE=false reports all others\n")
	fmt.Fprint(w, "  -RULE.FLAG\n    \ta flag of a rule: see 'concvet help RULE'\n")
}

// printRules lists the rules of a tier, if there are any.
func (l *Line) printRules(w io.Writer, heading string, advice bool) {
	for _, a := range l.Suite.Facades {
		if l.Suite.Advice(a.Name) != advice {
			continue
		}
		if heading != "" {
			fmt.Fprintf(w, "\n%s\n\n", heading)
			heading = ""
		}
		title, _, _ := strings.Cut(a.Doc, "\n")
		fmt.Fprintf(w, "\t%-17s %s\n", a.Name, title)
	}
}

// printRule prints the documentation of one rule.
func printRule(w io.Writer, a *analysis.Analyzer) {
	title, text, _ := strings.Cut(a.Doc, "\n\n")
	fmt.Fprintf(w, "%s: %s\n", a.Name, title)
	if text = strings.TrimSpace(text); text != "" {
		fmt.Fprintf(w, "\n%s\n", text)
	}
	shown := flag.NewFlagSet("", flag.ContinueOnError)
	any := false
	a.Flags.VisitAll(func(f *flag.Flag) {
		shown.Var(f.Value, a.Name+"."+f.Name, f.Usage)
		any = true
	})
	if any {
		fmt.Fprint(w, "\nFlags:\n\n")
		shown.SetOutput(w)
		shown.PrintDefaults()
	}
	fmt.Fprintf(w, "\n%s\n", a.URL)
}
