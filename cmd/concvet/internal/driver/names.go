package driver

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"golang.org/x/mod/modfile"

	"github.com/concvet/concvet/cmd/concvet/internal/finding"
)

// names knows which packages the patterns name. It asks the go command only if
// this cannot be told by looking at the patterns.
type names struct {
	once    sync.Once
	paths   []string
	named   map[string]bool
	foreign bool // some are not of a main module
	err     error
}

// list asks the go command.
func (n *names) list(r *run) {
	n.once.Do(func() {
		cmd := r.command("list", []string{"-e", "-f", "{{.ImportPath}} {{with .Module}}{{.Main}}{{end}}"}, r.Patterns)
		var stdout, stderr bytes.Buffer
		cmd.Stdout, cmd.Stderr = &stdout, &stderr
		if n.err = cmd.Run(); n.err != nil {
			n.err = fmt.Errorf("go list: %w\n%s", n.err, stderr.Bytes())
			return
		}
		n.named = make(map[string]bool)
		for lines := bufio.NewScanner(&stdout); lines.Scan(); {
			path, isMain, _ := strings.Cut(lines.Text(), " ")
			n.paths = append(n.paths, path)
			n.named[path] = true
			n.foreign = n.foreign || isMain != "true" && path != argumentFiles
		}
	})
}

// argumentFiles is the path of a package that consists of the files that are
// named on the command line.
const argumentFiles = "command-line-arguments"

// has reports whether the patterns name a package that has findings.
func (n *names) has(r *run, p *finding.Package) bool {
	if n.obvious(r, p) {
		return true
	}
	n.list(r)
	if n.err != nil {
		return true // whatever is wrong, go vet has told of it
	}
	return n.named[p.Path] || n.named[strings.TrimSuffix(p.Path, "_test")]
}

// obvious reports whether one of the patterns names the directory of every
// finding of the package, so that nobody must be asked.
func (n *names) obvious(r *run, p *finding.Package) bool {
	for _, f := range p.Findings {
		dir := filepath.Dir(r.over.original(f.Pos.File))
		found := false
		for _, pattern := range r.Patterns {
			found = found || isLocal(pattern) && covers(filepath.Join(r.Dir, pattern), dir)
		}
		if !found {
			return false
		}
	}
	return true
}

// isLocal reports whether the pattern is that of a directory below the current
// one.
func isLocal(pattern string) bool {
	clean := filepath.ToSlash(filepath.Clean(pattern))
	up := clean == ".." || strings.HasPrefix(clean, "../")
	return (clean == "." || strings.HasPrefix(pattern, "./")) && !up && !strings.HasSuffix(clean, ".go")
}

// covers reports whether a pattern that is a directory names the package in
// another directory, for all that can be seen without the go command: it says
// no if in doubt.
func covers(pattern, dir string) bool {
	root, deep := strings.CutSuffix(filepath.ToSlash(pattern), "...")
	if strings.Contains(root, "...") {
		return false
	}
	root, err := filepath.Abs(filepath.FromSlash(root))
	if err != nil || deep && !strings.HasSuffix(filepath.ToSlash(pattern), "/...") && pattern != "..." {
		return false
	}
	if !deep {
		return root == dir
	}
	for dir != root {
		parent, name := filepath.Dir(dir), filepath.Base(dir)
		if parent == dir || name == "testdata" || name == "vendor" || name[0] == '_' || name[0] == '.' || isFile(filepath.Join(dir, "go.mod")) {
			return false
		}
		dir = parent
	}
	return true
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

// needFull reports whether the tool needs the flag -full: the packages are not
// all of the main module, and others are not analysed in full when they are
// imported, so that the go command's cache would have nothing of their
// findings.
func (n *names) needFull(r *run, patterns []string) bool {
	dir, err := filepath.Abs(r.Dir)
	local := err == nil && !inStd(dir)
	for _, p := range patterns {
		local = local && (strings.HasSuffix(p, ".go") || isLocal(p) && !strings.Contains(p, "vendor"))
	}
	if local {
		return false
	}
	n.list(r)
	return n.foreign
}

// inStd reports whether a directory is of one of the two modules in GOROOT. To
// learn where that is, the go command would have to be run.
func inStd(dir string) bool {
	for {
		text, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if err == nil {
			path := modfile.ModulePath(text)
			return path == "std" || path == "cmd"
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return false
		}
		dir = parent
	}
}
