// Concvet finds mistakes in concurrent Go code.
//
//	concvet ./...                              analyse packages
//	go vet -vettool=$(which concvet) ./...     the same, as a tool of the go command
//	concvet help [rule]                        what it reports, and its flags
//
// It exits with status 3 if there are findings, and with 1 if something could
// not be analysed.
package main

import (
	"fmt"
	"os"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/atomic"
	"golang.org/x/tools/go/analysis/passes/copylock"
	"golang.org/x/tools/go/analysis/passes/loopclosure"
	"golang.org/x/tools/go/analysis/passes/lostcancel"
	"golang.org/x/tools/go/analysis/passes/sigchanyzer"
	"golang.org/x/tools/go/analysis/passes/testinggoroutine"

	"github.com/concvet/concvet/analyzers"
	"github.com/concvet/concvet/cmd/concvet/internal/cli"
	"github.com/concvet/concvet/cmd/concvet/internal/command"
	"github.com/concvet/concvet/cmd/concvet/internal/lsp"
	"github.com/concvet/concvet/cmd/concvet/internal/vetunit"
)

// bundled are go vet's analyzers of concurrent code, made part of the suite so
// that a user of -vettool, which replaces go vet's own, does not lose them.
// Its waitgroup is left out: wgadd reports what it does, and more.
var bundled = []*analysis.Analyzer{
	atomic.Analyzer,
	copylock.Analyzer,
	loopclosure.Analyzer,
	lostcancel.Analyzer,
	sigchanyzer.Analyzer,
	testinggoroutine.Analyzer,
}

func main() { os.Exit(run(os.Args[1:])) }

// run is main with the arguments of the command, and returns its exit status.
func run(args []string) int {
	opts := new(analyzers.Options)
	line := cli.New(analyzers.New(opts, bundled...), opts)
	if err := line.Parse(args); err != nil {
		fmt.Fprintf(os.Stderr, "concvet: %v\nRun 'concvet help' for usage.\n", err)
		return 1
	}
	switch {
	case line.Flags:
		return line.PrintFlags(os.Stdout)
	case line.Version != "", vetunit.Is(line.Args):
		return vetunit.Run(line)
	case line.Command == "help":
		return line.PrintHelp(os.Stdout, os.Stderr)
	case line.Command == "lsp":
		return lsp.Main(line, os.Stdin, os.Stdout, os.Stderr)
	case line.Command == "rules":
		return line.PrintRules(os.Stdout)
	case line.Command == "version":
		return cli.PrintVersion(os.Stdout)
	case len(line.Args) == 0:
		fmt.Fprintln(os.Stderr, "concvet: no packages named: try 'concvet ./...' or 'concvet help'")
		return 1
	}
	return command.Run(line, os.Stdout, os.Stderr)
}
