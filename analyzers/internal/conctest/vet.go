package conctest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// BuildTool builds the binary that users run and returns its path, which is
// good until the test ends. The result of the test then depends on all sources
// of the binary.
func BuildTool(t *testing.T) string {
	t.Helper()
	noteSources(t)
	tool := filepath.Join(t.TempDir(), "concvet")
	if runtime.GOOS == "windows" {
		tool += ".exe"
	}
	build := exec.Command("go", "build", "-o", tool, "github.com/concvet/concvet/cmd/concvet")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", build, err, out)
	}
	return tool
}

// vet returns what the named rule finds in m under go vet. All rules run, so
// that the tests of all of them share what the go command keeps of the packages
// that fixtures import.
func vet(t *testing.T, tool string, m *module, rule string, flags map[string]string) []finding {
	t.Helper()
	args := []string{"vet", "-vettool=" + tool, "-advice", "-json"}
	for _, name := range slices.Sorted(maps.Keys(flags)) {
		args = append(args, fmt.Sprintf("-%s.%s=%s", rule, name, flags[name]))
	}
	cmd := exec.Command("go", append(args, "./...")...)
	cmd.Dir = m.root
	cmd.Env = append(os.Environ(), "GO111MODULE=on", "GOPROXY=off", "GOWORK=off", "PWD="+m.root)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	paths := strings.NewReplacer(m.root, m.origin)
	if err := cmd.Run(); err != nil {
		t.Fatalf("go %s in %s: %v\n%s", strings.Join(args, " "), m.origin, err, paths.Replace(stderr.String()))
	}
	found, err := readVet(m, rule, &stdout)
	if err != nil {
		t.Fatalf("output of go vet -json: %v", err)
	}
	return found
}

// vetFinding is a diagnostic as go vet -json prints it.
type vetFinding struct {
	Category string            `json:"category"`
	Posn     string            `json:"posn"`
	End      string            `json:"end"`
	Message  string            `json:"message"`
	Fixes    []json.RawMessage `json:"suggested_fixes"`
	Related  []struct {
		Posn    string `json:"posn"`
		Message string `json:"message"`
	} `json:"related"`
}

// readVet reads what a rule finds from the output of go vet -json: one object for each package, in
// which the result of an analyzer is a list of diagnostics, or an object that
// tells of an error.
func readVet(m *module, rule string, r io.Reader) ([]finding, error) {
	var found []finding
	for dec := json.NewDecoder(r); ; {
		var unit map[string]map[string]json.RawMessage
		if err := dec.Decode(&unit); err == io.EOF {
			return normalize(found), nil
		} else if err != nil {
			return nil, err
		}
		for id, results := range unit {
			raw, ok := results[rule]
			if !ok {
				continue
			}
			var diags []vetFinding
			if err := json.Unmarshal(raw, &diags); err != nil {
				return nil, fmt.Errorf("%s of %s: %s", rule, id, raw)
			}
			for _, d := range diags {
				found = append(found, d.finding(m, rule))
			}
		}
	}
}

func (d vetFinding) finding(m *module, rule string) finding {
	f := finding{rule: rule, category: d.Category, message: d.Message, fixes: len(d.Fixes)}
	f.setPosn(m.relText(d.Posn), m.relText(d.End))
	for _, r := range d.Related {
		f.related = append(f.related, m.relText(r.Posn)+": "+r.Message)
	}
	return f
}
