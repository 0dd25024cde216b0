// Package driver analyses packages by running go vet with this program as its
// tool. The go command analyses packages in parallel, a process for each, and
// keeps facts and findings in its build cache, so that only what has changed is
// analysed again.
//
// It serves the command and the language server alike.
package driver

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"

	"github.com/concvet/concvet/cmd/concvet/internal/finding"
)

// A Config says what to analyse and how.
type Config struct {
	Tool     string   // the program to run as vettool; this one if empty
	Dir      string   // where patterns are understood; the current directory if empty
	Env      []string // of the go command; that of this process if nil
	Patterns []string // as the go command knows them: directories, import paths, files
	// BuildFlags are flags of the go command, such as -tags=x or -mod=mod,
	// and ToolFlags flags of the tool. Each is one string.
	BuildFlags []string
	ToolFlags  []string
	// Overlay has contents of files, by absolute name, that differ from what is
	// on disk or do not exist there. Positions and edits of findings name the
	// files as they do.
	Overlay map[string][]byte
	// Listed, if not nil, is called with the import paths of the packages that
	// the patterns name, while these are being analysed. To list them takes
	// time, of which there is enough on a terminal.
	Listed func(paths []string)
}

// Run analyses packages and calls emit for each as it finishes, one call at a
// time and in no particular order. It returns what could not be analysed, in
// words that a user understands. The error is that of ctx, or something that
// kept go vet from being run at all.
func Run(ctx context.Context, c Config, emit func(finding.Package)) (problems []string, err error) {
	if c.Tool == "" {
		if c.Tool, err = os.Executable(); err != nil {
			return nil, err
		}
	}
	over, err := newOverlay(&c)
	if err != nil {
		return nil, err
	}
	defer over.remove()
	r := &run{Config: c, ctx: ctx, over: over, emit: emit}
	if c.Listed != nil {
		listed := make(chan struct{})
		go func() {
			defer close(listed)
			r.names.list(r)
			if r.names.err == nil {
				c.Listed(r.names.paths)
			}
		}()
		defer func() { <-listed }()
	}
	if err := r.vet(c.Patterns); err != nil {
		return nil, err
	}
	return r.problems, ctx.Err()
}

// A run is one call of Run.
type run struct {
	Config
	ctx      context.Context
	over     *overlay
	emit     func(finding.Package)
	names    names
	failed   []string // paths of packages that did not compile
	problems []string
}

// vet runs go vet on the patterns. If packages among them cannot even be
// loaded, go vet analyses none, and is run again on the others.
func (r *run) vet(patterns []string) error {
	patterns = r.onlyGo(patterns)
	if len(patterns) == 0 {
		return nil
	}
	emitted, stderr, err := r.goVet(patterns)
	if err != nil {
		return err
	}
	text := parseStderr(stderr.text, stderr.failed)
	if !stderr.failed || emitted > 0 || len(text.packages) > 0 || r.ctx.Err() != nil {
		r.explain(text)
		return nil
	}
	good, ok := r.loadable(patterns)
	if !ok || len(good) == 0 {
		r.explain(text)
		return nil
	}
	r.explain(text)
	if _, stderr, err = r.goVet(good); err != nil {
		return err
	}
	r.explain(parseStderr(stderr.text, stderr.failed))
	return nil
}

// A said is the standard error output of go vet and whether it has failed.
type said struct {
	text   string
	failed bool
}

// goVet runs go vet once, and returns how many packages it reported on.
func (r *run) goVet(patterns []string) (emitted int, stderr said, err error) {
	args := append([]string{"-vettool=" + r.Tool, "-json"}, r.ToolFlags...)
	if r.names.needFull(r, patterns) {
		args = append(args, "-full")
	}
	cmd := r.command("vet", args, patterns)
	var text bytes.Buffer
	cmd.Stderr = &text
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return 0, stderr, err
	}
	if err := cmd.Start(); err != nil {
		return 0, stderr, err
	}
	readErr := finding.Read(stdout, func(p finding.Package) {
		emitted++
		r.deliver(p)
	})
	_, _ = io.Copy(io.Discard, stdout) // else go vet blocks on a pipe that nobody reads
	err = cmd.Wait()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		return emitted, stderr, err
	}
	stderr = said{text.String(), err != nil}
	if r.ctx.Err() != nil {
		return emitted, stderr, r.ctx.Err()
	}
	if readErr != nil {
		r.problems = append(r.problems, readErr.Error())
	}
	return emitted, stderr, nil
}

// deliver passes on a package that the patterns name. Go vet reports on others,
// too, because a package of the main module is analysed in full when another
// one imports it.
func (r *run) deliver(p finding.Package) {
	r.problems = append(r.problems, p.Errors...)
	if len(p.Findings) > 0 && !r.names.has(r, &p) {
		return
	}
	for i := range p.Findings {
		r.over.restore(&p.Findings[i])
	}
	r.emit(p)
}

// command returns a command of go that is interrupted when the context ends.
func (r *run) command(name string, args, patterns []string) *exec.Cmd {
	all := append([]string{name}, r.BuildFlags...)
	all = append(append(all, args...), "--")
	cmd := exec.CommandContext(r.ctx, "go", append(all, patterns...)...)
	cmd.Dir = r.Dir
	cmd.Env = r.Env
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 5 * time.Second
	return cmd
}

// problem adds one, unless it is known.
func (r *run) problem(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	for _, p := range r.problems {
		if p == text {
			return
		}
	}
	r.problems = append(r.problems, text)
}
