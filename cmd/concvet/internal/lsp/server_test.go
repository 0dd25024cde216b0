package lsp

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/concvet/concvet/analyzers"
	"github.com/concvet/concvet/cmd/concvet/internal/cli"
	"github.com/concvet/concvet/cmd/concvet/internal/driver"
	"github.com/concvet/concvet/cmd/concvet/internal/finding"
	"github.com/concvet/concvet/cmd/concvet/internal/lsp/lsptest"
)

type analyseFunc = func(context.Context, driver.Config, func(finding.Package)) ([]string, error)

func newLine(t testing.TB) *cli.Line {
	t.Helper()
	opts := new(analyzers.Options)
	line := cli.New(analyzers.New(opts), opts)
	if err := line.Parse([]string{"lsp"}); err != nil {
		t.Fatal(err)
	}
	return line
}

// start starts a server in this process. The function that is returned waits for
// its end.
func start(t *testing.T, analyse analyseFunc) (c *lsptest.Client, wait func() error) {
	t.Helper()
	in, toServer := io.Pipe()
	fromServer, out := io.Pipe()
	done := make(chan error, 1)
	line := newLine(t)
	go func() {
		err := serve(line, in, out, options{analyse, time.Millisecond})
		_ = in.Close()
		_ = out.Close()
		done <- err
	}()
	return lsptest.New(t, toServer, fromServer), func() error { return <-done }
}

func nothing(context.Context, driver.Config, func(finding.Package)) ([]string, error) {
	return nil, nil
}

// TestErrors: what is wrong about a message is told, and then the conversation
// goes on.
func TestErrors(t *testing.T) {
	c, wait := start(t, nothing)
	answer := func(text string, want int) {
		t.Helper()
		c.Raw(fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(text), text))
		m := c.Wait(func(m *lsptest.Message) bool { return m.Method == "" })
		if m.Error == nil || m.Error.Code != want {
			t.Errorf("%.60s: answer %+v, want error %d", text, m, want)
		}
	}
	answer(`{"jsonrpc":"2.0","id":1,"method":"textDocument/hover","params":{}}`, codeNotInitialized)
	answer(`{"jsonrpc":"2.0","id":1,"method":"initialize"}`, codeInvalidParams)
	c.Initialize()
	answer(`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}`, codeInvalidRequest)
	answer(`{`, codeParse)
	answer(strings.Repeat("[", 20000), codeParse)
	answer(`[]`, codeInvalidRequest)
	answer(`{"jsonrpc":"1.0","id":1,"method":"x"}`, codeInvalidRequest)
	answer(`{"jsonrpc":"2.0","id":{},"method":"x"}`, codeInvalidRequest)
	answer(`{"jsonrpc":"2.0","id":1,"method":"x"}`, codeNoMethod)
	answer(`{"jsonrpc":"2.0","id":1,"method":"textDocument/hover"}`, codeInvalidParams)
	answer(`{"jsonrpc":"2.0","id":1,"method":"textDocument/hover","params":{"position":{"line":1e99}}}`, codeInvalidParams)
	answer(strings.Repeat(" ", maxMessage+1), codeInvalidRequest)
	c.Tell("didSave", "file:///not/open.go")
	c.Open("untitled:1", "")
	if code := c.Request("textDocument/hover", map[string]any{"position": map[string]any{"line": -1}}, nil); code != 0 {
		t.Errorf("hover: error %d", code)
	}
	if code := c.Request("shutdown", nil, nil); code != 0 {
		t.Errorf("shutdown: error %d", code)
	}
	answer(`{"jsonrpc":"2.0","id":1,"method":"shutdown"}`, codeInvalidRequest)
	c.Notify("exit", nil)
	if err := wait(); err != nil {
		t.Error(err)
	}
}

// TestHeaders: behind headers that cannot be read nobody knows where the next
// message begins.
func TestHeaders(t *testing.T) {
	for _, text := range []string{"\r\n", "x\r\n\r\n", "Content-Length: -1\r\n\r\n", "Content-Length: 1\r\n", strings.Repeat("a: b\r\n", maxHeaders+1), strings.Repeat("a", maxHeader+1)} {
		err := serve(newLine(t), strings.NewReader(text), io.Discard, options{nothing, 0})
		if err == nil || err == errNoShutdown {
			t.Errorf("%.30q: %v", text, err)
		}
	}
}

// TestOutdated: a change ends the analysis under way, of which there is never
// more than one, and its results are not published.
func TestOutdated(t *testing.T) {
	file := filepath.Join(t.TempDir(), "m.go")
	uri := "file://" + file
	var under atomic.Int32
	started := make(chan string, 10)
	c, wait := start(t, func(ctx context.Context, cfg driver.Config, emit func(finding.Package)) ([]string, error) {
		if under.Add(1) > 1 {
			t.Error("two analyses at a time")
		}
		defer under.Add(-1)
		text := string(cfg.Overlay[file])
		pos := finding.Position{File: file, Line: 1, Col: 1}
		emit(finding.Package{Findings: []finding.Finding{{Rule: "race", Pos: pos, End: pos, Message: text}}})
		started <- text
		if text == "1" {
			<-ctx.Done()
			return nil, ctx.Err()
		}
		return nil, nil
	})
	c.Initialize()
	c.Open(uri, "1")
	if got := <-started; got != "1" {
		t.Fatalf("analysed %q", got)
	}
	c.Change(uri, 2, "2")
	if d := c.Diagnostics(uri, 2, 1); d[0].Message != "2" {
		t.Errorf("published: %+v", d)
	}
	if len(c.Seen) != 1 {
		t.Errorf("published: %+v", c.Seen)
	}
	c.Leave()
	if err := wait(); err != nil {
		t.Error(err)
	}
}

// TestOutside: of a file that is outside of the workspace nothing is shown, and
// the log says why.
func TestOutside(t *testing.T) {
	c, wait := start(t, nothing)
	c.Initialize("file://" + t.TempDir())
	c.Open("file:///elsewhere/m.go", "package m")
	m := c.Wait(func(m *lsptest.Message) bool { return m.Method == "window/logMessage" })
	if text := string(m.Params); !strings.Contains(text, "elsewhere is not below a folder of the workspace") {
		t.Errorf("the log says %s", text)
	}
	c.Leave()
	if err := wait(); err != nil {
		t.Error(err)
	}
}

// TestSaved: to save what is analysed already is no reason to analyse it again.
func TestSaved(t *testing.T) {
	file := filepath.Join(t.TempDir(), "m.go")
	uri := "file://" + file
	var analyses atomic.Int32
	c, wait := start(t, func(ctx context.Context, cfg driver.Config, emit func(finding.Package)) ([]string, error) {
		analyses.Add(1)
		pos := finding.Position{File: file, Line: 1, Col: 1}
		emit(finding.Package{Findings: []finding.Finding{{Rule: "race", Pos: pos, End: pos, Message: "m"}}})
		return nil, nil
	})
	c.Initialize()
	c.Open(uri, "1")
	c.Diagnostics(uri, 1, 1)
	c.Change(uri, 2, "2")
	c.Diagnostics(uri, 2, 1)
	c.Tell("didSave", uri)
	time.Sleep(5 * soon)
	c.Change(uri, 3, "3")
	c.Tell("didSave", uri)
	c.Diagnostics(uri, 3, 1)
	if n := analyses.Load(); n != 3 {
		t.Errorf("%d analyses of 3 texts", n)
	}
	c.Leave()
	if err := wait(); err != nil {
		t.Error(err)
	}
}

// TestWhich: if one of several directories cannot be analysed, the findings of
// the others are published all the same.
func TestWhich(t *testing.T) {
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a", "m.go"), filepath.Join(dir, "b", "m.go")
	c, wait := start(t, func(ctx context.Context, cfg driver.Config, emit func(finding.Package)) (problems []string, err error) {
		for file, text := range cfg.Overlay {
			rel, _ := filepath.Rel(cfg.Dir, filepath.Dir(file))
			for _, p := range cfg.Patterns {
				if p != "./"+rel {
					continue
				}
				if string(text) == "bad" {
					problems = append(problems, file+":1:1: bad")
					continue
				}
				pos := finding.Position{File: file, Line: 1, Col: 1}
				emit(finding.Package{Findings: []finding.Finding{{Rule: "race", Pos: pos, Message: "m"}}})
			}
		}
		return problems, nil
	})
	c.Initialize("file://" + dir)
	c.Open("file://"+a, "good")
	c.Open("file://"+b, "good")
	c.Diagnostics("file://"+a, 1, 1)
	c.Diagnostics("file://"+b, 1, 1)
	c.Change("file://"+a, 2, "bad")
	c.Diagnostics("file://"+a, 2, 0)
	c.Change("file://"+b, 2, "good, too")
	c.Diagnostics("file://"+b, 2, 1)
	c.Leave()
	if err := wait(); err != nil {
		t.Error(err)
	}
}

// FuzzServe: whatever comes, the server neither crashes nor hangs.
func FuzzServe(f *testing.F) {
	for _, m := range []string{
		`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"workspaceFolders":[{"uri":"file:///"}]}}`,
		`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///none/a.go","version":1,"text":"package a"}}}`,
		`{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///none/a.go"},"contentChanges":[{"range":{},"text":""}]}}`,
		`{"jsonrpc":"2.0","id":"a","method":"textDocument/codeAction","params":{"textDocument":{"uri":"file:///none/a.go"},"range":{"end":{"line":9}},"context":{"only":["","source"]}}}`,
		`{"jsonrpc":"2.0","id":-1,"method":"textDocument/hover","params":{"textDocument":{"uri":"file:///none/a.go"},"position":{"line":-5,"character":1}}}`,
		`{"jsonrpc":"2.0","method":"workspace/didChangeWatchedFiles","params":{"changes":[{"uri":"file:///none/a.go","type":3}]}}`,
		`{"jsonrpc":"2.0","method":"workspace/didChangeWorkspaceFolders","params":{"event":{"removed":[{"uri":"file:///"}]}}}`,
		`{"jsonrpc":"2.0","method":"window/workDoneProgress/cancel","params":{"token":3}}`,
		`{"jsonrpc":"2.0","id":"concvet-1","result":null}`,
		`{"jsonrpc":"2.0","id":2,"method":"shutdown"}`,
		`[1]`,
	} {
		f.Add([]byte(m), []byte(`{"jsonrpc":"2.0","method":"exit"}`))
		f.Add([]byte(`{"jsonrpc":"2.0","id":0,"method":"initialize","params":{}}`), []byte(m))
	}
	line := newLine(f)
	f.Fuzz(func(t *testing.T, a, b []byte) {
		var in strings.Builder
		for _, m := range [][]byte{a, b} {
			fmt.Fprintf(&in, "Content-Length: %d\r\n\r\n%s", len(m), m)
		}
		_ = serve(line, io.MultiReader(strings.NewReader(in.String()), strings.NewReader(string(a))), io.Discard, options{nothing, time.Millisecond})
	})
}
