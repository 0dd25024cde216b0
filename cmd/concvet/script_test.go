package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"concvet": counted, "cacheprog": cacheProg})
}

// TestScripts runs testdata/script: the command as users see it. Scripts have
// two more commands:
//
//	status N CMD ARGS...    run CMD, which must end with status N
//	findings CMD ARGS...    run CMD, whose output is JSON or text; what it
//	                        finds becomes the output, sorted, in one form
//
// and $concvet is the path of the command.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("..", "..", "testdata", "script"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup:               setUp,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status":   status,
			"findings": findings,
		},
	})
}

// setUp gives scripts the caches of the go command, and no network.
func setUp(env *testscript.Env) error {
	path, err := exec.LookPath("concvet")
	if err != nil {
		return err
	}
	env.Setenv("concvet", path)
	for _, name := range []string{"GOCACHE", "GOMODCACHE"} {
		dir, err := exec.Command("go", "env", name).Output()
		if err != nil {
			return err
		}
		env.Setenv(name, strings.TrimSpace(string(dir)))
	}
	env.Setenv("GOENV", "off")
	env.Setenv("GOFLAGS", "")
	env.Setenv("GOPROXY", "off")
	env.Setenv("GOTOOLCHAIN", "local")
	env.Setenv("CGO_ENABLED", "0")
	return nil
}

func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N command [args...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	err = ts.Exec(args[1], args[2:]...)
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit status is %d, want %d", got, want)
	}
}

// findings compares drivers: whatever the form of the output, it prints lines
// "file:line:col: message".
func findings(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: findings command [args...]")
	}
	_ = ts.Exec(args[0], args[1:]...) // findings may be told by the exit status
	lines, err := readFindings(ts.ReadFile("stdout"), ts.ReadFile("stderr"), ts.Getenv("WORK"))
	ts.Check(err)
	_, err = io.WriteString(ts.Stdout(), strings.Join(lines, ""))
	ts.Check(err)
}

func readFindings(stdout, stderr, work string) ([]string, error) {
	var lines []string
	if strings.HasPrefix(stdout, "{") {
		type diagnostic struct{ Posn, Message string }
		for dec := json.NewDecoder(strings.NewReader(stdout)); ; {
			var tree map[string]map[string][]diagnostic
			if err := dec.Decode(&tree); err == io.EOF {
				break
			} else if err != nil {
				return nil, err
			}
			for _, rules := range tree {
				for _, ds := range rules {
					for _, d := range ds {
						lines = append(lines, fmt.Sprintf("%s: %s\n", strings.TrimPrefix(d.Posn, work+string(filepath.Separator)), d.Message))
					}
				}
			}
		}
	} else {
		for line := range strings.Lines(stdout + stderr) {
			if strings.HasPrefix(line, "\t") || strings.Contains(line, ": \t") {
				continue // a step of a witness
			}
			if i := strings.LastIndex(line, " ("); i >= 0 {
				line = line[:i] + "\n" // the name of the rule, which go vet does not print
			}
			lines = append(lines, line)
		}
	}
	slices.Sort(lines)
	return lines, nil
}

// TestFlags checks that the flags the go command asks for are such that it
// accepts ours, and none that it must keep to itself.
func TestFlags(t *testing.T) {
	concvet, err := exec.LookPath("concvet")
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(concvet, "-flags").Output()
	if err != nil {
		t.Fatal(err)
	}
	var flags []struct {
		Name string
		Bool bool
	}
	if err := json.NewDecoder(bytes.NewReader(out)).Decode(&flags); err != nil {
		t.Fatal(err)
	}
	kinds := make(map[string]bool)
	for _, f := range flags {
		kinds[f.Name] = f.Bool
	}
	for name, isBool := range map[string]bool{"json": true, "advice": true, "rules": false, "full": true, "copylocks": true, "ignore": true, "tags": false} {
		if got, ok := kinds[name]; !ok || got != isBool {
			t.Errorf("flag -%s: listed %v, boolean %v, want boolean %v", name, ok, got, isBool)
		}
	}
	for _, name := range []string{"fix", "V", "flags", "standalone"} {
		if _, ok := kinds[name]; ok {
			t.Errorf("flag -%s is listed", name)
		}
	}
}
