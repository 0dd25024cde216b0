package conctest

import (
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// xsync holds packages with the API of golang.org/x/sync. They have no go.mod
// there, as files of another module cannot be embedded.
//
//go:embed testdata/xsync
var xsync embed.FS

// goMod is the go.mod of the module that fixtures are copied to.
const goMod = `module fixture

go 1.26.0

require golang.org/x/sync v0.0.0

replace golang.org/x/sync => ../xsync
`

// A module is a copy of fixtures in which the go command works.
type module struct {
	origin  string            // directory of the fixtures as the test names it
	root    string            // directory of the copy
	relRoot string            // root relative to the working directory
	files   map[string][]byte // content of the fixtures by slash-separated path relative to root
}

// newModule copies the fixtures in dir into a module. Reading every file in
// this process makes go test see that a fixture was added or changed.
func newModule(t *testing.T, dir string) *module {
	t.Helper()
	m := &module{origin: dir, files: map[string][]byte{}}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		m.files[filepath.ToSlash(rel)] = data
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(m.files) == 0 {
		t.Fatalf("no fixtures in %s", dir)
	}
	m.write(t)
	return m
}

// fixed returns a copy of m in which every file that has a golden one is
// replaced by it.
func (m *module) fixed(t *testing.T) *module {
	t.Helper()
	n := &module{origin: m.origin + " (fixed)", files: map[string][]byte{}}
	for name, data := range m.files {
		if golden, ok := m.files[name+".golden"]; ok {
			data = golden
		}
		n.files[name] = data
	}
	n.write(t)
	return n
}

// write puts the module into a new directory.
func (m *module) write(t *testing.T) {
	t.Helper()
	// go vet reports real paths, hence no symbolic links here.
	tmp, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	m.root = filepath.Join(tmp, "src")
	m.relRoot = m.root
	if wd, err := os.Getwd(); err == nil {
		if rel, err := filepath.Rel(wd, m.root); err == nil {
			m.relRoot = rel
		}
	}
	put := func(path string, data []byte) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for name, data := range m.files {
		put(filepath.Join(m.root, filepath.FromSlash(name)), data)
	}
	put(filepath.Join(m.root, "go.mod"), []byte(goMod))
	fake, err := fs.Sub(xsync, "testdata/xsync")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(filepath.Join(tmp, "xsync"), fake); err != nil {
		t.Fatal(err)
	}
	put(filepath.Join(tmp, "xsync", "go.mod"), []byte("module golang.org/x/sync\n\ngo 1.26.0\n"))
}

// contains reports whether the file is one of m.
func (m *module) contains(file string) bool {
	return strings.HasPrefix(file, m.root+string(filepath.Separator))
}

// rel returns the slash-separated path of a file relative to the module.
func (m *module) rel(file string) string {
	rel, err := filepath.Rel(m.root, file)
	if err != nil {
		return filepath.ToSlash(file)
	}
	return filepath.ToSlash(rel)
}

// relText shortens a position "file:line:col" in the module to one relative to
// it. Positions elsewhere keep only their base name and line: that is all that
// export data has of another package.
func (m *module) relText(posn string) string {
	if rest, ok := strings.CutPrefix(posn, m.root+string(filepath.Separator)); ok {
		return filepath.ToSlash(rest)
	}
	base := filepath.Base(posn)
	if parts := strings.Split(base, ":"); len(parts) == 3 {
		return parts[0] + ":" + parts[1]
	}
	return base
}

// noteSources makes the result of the running test depend on the sources of
// the tool: go test re-runs a test when a file that it asked for has changed,
// but does not see what the commands it starts read.
func noteSources(t *testing.T) {
	t.Helper()
	root, err := moduleRoot()
	if err != nil {
		t.Fatal(err)
	}
	for _, top := range []string{"go.mod", "go.sum", "cmd", "analyzers"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && d.Name() == "testdata":
				return fs.SkipDir
			case d.IsDir() || strings.HasSuffix(path, "_test.go"):
				return nil
			}
			_, err = os.Stat(path)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// moduleRoot returns the directory of the go.mod above the working directory.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", fmt.Errorf("no go.mod above the working directory")
		}
		dir = parent
	}
}
