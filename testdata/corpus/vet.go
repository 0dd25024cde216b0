package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/concvet/concvet/analyzers"
)

// A finding is one diagnostic of concvet.
type finding struct {
	key
	col     int
	message string
	witness []string // one step each, "file:line: text"
}

// A key is what a verdict is about.
type key struct {
	rule string
	mod  string // module@version
	file string // slash-separated, relative to the module
	line int
}

func (k key) String() string { return fmt.Sprintf("%s\t%s\t%s:%d", k.rule, k.mod, k.file, k.line) }

// analyse returns what concvet finds in the module, sorted. It returns findings
// and an error if parts of the module could not be analysed.
func (m module) analyse(o options) ([]finding, error) {
	root, err := m.root(o.dir)
	if err != nil {
		return nil, err
	}
	args := append([]string{"vet", "-vettool=" + o.tool, "-json"}, o.flags()...)
	cmd := exec.Command("go", append(args, "./...")...)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), m.env(root)...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err = cmd.Run(); err != nil {
		err = fmt.Errorf("go %s: %w\n%s", strings.Join(args, " "), err, lastLines(stderr.String(), 20))
	}
	found, readErr := m.read(root, &stdout)
	if readErr != nil {
		return nil, fmt.Errorf("output of go vet: %w", readErr)
	}
	return found, err
}

// flags returns those of concvet.
func (o options) flags() []string {
	var flags []string
	if o.advice {
		flags = append(flags, "-advice")
	}
	if o.rules != "" {
		flags = append(flags, "-rules="+o.rules)
	}
	return flags
}

// env returns what the environment of a run in a module has besides.
func (m module) env(root string) []string {
	env := []string{"GOWORK=off", "PWD=" + root}
	// go.mod files of released modules may want an update by the go command.
	// The standard library is vendored, which -mod=mod would undo.
	if m.name != "std" {
		env = append(env, "GOFLAGS="+strings.TrimSpace(os.Getenv("GOFLAGS")+" -mod=mod"))
	}
	return env
}

// lastLines returns the last n lines of text.
func lastLines(text string, n int) string {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}

// read reads the output of go vet -json. A finding in a file that is in several
// variants of a package counts once, and so do several findings of a rule on one
// line.
func (m module) read(root string, r io.Reader) ([]finding, error) {
	found, err := m.decode(root, r)
	slices.SortFunc(found, func(a, b finding) int {
		if c := a.compare(b.key); c != 0 {
			return c
		}
		return a.col - b.col
	})
	return slices.CompactFunc(found, func(a, b finding) bool { return a.key == b.key }), err
}

// decode reads the output of go vet -json: for each package an object from its
// ID to the name of an analyzer to a list of diagnostics.
func (m module) decode(root string, r io.Reader) ([]finding, error) {
	type posn struct {
		Posn    string `json:"posn"`
		Message string `json:"message"`
	}
	type diagnostic struct {
		posn
		Related []posn `json:"related"`
	}
	place := func(p posn) (file string, line, col int) {
		file, line, col = splitPosn(p.Posn)
		if rel, err := filepath.Rel(root, file); err == nil && filepath.IsLocal(rel) {
			file = filepath.ToSlash(rel)
		}
		return
	}
	var found []finding
	for dec := json.NewDecoder(r); ; {
		var units map[string]map[string]json.RawMessage
		if err := dec.Decode(&units); err == io.EOF {
			break
		} else if err != nil {
			return nil, err
		}
		for id, results := range units {
			for rule, raw := range results {
				var diags []diagnostic
				if err := json.Unmarshal(raw, &diags); err != nil {
					return nil, fmt.Errorf("%s of %s: %s", rule, id, raw)
				}
				for _, d := range diags {
					f := finding{key: key{rule: rule, mod: m.id}, message: d.Message}
					f.file, f.line, f.col = place(d.posn)
					if !filepath.IsLocal(f.file) {
						continue // of a package that was asked for in another run
					}
					for _, step := range d.Related {
						file, line, _ := place(step)
						f.witness = append(f.witness, fmt.Sprintf("%s:%d: %s", file, line, step.Message))
					}
					found = append(found, f)
				}
			}
		}
	}
	return found, nil
}

// splitPosn splits "file:line:col".
func splitPosn(posn string) (file string, line, col int) {
	parts := strings.Split(posn, ":")
	n := len(parts)
	if n < 3 {
		return posn, 0, 0
	}
	line, _ = strconv.Atoi(parts[n-2])
	col, _ = strconv.Atoi(parts[n-1])
	return strings.Join(parts[:n-2], ":"), line, col
}

// runs reports whether the flags of this program make concvet run a rule.
func (o options) runs(rule string) bool {
	if o.rules != "" {
		return slices.Contains(strings.Split(o.rules, ","), rule)
	}
	return o.advice || isDefault(rule)
}

// isDefault reports whether an analyzer runs unasked: what is not a rule is
// bundled, and does.
func isDefault(name string) bool {
	named := func(a *analysis.Analyzer) bool { return a.Name == name }
	return slices.ContainsFunc(analyzers.Default, named) || !slices.ContainsFunc(analyzers.All, named)
}
