package driver

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// What go vet says on its standard error output.
type stderrText struct {
	packages []packageText // about packages that did not compile
	others   []string      // what it says otherwise
	empty    []string      // patterns that match nothing
}

type packageText struct {
	path  string
	lines []string
}

// parseStderr takes apart what go vet says. A package that does not compile has
// a heading, "# path"; lines that are indented continue others. Unless go vet
// has failed the rest is about downloads and the like.
func parseStderr(text string, failed bool) stderrText {
	var t stderrText
	inPackage := false
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		rest, isWarning := strings.CutPrefix(line, `go: warning: "`)
		pattern, isEmpty := strings.CutSuffix(rest, `" matched no packages`)
		switch {
		case strings.HasPrefix(line, "# ["):
			// The heading of a variant, behind that of the package.
		case strings.HasPrefix(line, "# "):
			inPackage = true
			path := strings.Fields(line)[1]
			t.packages = append(t.packages, packageText{path: path})
		case isWarning && isEmpty:
			t.empty = append(t.empty, pattern)
		case !failed || line == "" || line == "no packages to vet" || strings.HasPrefix(line, "go: downloading ") || strings.HasPrefix(line, "go: finding "):
		case strings.HasPrefix(line, "\t"):
			add := &t.others
			if inPackage {
				add = &t.packages[len(t.packages)-1].lines
			}
			if n := len(*add); n > 0 {
				(*add)[n-1] += " " + strings.TrimSpace(line)
			}
		case inPackage && !strings.HasPrefix(line, "go: "):
			p := &t.packages[len(t.packages)-1]
			p.lines = append(p.lines, strings.TrimPrefix(line, "vet: "))
		default:
			inPackage = false
			t.others = append(t.others, strings.TrimPrefix(line, "go: "))
		}
	}
	return t
}

// explain turns it into problems: of each package the first one, and the
// packages that cannot be analysed in consequence.
func (r *run) explain(t stderrText) {
	for _, pattern := range t.empty {
		r.problem("%s matches no packages", pattern)
	}
	for _, p := range t.packages {
		lines := slices.DeleteFunc(p.lines, func(line string) bool {
			return line == "" || line == "too many errors" || strings.Contains(line, "no package vetx file for ")
		})
		if len(lines) == 0 || slices.Contains(r.failed, p.path) {
			continue
		}
		r.failed = append(r.failed, p.path)
		text := r.shortLine(lines[0])
		if !strings.Contains(text, ": ") || strings.HasPrefix(text, "cgo: ") {
			text = p.path + ": " + text
		}
		if strings.Contains(text, "cgo: C compiler") {
			text += " (with CGO_ENABLED=0 packages are analysed as they are without cgo)"
		}
		if n := len(lines) - 1; n > 0 {
			text += fmt.Sprintf(" (and %d more in package %s)", n, p.path)
		}
		r.problem("%s", text)
	}
	for _, line := range t.others {
		r.problem("%s", r.shortLine(line))
	}
	if len(r.failed) > 0 {
		r.explainImporters()
	}
}

// explainImporters tells of packages that import some that have failed.
func (r *run) explainImporters() {
	var out strings.Builder
	cmd := r.command("list", []string{"-e", "-test", "-json=ImportPath,ForTest,Deps"}, r.Patterns)
	cmd.Stdout = &out
	if cmd.Run() != nil {
		return
	}
	var skipped []string
	for dec := json.NewDecoder(strings.NewReader(out.String())); ; {
		var p struct {
			ImportPath string
			Deps       []string
		}
		if dec.Decode(&p) != nil {
			break
		}
		path, _, isVariant := strings.Cut(p.ImportPath, " ")
		if strings.HasSuffix(path, ".test") && !isVariant || slices.Contains(r.failed, path) || slices.Contains(skipped, path) {
			continue
		}
		if slices.ContainsFunc(p.Deps, func(dep string) bool { return slices.Contains(r.failed, dep) }) {
			skipped = append(skipped, path)
		}
	}
	if len(skipped) > 0 {
		r.problem("not analysed, because of errors in what they import: %s", strings.Join(skipped, ", "))
	}
}

// loadable returns the import paths of those packages that the patterns name
// which go vet can load. ok is false if it cannot be told.
func (r *run) loadable(patterns []string) (good []string, ok bool) {
	for _, p := range patterns {
		if strings.HasSuffix(p, ".go") {
			return nil, false
		}
	}
	cmd := r.command("list", []string{"-e", "-json=ImportPath,Incomplete,Error,DepsErrors,Match"}, patterns)
	stdout, err := cmd.StdoutPipe()
	if err != nil || cmd.Start() != nil {
		return nil, false
	}
	bad := 0
	for dec := json.NewDecoder(stdout); ; {
		var p struct {
			ImportPath string
			Incomplete bool
		}
		if err := dec.Decode(&p); err == io.EOF {
			break
		} else if err != nil {
			_, _ = io.Copy(io.Discard, stdout)
			_ = cmd.Wait()
			return nil, false
		}
		if p.Incomplete {
			bad++
		} else {
			good = append(good, p.ImportPath)
		}
	}
	return good, cmd.Wait() == nil && bad > 0
}

// onlyGo tells of patterns that are names of files that are not Go, of which
// the go command would say that no module provides them, and returns the
// others.
func (r *run) onlyGo(patterns []string) []string {
	var good []string
	for _, p := range patterns {
		name := p
		if !filepath.IsAbs(name) {
			name = filepath.Join(r.Dir, name)
		}
		if isFile(name) && !strings.HasSuffix(p, ".go") {
			r.problem("%s is not a Go file", p)
		} else {
			good = append(good, p)
		}
	}
	return good
}

// shortLine shortens the name of a file at the beginning of a line, and puts
// the original for a replacement.
func (r *run) shortLine(line string) string {
	file, rest, ok := strings.Cut(line, ":")
	if !ok || !filepath.IsAbs(file) && !strings.HasSuffix(file, ".go") {
		return line
	}
	if !filepath.IsAbs(file) {
		if abs := filepath.Join(r.Dir, file); isFile(abs) {
			return line
		}
	}
	file = r.over.original(file)
	dir, err := filepath.Abs(r.Dir)
	if err != nil {
		return line
	}
	if wd, err := os.Getwd(); err == nil && r.Dir == "" {
		dir = wd
	}
	if rel, err := filepath.Rel(dir, file); err == nil && filepath.IsLocal(rel) {
		file = rel
	}
	return file + ":" + rest
}
