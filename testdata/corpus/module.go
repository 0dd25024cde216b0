package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
)

// A module is one of the corpus.
type module struct {
	name string // for flags
	id   string // module@version; "std@" and the version of Go for the standard library
}

// modules returns the corpus: large, well kept, full of goroutines.
func modules() []module {
	return []module{
		{"std", "std@" + runtime.Version()},
		{"grpc", "google.golang.org/grpc@v1.85.0"},
		{"client-go", "k8s.io/client-go@v0.37.2"},
		{"caddy", "github.com/caddyserver/caddy/v2@v2.11.9"},
		{"containerd", "github.com/containerd/containerd/v2@v2.4.2"},
	}
}

// root returns the directory of the module's sources. The standard library is
// read where it is. Others are downloaded by the go command and copied below
// dir, as the module cache is no place to run go vet in: it is read-only, and
// a directory in it is not a main module.
func (m module) root(dir string) (string, error) {
	if m.name == "std" {
		out, err := exec.Command("go", "env", "GOROOT").Output()
		if err != nil {
			return "", fmt.Errorf("go env GOROOT: %w", err)
		}
		root := filepath.Join(string(out[:len(out)-1]), "src")
		return filepath.EvalSymlinks(root)
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	root, stamp := filepath.Join(dir, m.name), filepath.Join(dir, m.name+".version")
	if id, err := os.ReadFile(stamp); err == nil && string(id) == m.id {
		return root, nil
	}
	if err := os.RemoveAll(root); err != nil {
		return "", err
	}
	from, err := m.download()
	if err != nil {
		return "", err
	}
	if err := copyTree(root, from); err != nil {
		return "", err
	}
	return root, os.WriteFile(stamp, []byte(m.id), 0o666) // last: the copy is complete
}

// download returns the directory of the module in the module cache.
func (m module) download() (string, error) {
	cmd := exec.Command("go", "mod", "download", "-json", m.id)
	cmd.Dir = os.TempDir() // whatever main module there is has no say in this
	out, err := cmd.Output()
	var got struct{ Dir, Error string }
	if jsonErr := json.Unmarshal(out, &got); jsonErr != nil {
		return "", errors.Join(fmt.Errorf("%s: %w", cmd, err), jsonErr)
	}
	if got.Error != "" {
		return "", fmt.Errorf("%s: %s", cmd, got.Error)
	}
	return got.Dir, err
}

// copyTree copies regular files, so that the copies are writable.
func copyTree(to, from string) error {
	return filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		if d.IsDir() {
			return os.MkdirAll(target, 0o777)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(target, data, 0o666)
	})
}
