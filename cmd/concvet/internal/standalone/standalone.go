// Package standalone analyses packages in this process. It loads them and all
// their dependencies from source.
//
// It differs from x/tools' multichecker in what happens to packages that cannot
// be analysed (one error for each, and the others are analysed) and in what it
// prints: findings go to standard output, with the name of the rule, so that
// editors can read them. A package with tests is analysed once, as go vet does:
// together with its test files.
package standalone

import (
	"fmt"
	"io"
	"log"
	"os"
	"strconv"

	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/analysis/multichecker"
	"golang.org/x/tools/go/packages"

	"github.com/concvet/concvet/cmd/concvet/internal/cli"
)

// Exit statuses.
const (
	statusOK       = 0
	statusError    = 1
	statusFindings = 3
)

// Run analyses the packages that the arguments name, prints what is found,
// and returns the exit status.
func Run(line *cli.Line, stdout, stderr io.Writer) int {
	stop, err := profile(line.CPUProfile, line.MemProfile)
	if err != nil {
		fmt.Fprintf(stderr, "concvet: %v\n", err)
		return statusError
	}
	defer stop()

	complaints := complaints{w: stderr}
	good := loadGood(line, &complaints)
	findings := analyse(line, good, &complaints)
	if line.JSON {
		err = printJSON(stdout, findings)
	} else {
		err = printText(stdout, findings, line.Context)
	}
	if err != nil {
		complaints.add("%v", err)
	}
	switch {
	case complaints.n > 0:
		return statusError
	case len(findings) > 0 && !line.JSON:
		return statusFindings
	}
	return statusOK
}

// analyse runs the selected analyzers on packages without errors.
func analyse(line *cli.Line, good []*packages.Package, complaints *complaints) []finding {
	if len(good) == 0 {
		return nil
	}
	graph, err := checker.Analyze(line.Selected(), good, nil)
	if err != nil {
		complaints.add("%v", err)
		return nil
	}
	for act := range graph.All() {
		// An action that failed because one it depends on did has no news.
		if act.Err != nil && !dependsOnFailure(act) {
			complaints.add("%s: %s: %v", act.Package.PkgPath, act.Analyzer.Name, act.Err)
		}
	}
	return collect(graph)
}

func dependsOnFailure(act *checker.Action) bool {
	for _, dep := range act.Deps {
		if dep.Err != nil {
			return true
		}
	}
	return false
}

// Fix applies the fixes of findings, or prints the changes. It ends the process.
func Fix(line *cli.Line) int {
	if line.Tags != "" {
		// x/tools' command knows no tags, but loads packages through the go command.
		os.Setenv("GOFLAGS", os.Getenv("GOFLAGS")+" "+tagsFlag(line.Tags))
	}
	patterns, err := goPatterns(line.Args)
	if err != nil {
		log.SetFlags(0)
		log.Fatalf("concvet: %v", err)
	}
	// The other flags have taken effect when they were parsed.
	args := []string{"-fix", "-test=" + strconv.FormatBool(line.Test)}
	if line.Diff {
		args = append(args, "-diff")
	}
	os.Args = append(append(os.Args[:1:1], args...), patterns...)
	multichecker.Main(line.Selected()...)
	return statusOK
}
