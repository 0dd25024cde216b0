package lsp

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/concvet/concvet/cmd/concvet/internal/driver"
	"github.com/concvet/concvet/cmd/concvet/internal/finding"
	"github.com/concvet/concvet/cmd/concvet/internal/render"
)

// A space is a module or a go.work: what one run of the go command can see.
type space struct {
	root   string
	dirty  []string // directories to analyse, the most urgent first
	timer  *time.Timer
	due    bool               // the timer has fired while an analysis was under way
	cancel context.CancelFunc // of the analysis under way, or nil
	token  string             // of its progress in the editor, or ""

	versions map[string]int // of open files, in that analysis
}

// stop ends the analysis under way, if there is one.
func (sp *space) stop() {
	sp.dirty = nil
	if sp.timer != nil {
		sp.timer.Stop()
	}
	if sp.cancel != nil {
		sp.cancel()
	}
}

// soon is enough for an editor that opens many files to have done so.
const soon = 20 * time.Millisecond

// spaceOf returns the space of a directory.
func (s *server) spaceOf(dir string) *space {
	root := rootOf(dir)
	sp := s.spaces[root]
	if sp == nil {
		sp = &space{root: root}
		s.spaces[root] = sp
	}
	return sp
}

// rootOf returns the directory of the go.work at or above dir, of the go.mod if
// there is none, and dir if there is neither.
func rootOf(dir string) string {
	names := []string{"go.work", "go.mod"}
	if os.Getenv("GOWORK") == "off" {
		names = names[1:]
	}
	for _, name := range names {
		for d := dir; ; {
			if info, err := os.Stat(filepath.Join(d, name)); err == nil && info.Mode().IsRegular() {
				return d
			}
			parent := filepath.Dir(d)
			if parent == d {
				break
			}
			d = parent
		}
	}
	return dir
}

// schedule has a directory analysed after a delay, and then others of its space
// with open files, which may depend on it. If the analysis that is under way is
// outdated it ends.
func (s *server) schedule(dir string, delay time.Duration, outdated bool) {
	if !s.inFolders(dir) || s.phase != running {
		return
	}
	sp := s.spaceOf(dir)
	sp.dirty = append([]string{dir}, slices.DeleteFunc(sp.dirty, func(d string) bool { return d == dir })...)
	if outdated && sp.cancel != nil {
		sp.cancel()
	}
	if sp.timer != nil {
		sp.timer.Stop()
	}
	sp.timer = time.AfterFunc(delay, func() { s.post(func() { s.start(sp) }) })
	sp.due = false
}

// start starts an analysis if there is something to do and none under way.
func (s *server) start(sp *space) {
	sp.due = sp.cancel != nil // then it is its end that starts the next one
	if len(sp.dirty) == 0 || sp.due || s.phase != running {
		return
	}
	others := make(map[string]bool)
	for file := range s.docs {
		if dir := filepath.Dir(file); rootOf(dir) == sp.root && s.inFolders(dir) {
			others[dir] = true
		}
	}
	dirs := slices.DeleteFunc(sp.dirty, func(dir string) bool { return !others[dir] })
	sp.dirty = nil
	if len(dirs) == 0 {
		return
	}
	first := dirs[0]
	delete(others, first)
	a := &analysis{server: s, space: sp, overlay: s.overlay(), versions: make(map[string]int)}
	for file, doc := range s.docs {
		a.versions[file] = doc.version
	}
	groups := [][]string{{first}}
	if len(others) > 0 {
		groups = append(groups, slices.Sorted(maps.Keys(others)))
	}
	ctx, cancel := context.WithCancel(s.ctx)
	sp.cancel, sp.versions = cancel, a.versions
	s.begin(sp)
	s.analyses.Go(func() {
		defer cancel()
		a.run(ctx, groups)
		s.post(func() { s.finish(sp, ctx.Err() != nil, dirs) })
	})
}

// finish takes notice of the end of an analysis. If it was cut short because
// something has changed, its directories are still to be analysed.
func (s *server) finish(sp *space, cut bool, dirs []string) {
	sp.cancel = nil
	s.end(sp)
	if cut && len(sp.dirty) > 0 {
		for _, dir := range dirs {
			if !slices.Contains(sp.dirty, dir) {
				sp.dirty = append(sp.dirty, dir)
			}
		}
	}
	if sp.due {
		s.start(sp)
	}
}

// overlay returns the contents of open files that are not those on disk.
func (s *server) overlay() map[string][]byte {
	overlay := make(map[string][]byte)
	for file, doc := range s.docs {
		if doc.gone {
			continue
		}
		if text, err := os.ReadFile(file); err != nil || string(text) != doc.text {
			overlay[file] = []byte(doc.text)
		}
	}
	return overlay
}

// An analysis is one of directories of a space. It runs in its own goroutine,
// and the server has no part in what it is made of.
type analysis struct {
	server   *server
	space    *space
	overlay  map[string][]byte
	versions map[string]int // of open files
}

// run analyses groups of directories, one after the other.
func (a *analysis) run(ctx context.Context, groups [][]string) {
	for len(groups) > 0 && ctx.Err() == nil {
		dirs := groups[0]
		groups = groups[1:]
		results, problems, err := a.check(ctx, dirs)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			problems = append(problems, err.Error())
		}
		if len(problems) > 0 && len(dirs) > 1 {
			// Which of them is it about?
			for _, dir := range dirs {
				groups = append(groups, []string{dir})
			}
			continue
		}
		a.server.post(func() {
			if ctx.Err() == nil {
				for _, dir := range dirs {
					a.server.accept(dir, results[dir], problems)
				}
			}
		})
	}
}

// check analyses directories with one run of the go command.
func (a *analysis) check(ctx context.Context, dirs []string) (map[string]*result, []string, error) {
	s := a.server
	c := driver.Config{
		Dir:        a.space.root,
		BuildFlags: s.line.BuildFlags(),
		ToolFlags:  s.line.ToolFlags(),
		Overlay:    a.overlay,
	}
	results := make(map[string]*result)
	for _, dir := range dirs {
		rel, err := filepath.Rel(a.space.root, dir)
		if err != nil {
			return nil, nil, err
		}
		c.Patterns = append(c.Patterns, "./"+filepath.ToSlash(rel))
		results[dir] = &result{versions: a.versions, texts: make(map[string]string)}
	}
	var all []finding.Finding
	problems, err := s.opts.analyse(ctx, c, func(p finding.Package) { all = append(all, p.Findings...) })
	sources := render.NewSources(a.space.root, a.overlay)
	for _, f := range finding.Sort(all) {
		if r := results[filepath.Dir(f.Pos.File)]; r != nil && s.shown[f.Rule] {
			r.add(f, sources, s.rules[f.Rule])
		}
	}
	return results, problems, err
}

// begin shows in the editor that an analysis is under way.
func (s *server) begin(sp *space) {
	if !s.client.Capabilities.Window.Progress {
		return
	}
	token := fmt.Sprint("concvet-", s.nextID+1)
	s.call("window/workDoneProgress/create", map[string]any{"token": token}, func() {
		if sp.cancel == nil || sp.token != "" {
			return // it has ended meanwhile
		}
		sp.token = token
		s.tokens[token] = sp
		s.progress(token, map[string]any{"kind": "begin", "title": "concvet", "message": filepath.Base(sp.root), "cancellable": true})
	})
}

// end shows that it is over.
func (s *server) end(sp *space) {
	if sp.token != "" {
		s.progress(sp.token, map[string]any{"kind": "end"})
		delete(s.tokens, sp.token)
		sp.token = ""
	}
}

func (s *server) progress(token string, value map[string]any) {
	s.notify("$/progress", map[string]any{"token": token, "value": value})
}

// explain logs why packages could not be analysed, if the compiler, of which
// gopls tells, is not the reason.
func (s *server) explain(problems []string) {
	for _, p := range problems {
		if file, _, ok := strings.Cut(p, ":"); !ok || !strings.HasSuffix(file, ".go") {
			s.log(p)
		}
	}
}
