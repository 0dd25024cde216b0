package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/concvet/concvet/cmd/concvet/internal/lsp/lsptest"
)

// lspCommand returns the language server, to be started in a directory.
func lspCommand(t *testing.T, dir string) *exec.Cmd {
	t.Helper()
	tool, err := exec.LookPath("concvet")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(tool, "lsp", "-advice")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=", "GOPROXY=off", "CGO_ENABLED=0")
	return cmd
}

// startLSP starts the language server, to which the test is the editor.
func startLSP(t *testing.T, dir string) *lsptest.Client {
	t.Helper()
	cmd := lspCommand(t, dir)
	cmd.Stderr = os.Stderr
	in, err1 := cmd.StdinPipe()
	out, err2 := cmd.StdoutPipe()
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	c := lsptest.New(t, in, out)
	t.Cleanup(func() {
		_ = in.Close()
		c.Closed()
		if err := cmd.Wait(); err != nil && !t.Failed() {
			t.Error(err)
		}
	})
	return c
}

const lspFixture = `package m

import (
	"os"
	"os/signal"
)

func bad() {
	/* 😀 */ c := make(chan os.Signal)
	signal.Notify(c)
}
`

// writeModules writes modules with the fixture in m.go, and returns the
// directory that they are in.
func writeModules(t *testing.T, names ...string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		for file, text := range map[string]string{"go.mod": "module example.com/" + name + "\n\ngo 1.26\n", "m.go": lspFixture} {
			write(t, filepath.Join(dir, name, file), text)
		}
	}
	return dir
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// TestLSP: a finding appears, is explained, fixed in the editor, and gone; then
// another one appears in text that is not saved, and stays while it does not
// compile.
func TestLSP(t *testing.T) {
	dir := writeModules(t, "m")
	file := filepath.Join(dir, "m", "m.go")
	uri := "file://" + file
	c := startLSP(t, dir)
	c.Initialize("file://" + filepath.Join(dir, "m"))
	c.Open(uri, lspFixture)
	d := c.Diagnostics(uri, 1, 1)[0]
	if d.Source != "concvet" || d.Code != "sigchanyzer" || d.Severity != 2 || d.CodeDescription.Href == "" || d.Range != (lsptest.Range{Start: lsptest.Position{Line: 9, Character: 1}, End: lsptest.Position{Line: 9, Character: 17}}) {
		t.Errorf("diagnostic: %+v", d)
	}
	at := map[string]any{"textDocument": map[string]any{"uri": uri}, "position": d.Range.Start, "range": d.Range, "context": map[string]any{}}
	var hover struct{ Contents struct{ Kind, Value string } }
	c.Request("textDocument/hover", at, &hover)
	if hover.Contents.Kind != "markdown" || !strings.Contains(hover.Contents.Value, "**sigchanyzer**") {
		t.Errorf("hover: %+v", hover)
	}
	fixed := applyAction(t, c, at, lspFixture)
	if want := strings.Replace(lspFixture, "os.Signal)", "os.Signal, 1)", 1); fixed != want {
		t.Errorf("fixed: %s", fixed)
	}
	c.Change(uri, 2, fixed)
	write(t, file, fixed)
	c.Tell("didSave", uri)
	c.Diagnostics(uri, 2, 0)

	c.Change(uri, 3, lspFixture)
	c.Diagnostics(uri, 3, 1)
	c.Change(uri, 4, strings.Replace(lspFixture, "import", "\nimport", 1)+"\nvar x = y\n")
	stale := c.Diagnostics(uri, 4, 1)[0]
	if stale.Range.Start.Line != 10 || !strings.Contains(stale.Message, "stale") {
		t.Errorf("stale: %+v", stale)
	}
	var none []any
	c.Request("textDocument/codeAction", at, &none)
	if len(none) > 0 {
		t.Errorf("fixes of what has changed: %v", none)
	}
	if !slices.Contains(c.Progress, "begin") || !slices.Contains(c.Progress, "end") {
		t.Errorf("progress: %q", c.Progress)
	}
	c.Tell("didClose", uri)
	c.Diagnostics(uri, 0, 0)
	c.Leave()
}

// applyAction returns what the first code action makes of a text.
func applyAction(t *testing.T, c *lsptest.Client, at map[string]any, text string) string {
	t.Helper()
	var actions []struct {
		Kind      string
		Preferred bool `json:"isPreferred"`
		Edit      struct {
			DocumentChanges []struct {
				Edits []struct {
					Range   lsptest.Range
					NewText string
				}
			}
		}
	}
	c.Request("textDocument/codeAction", at, &actions)
	if len(actions) != 1 || actions[0].Kind != "quickfix" || !actions[0].Preferred {
		t.Fatalf("actions: %+v", actions)
	}
	edit := actions[0].Edit.DocumentChanges[0].Edits[0]
	if edit.Range.Start.Character != 0 || edit.Range.End.Character != 0 {
		t.Fatalf("edit: %+v", edit)
	}
	lines := strings.SplitAfter(text, "\n")
	return strings.Join(lines[:edit.Range.Start.Line], "") + edit.NewText + strings.Join(lines[edit.Range.End.Line:], "")
}

// TestLSPFolders: folders with a module each, one of them outside of the
// workspace at first, and a go.work.
func TestLSPFolders(t *testing.T) {
	dir := writeModules(t, "a", "b", "work/x")
	write(t, filepath.Join(dir, "work", "go.work"), "go 1.26\n\nuse ./x\n")
	uri := func(name string) string { return fmt.Sprintf("file://%s/%s", dir, name) }
	c := startLSP(t, dir)
	c.Initialize(uri("a"), uri("work"))
	for _, name := range []string{"a", "b", "work/x"} {
		c.Open(uri(name+"/m.go"), lspFixture)
	}
	c.Diagnostics(uri("a/m.go"), 1, 1)
	c.Diagnostics(uri("work/x/m.go"), 1, 1)
	for _, p := range c.Seen {
		if p.URI == uri("b/m.go") {
			t.Errorf("diagnostics of what is outside of the workspace: %+v", p)
		}
	}
	c.Notify("workspace/didChangeWorkspaceFolders", map[string]any{"event": map[string]any{
		"added":   []any{map[string]any{"uri": uri("b")}},
		"removed": []any{map[string]any{"uri": uri("a")}},
	}})
	c.Diagnostics(uri("b/m.go"), 1, 1)
	c.Diagnostics(uri("a/m.go"), 1, 0)

	if err := os.Remove(filepath.Join(dir, "b", "m.go")); err != nil {
		t.Fatal(err)
	}
	c.Notify("workspace/didChangeWatchedFiles", map[string]any{"changes": []any{map[string]any{"uri": uri("b/m.go"), "type": 3}}})
	c.Diagnostics(uri("b/m.go"), 1, 0)
	c.Leave()
}

// TestNeovim: the same with an editor that people use, where there is one. If
// there is gopls it runs beside it.
func TestNeovim(t *testing.T) {
	nvim, err := exec.LookPath("nvim")
	if err != nil {
		t.Skip("no nvim")
	}
	script, err := filepath.Abs(filepath.Join("testdata", "nvim.lua"))
	if err != nil {
		t.Fatal(err)
	}
	dir := writeModules(t, "m")
	server := lspCommand(t, dir)
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, nvim, "--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", "luafile "+script)
	cmd.Dir = dir
	cmd.Env = append(server.Env,
		"CONCVET="+server.Path,
		"LSP_ROOT="+filepath.Join(dir, "m"),
		"LSP_FILE="+filepath.Join(dir, "m", "m.go"),
		"XDG_CACHE_HOME="+t.TempDir(), // neovim's log; the go command is told of its own cache
		"GOCACHE="+goEnv(t, "GOCACHE"),
		"GOMODCACHE="+goEnv(t, "GOMODCACHE"),
	)
	if gopls, err := exec.LookPath("gopls"); err == nil {
		cmd.Env = append(cmd.Env, "GOPLS="+gopls)
	}
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s%s", err, out, stderr.String())
	}
	t.Logf("%s", stderr.String())
	const want = `open: 9:1-9:17 sigchanyzer 2
open: 1
hover: **sigchanyzer**: misuse of unbuffered os.Signal channel as argument to signal.Notify
action: Change to buffer channel
fixed and saved: 0
undone, not saved: 9:1-9:17 sigchanyzer 2
undone, not saved: 1
broken: 10:1-10:17 sigchanyzer 2
broken: 1
`
	if string(out) != want {
		t.Errorf("got\n%s\nwant\n%s", out, want)
	}
}

func goEnv(t *testing.T, name string) string {
	t.Helper()
	out, err := exec.Command("go", "env", name).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}
