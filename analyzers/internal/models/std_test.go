package models

import (
	"flag"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite std.txt from go list std")

// goList returns the packages of the standard library for the platform of the
// environment entries env.
func goList(t *testing.T, env []string) []string {
	t.Helper()
	cmd := exec.Command("go", "list", "std")
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list std: %v", err)
	}
	return strings.Fields(string(out))
}

// TestStdList fails when the running Go has a package that std.txt lacks.
// Packages of other platforms and versions stay in the list.
func TestStdList(t *testing.T) {
	if *update {
		writeStdList(t)
		return // std.txt is embedded in the next build
	}
	for _, path := range goList(t, nil) {
		if !IsStd(path) {
			t.Errorf("%s is not in std.txt: run go generate", path)
		}
	}
	if lines := strings.Fields(stdList); !slices.IsSorted(lines) || len(slices.Compact(lines)) != len(std()) {
		t.Error("std.txt is not sorted or has duplicates: run go generate")
	}
}

func writeStdList(t *testing.T) {
	all := strings.Fields(stdList)
	for _, platform := range []string{
		"linux/amd64", "linux/arm64", "darwin/arm64", "windows/amd64", "freebsd/amd64",
		"solaris/amd64", "aix/ppc64", "plan9/amd64", "js/wasm", "wasip1/wasm",
	} {
		goos, goarch, _ := strings.Cut(platform, "/")
		for _, cgo := range []string{"0", "1"} {
			env := []string{"GOOS=" + goos, "GOARCH=" + goarch, "CGO_ENABLED=" + cgo}
			all = append(all, goList(t, env)...)
		}
	}
	slices.Sort(all)
	text := strings.Join(slices.Compact(all), "\n") + "\n"
	if err := os.WriteFile("std.txt", []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestIsStd(t *testing.T) {
	for path, want := range map[string]bool{
		"sync":                           true,
		"sync/atomic":                    true,
		"sync [sync.test]":               true,
		"internal/poll":                  true,
		"internal/syscall/windows":       true,
		"syscall/js":                     true,
		"unsafe":                         true,
		"vendor/golang.org/x/net/idna":   true,
		"golang.org/x/net/idna":          false,
		"golang.org/x/sync/errgroup":     false,
		"bench":                          false,
		"bench/sync":                     false,
		"sync/mine":                      false,
		"cmd/go":                         false,
		"main":                           false,
		"":                               false,
		"example.com/vendor/sync/atomic": false,
	} {
		if got := IsStd(path); got != want {
			t.Errorf("IsStd(%q) = %v, want %v", path, got, want)
		}
	}
}

// isPublic reports whether programs can import a package of the standard
// library.
func isPublic(path string) bool {
	return !strings.HasPrefix(path, "vendor/") && !slices.Contains(strings.Split(path, "/"), "internal")
}

// TestEveryPackageHasDefault fails when a new Go version adds a package.
func TestEveryPackageHasDefault(t *testing.T) {
	for _, path := range goList(t, nil) {
		if _, ok := packageEffect()[path]; !ok && isPublic(path) {
			t.Errorf("package %s has no default effect", path)
		}
	}
	seen := make(map[string]bool)
	for _, group := range packageEffects {
		for path := range strings.FieldsSeq(group.paths) {
			if seen[path] {
				t.Errorf("package %s has two default effects", path)
			}
			seen[path] = true
			if !IsStd(path) {
				t.Errorf("package %s has a default effect and does not exist", path)
			}
		}
	}
}

func TestOfPackage(t *testing.T) {
	for _, test := range []struct {
		path  string
		e     Effect
		known bool
	}{
		{"strconv", memory, true},
		{"net/http", slowIO, true},
		{"internal/poll", Unknown, true},
		{"example.com/x", Unknown, false},
		{"bench", Unknown, false},
	} {
		if e, known := OfPackage(test.path); e != test.e || known != test.known {
			t.Errorf("OfPackage(%q) = %v, %v, want %v, %v", test.path, e, known, test.e, test.known)
		}
	}
}
