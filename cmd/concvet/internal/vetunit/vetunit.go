// Package vetunit analyses one package at the request of the go command, which
// runs "concvet [flags] FILE.cfg" for each package that its patterns name and
// for every dependency of these, and keeps the facts and findings in its build
// cache.
package vetunit

import (
	"encoding/gob"
	"fmt"
	"os"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/concvet/concvet/analyzers"
	"github.com/concvet/concvet/cmd/concvet/internal/cli"
)

// Is reports whether the arguments that are not flags are those of the go
// command.
func Is(args []string) bool {
	return len(args) == 1 && strings.HasSuffix(args[0], ".cfg")
}

// Run serves one request of the go command. It ends the process, unless an
// error keeps it from starting; then it returns the exit status.
func Run(line *cli.Line) int {
	args, run := []string{"-V=" + line.Version}, line.Selected()
	if line.Version == "" {
		delayGC()
		u, err := prepare(line)
		switch {
		case err != nil:
			fmt.Fprintf(os.Stderr, "concvet: %v\n", err)
			return 1
		case u == nil:
			return 0
		case u.VetxOnly:
			registerFacts(run)
			run = analyzers.FactsOnly()
		}
		args = append(outputFlags(line), u.config)
	}
	// The other flags have taken effect when they were parsed.
	os.Args = append(os.Args[:1:1], args...)
	unitchecker.Main(run...)
	return 0
}

// prepare reads the unit that is to be analysed and changes it to what is
// needed. It returns nil if that is done already.
func prepare(line *cli.Line) (*unit, error) {
	u, err := readUnit(line.Args[0])
	if err != nil {
		return nil, err
	}
	changed := false
	if u.VetxOnly {
		line.Opts.Dependency = u.wanted(line)
		u.VetxOnly = !line.Opts.Dependency
		changed = line.Opts.Dependency
	}
	if n := len(u.GoFiles); !line.Test {
		if !u.withoutTests() {
			return nil, u.writeEmpty()
		}
		changed = changed || len(u.GoFiles) < n
	}
	if changed {
		err = u.copy()
	}
	return u, err
}

// registerFacts makes the facts of all analyzers known to gob. A package that
// is analysed for its facts alone may import one that was analysed in full,
// and then reads the facts of analyzers that it does not run.
func registerFacts(all []*analysis.Analyzer) {
	for _, a := range all {
		for _, f := range a.FactTypes {
			gob.Register(f)
		}
		registerFacts(a.Requires)
	}
}

// outputFlags returns the flags that unitchecker itself knows.
func outputFlags(line *cli.Line) []string {
	args := []string{fmt.Sprintf("-c=%d", line.Context)}
	if line.JSON {
		args = append(args, "-json")
	}
	if line.Fix {
		args = append(args, "-fix")
	}
	if line.Diff {
		args = append(args, "-diff")
	}
	return args
}

// wanted reports whether findings are wanted of a package of which the go
// command asks for facts only (VetxOnly), as it is merely a dependency.
//
// The key of the go command's cache does not contain what it asked for: after
// a run for facts the empty output would be replayed when the user names the
// package. So a package that the user is likely to name, one of the main
// module, is analysed in full. On all others no rule is run; unitchecker by
// itself would run everything, since all rules use facts.
func (u *unit) wanted(line *cli.Line) bool {
	switch {
	case !line.Full && !u.inMainModule():
		return false
	case line.Fix && !line.Diff: // the files of a dependency are not to be changed
		return false
	}
	// With tests of its own the user's name for the package is that of
	// another unit, which has these in it.
	return !u.hasOwnTests(line.Tags)
}
