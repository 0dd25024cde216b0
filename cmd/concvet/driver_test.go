package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/concvet/concvet/cmd/concvet/internal/driver"
	"github.com/concvet/concvet/cmd/concvet/internal/finding"
)

// TestOverlay runs the driver as a language server does: a file is not saved,
// another one does not exist yet.
func TestOverlay(t *testing.T) {
	tool, err := exec.LookPath("concvet")
	if err != nil {
		t.Fatal(err)
	}
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	file, unsaved := filepath.Join(dir, "m.go"), filepath.Join(dir, "m_test.go")
	for name, text := range map[string]string{file: "package m\n", filepath.Join(dir, "go.mod"): "module example.com/m\n\ngo 1.26\n"} {
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	const mutex = "\ntype mutex struct{}\n\nfunc (*mutex) Lock() {}\nfunc (*mutex) Unlock() {}\n"
	c := driver.Config{
		Tool:      tool,
		Dir:       dir,
		Env:       append(os.Environ(), "GOFLAGS=", "GOWORK=off", "PWD="+dir),
		Patterns:  []string{"."},
		ToolFlags: []string{"-advice"},
		Overlay: map[string][]byte{
			file:    []byte("package m\n\nfunc bad(mu mutex) {}\n" + mutex),
			unsaved: []byte("package m\n\nfunc badInTest(mu mutex) {}\n"),
		},
	}
	var got []finding.Finding
	problems, err := driver.Run(t.Context(), c, func(p finding.Package) { got = append(got, p.Findings...) })
	if err != nil || len(problems) > 0 {
		t.Fatalf("%v, %q", err, problems)
	}
	got = finding.Sort(got)
	if len(got) != 2 || got[0].Pos.File != file || got[1].Pos.File != unsaved || got[0].Pos.Line != 3 {
		t.Errorf("findings: %+v", got)
	}

	// Saved now, the file is what the go command has in its cache.
	saved := c
	if err := os.WriteFile(file, c.Overlay[file], 0o666); err != nil {
		t.Fatal(err)
	}
	for _, saved.Overlay = range []map[string][]byte{nil, {unsaved: c.Overlay[unsaved]}} {
		got = nil
		if _, err = driver.Run(t.Context(), saved, func(p finding.Package) { got = append(got, p.Findings...) }); err != nil {
			t.Fatal(err)
		}
		for _, f := range got {
			if f.Pos.File != file && f.Pos.File != unsaved {
				t.Errorf("after a file was saved its findings are in %s", f.Pos.File)
			}
		}
	}

	c.Overlay[file] = []byte("package m\n\nvar x = y\n")
	problems, err = driver.Run(t.Context(), c, func(finding.Package) {})
	if err != nil || len(problems) != 1 || problems[0] != "m.go:3:9: undefined: y (and 1 more in package example.com/m)" && problems[0] != "m.go:3:9: undefined: y" {
		t.Errorf("problems of a file that does not compile: %q, %v", problems, err)
	}

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := driver.Run(ctx, c, func(finding.Package) {}); !errors.Is(err, context.Canceled) {
		t.Errorf("after the context has ended: %v", err)
	}
}
