package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// editorPage is how editors are to be set up. Tests take from it what they try.
var editorPage = filepath.Join("internal", "lsp", "README.md")

// block returns the block of code of the page, in a language, that has a text.
func block(t *testing.T, language, text string) string {
	t.Helper()
	page, err := os.ReadFile(editorPage)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile("(?s)```"+language+"\n(.*?)```").FindAllStringSubmatch(string(page), -1) {
		if strings.Contains(m[1], text) {
			return m[1]
		}
	}
	t.Fatalf("no block of %s with %q in %s", language, text, editorPage)
	return ""
}

// output runs the command as an editor does, and returns what it prints, which is
// findings and nothing about errors.
func output(t *testing.T, dir string, args ...string) string {
	t.Helper()
	tool, err := exec.LookPath("concvet")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(tool, args...)
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if exit := (*exec.ExitError)(nil); !errors.As(err, &exit) || exit.ExitCode() != 3 || stderr.Len() > 0 {
		t.Fatalf("concvet %q: %v\n%s%s", args, err, out, &stderr)
	}
	return string(out)
}

// TestVSCodeLint: the extension for Go runs a linter in the directory of the
// package, or of the workspace with one more argument, takes nothing if it says
// something on stderr, and understands lines of this form.
func TestVSCodeLint(t *testing.T) {
	var settings struct {
		Flags []string `json:"go.lintFlags"`
	}
	if err := json.Unmarshal([]byte(block(t, "json", "go.lintTool")), &settings); err != nil {
		t.Fatal(err)
	}
	line := regexp.MustCompile(`(?m)^(?:[^:\n]*: )?((?:.:)?[^:\n]*):(\d+)(?::(\d+)?)?:(?:\w+:)? (.*)$`)
	dir := filepath.Join(writeModules(t, "m"), "m")
	for _, args := range [][]string{settings.Flags, append(settings.Flags, "./...")} {
		out := output(t, dir, args...)
		if m := line.FindStringSubmatch(out); m == nil || m[1] != "m.go" || m[2] != "10" || m[3] != "2" || !strings.HasSuffix(m[4], "(sigchanyzer)") {
			t.Errorf("concvet %q: %q is read as %q", args, out, m)
		}
	}
}

// TestVSCodeTask: the problem matcher of the task finds what its command prints.
func TestVSCodeTask(t *testing.T) {
	var file struct {
		Tasks []struct {
			Command        string
			ProblemMatcher struct {
				Pattern struct {
					Regexp                            string
					File, Line, Column, Message, Code int
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(block(t, "json", "problemMatcher")), &file); err != nil {
		t.Fatal(err)
	}
	task := file.Tasks[0]
	args := strings.Fields(task.Command)
	if args[0] != "concvet" {
		t.Fatalf("command %q", task.Command)
	}
	out := output(t, filepath.Join(writeModules(t, "m"), "m"), args[1:]...)
	p := task.ProblemMatcher.Pattern
	m := regexp.MustCompile("(?m)" + p.Regexp).FindStringSubmatch(out)
	if m == nil || m[p.File] != "m.go" || m[p.Line] != "10" || m[p.Column] != "2" || m[p.Code] != "sigchanyzer" || !strings.HasPrefix(m[p.Message], "misuse") {
		t.Errorf("%q is read as %q", out, m)
	}
}

// TestALE: Vim with ALE shows a finding, if both are there, as Debian has them.
func TestALE(t *testing.T) {
	const ale = "/usr/share/vim-ale"
	vim, err := exec.LookPath("vim")
	if _, aleErr := os.Stat(ale); err != nil || aleErr != nil {
		t.Skip("no vim, or no ALE: on Debian, apt-get install vim vim-ale")
	}
	if err := exec.Command(vim, "-es", "-u", "NONE", "-c", "if !has('job') | cquit | endif", "-c", "qall!").Run(); err != nil {
		t.Skip("a vim that cannot start jobs")
	}
	dir := writeModules(t, "m")
	vimrc, script, result := filepath.Join(dir, "vimrc"), filepath.Join(dir, "script.vim"), filepath.Join(dir, "result")
	write(t, vimrc, "set nocompatible nomore runtimepath^="+ale+"\nfiletype plugin on\nruntime plugin/ale.vim\n"+block(t, "vim", "ale#linter#Define"))
	write(t, script, `
edit m.go
let found = []
for i in range(1, 500)
  sleep 200m
  let found = filter(copy(g:ale_buffer_info[bufnr('')].loclist), 'v:val.linter_name is# "concvet"')
  if !empty(found) | break | endif
endfor
call writefile(map(found, 'v:val.lnum . ":" . v:val.col . " " . v:val.type . " " . v:val.code . " " . v:val.text'), $RESULT)
qall!
`)
	server := lspCommand(t, filepath.Join(dir, "m"))
	cmd := exec.CommandContext(t.Context(), vim, "-es", "-u", vimrc, "-i", "NONE", "-n", "-S", script)
	cmd.Dir = server.Dir
	cmd.Env = append(server.Env, "RESULT="+result)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	got, err := os.ReadFile(result)
	if want := "10:2 W sigchanyzer misuse of unbuffered os.Signal channel as argument to signal.Notify\n"; err != nil || string(got) != want {
		t.Errorf("ALE shows %q, %v; want %q", got, err, want)
	}
}
