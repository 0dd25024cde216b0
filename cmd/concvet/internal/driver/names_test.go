package driver

import (
	"os"
	"path/filepath"
	"testing"
)

// TestNeedFull shows of which patterns the go command need not be asked before
// go vet is run: that would take as long as a warm run itself.
func TestNeedFull(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("m/go.mod", "module example.com/m\n\ngo 1.26\n")
	write("m/a/a.go", "package a\n")
	write("std/go.mod", "module std\n\ngo 1.26\n")
	write("std/net/net.go", "package net\n")
	for _, test := range []struct {
		dir, pattern string
		asks         bool
	}{
		{"m", "./...", false},
		{"m", ".", false},
		{"m", "./a", false},
		{"m", "./a/...", false},
		{"m", "a/a.go", false},
		{"m/a", ".", false},
		{"m/a", "..", true},
		{"m/a", "../...", true},
		{"m", "example.com/m/a", true},
		{"m", "std", true},
		{"m", "...", true},
		{"std/net", ".", true},
		{"std", "./...", true},
	} {
		t.Setenv("PATH", "") // without a go command, to ask it fails
		r := &run{Config: Config{Dir: filepath.Join(dir, filepath.FromSlash(test.dir)), Patterns: []string{test.pattern}}, ctx: t.Context()}
		r.names.needFull(r, r.Patterns)
		if asks := r.names.err != nil; asks != test.asks {
			t.Errorf("in %s of %s: go list is run: %v, want %v", test.dir, test.pattern, asks, test.asks)
		}
	}
}
