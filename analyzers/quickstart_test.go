package analyzers_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/concvet/concvet/analyzers/internal/conctest"
)

// quickstart is the program that README starts with, as a pattern and as a
// directory relative to the root of the module.
const quickstart = "./testdata/quickstart/"

// TestQuickstart: of the program that README starts with, the marked lines are
// reported by the rules that the marks name, and nothing else; of the
// corrected program nothing is. Terminal, JSON and go vet agree.
func TestQuickstart(t *testing.T) {
	tool := conctest.BuildTool(t)
	want := marks(t, filepath.Join("..", quickstart))
	if len(want) == 0 {
		t.Fatal("no line is marked")
	}

	out, code := run(t, tool, "-json", quickstart+"...")
	if code != 3 {
		t.Errorf("-json exits with %d, want 3", code)
	}
	compare(t, "concvet -json", triples(t, out), want)

	out, code = run(t, "go", "vet", "-vettool="+tool, "-json", quickstart+"...")
	if code != 0 {
		t.Errorf("go vet -json exits with %d, want 0", code)
	}
	compare(t, "go vet -json", triples(t, out), want)

	out, code = run(t, tool, quickstart+"...")
	if code != 3 {
		t.Errorf("with findings the exit code is %d, want 3", code)
	}
	for _, mark := range want {
		if place, _, _ := strings.Cut(mark, " "); !strings.Contains(out, filepath.FromSlash(place)+":") {
			t.Errorf("no %s in what a terminal shows:\n%s", place, out)
		}
	}

	out, code = run(t, tool, quickstart+"fixed/...")
	if code != 0 || out != "" {
		t.Errorf("on the corrected program: exit code %d, want 0 and no output:\n%s", code, out)
	}
}

// run runs a command in the root of the module and returns what it prints and
// its exit code. With -json that is what it prints to stdout, otherwise all.
func run(t *testing.T, name string, args ...string) (string, int) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = ".."
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if slices.Contains(args, "-json") {
		if stderr.Len() > 0 {
			t.Logf("%s prints to stderr:\n%s", filepath.Base(name), &stderr)
		}
		return stdout.String(), cmd.ProcessState.ExitCode()
	}
	return stdout.String() + stderr.String(), cmd.ProcessState.ExitCode()
}

// markRE matches the mark of a line to be reported, and the rule to do so.
var markRE = regexp.MustCompile(`// finding: ([a-z]+)$`)

// marks returns "file:line rule" for every mark below dir, sorted. Files are
// relative to the root of the module.
func marks(t *testing.T, dir string) []string {
	t.Helper()
	var marks []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel("..", path)
		for i, line := range strings.Split(string(text), "\n") {
			if m := markRE.FindStringSubmatch(line); m != nil {
				marks = append(marks, fmt.Sprintf("%s:%d %s", filepath.ToSlash(rel), i+1, m[1]))
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(marks)
	return marks
}

// triples returns "file:line rule" for every finding in the output of
// concvet -json or go vet -json: objects one after the other, from the ID of a
// package to the name of an analyzer to a list of diagnostics.
func triples(t *testing.T, output string) []string {
	t.Helper()
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for dec := json.NewDecoder(strings.NewReader(output)); ; {
		var units map[string]map[string][]struct {
			Posn string `json:"posn"`
		}
		if err := dec.Decode(&units); err == io.EOF {
			break
		} else if err != nil {
			t.Fatalf("%v in:\n%s", err, output)
		}
		for _, results := range units {
			for rule, diags := range results {
				for _, d := range diags {
					place := d.Posn[:strings.LastIndexByte(d.Posn, ':')]
					if rel, err := filepath.Rel(root, place); err == nil {
						place = filepath.ToSlash(rel)
					}
					found = append(found, place+" "+rule)
				}
			}
		}
	}
	slices.Sort(found)
	return slices.Compact(found) // a package and its test variant
}

func compare(t *testing.T, what string, got, want []string) {
	t.Helper()
	for _, f := range got {
		if !slices.Contains(want, f) {
			t.Errorf("%s: reported, but not marked: %s", what, f)
		}
	}
	for _, f := range want {
		if !slices.Contains(got, f) {
			t.Errorf("%s: marked, but not reported: %s", what, f)
		}
	}
}
