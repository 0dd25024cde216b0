// Package lsp is a language server for editors, to be run beside gopls: it
// publishes what the rules find in the packages of open files, saved or not,
// offers fixes, and explains findings.
//
// One goroutine owns all state (server.run). It is sent the messages of the
// editor and the results of analyses, of which at most one is under way for each
// module or go.work (space). Everything is answered at once, from the results
// that are there, so that requests need not be cancelled.
package lsp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/concvet/concvet/cmd/concvet/internal/cli"
	"github.com/concvet/concvet/cmd/concvet/internal/driver"
	"github.com/concvet/concvet/cmd/concvet/internal/finding"
)

// options are what tests change.
type options struct {
	analyse func(context.Context, driver.Config, func(finding.Package)) (problems []string, err error)
	delay   time.Duration // between a change and an analysis
}

// defaultDelay is how long an editor has to be quiet.
const defaultDelay = 300 * time.Millisecond

// Main serves the editor at the other end of in and out until it leaves, and
// returns the exit status.
func Main(line *cli.Line, in io.Reader, out, stderr io.Writer) int {
	if len(line.Args) > 0 {
		fmt.Fprintf(stderr, "concvet: lsp takes no arguments, only flags: %q\n", line.Args)
		return 1
	}
	if err := serve(line, in, out, options{driver.Run, defaultDelay}); err != nil {
		fmt.Fprintf(stderr, "concvet: lsp: %v\n", err)
		return 1
	}
	return 0
}

// errNoShutdown is the end that the protocol calls abnormal.
var errNoShutdown = errors.New("the editor has left without a word")

// serve is Main with options. It has stopped all analyses when it returns.
func serve(line *cli.Line, in io.Reader, out io.Writer, opts options) error {
	ctx, cancel := context.WithCancel(context.Background())
	s := newServer(ctx, line, out, opts)
	defer s.analyses.Wait()
	defer cancel()
	return s.run(in)
}
