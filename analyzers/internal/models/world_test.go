package models

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// A world holds the functions that programs can call, by key.
type world map[key]*types.Func

// stdWorld is the exported API of the running Go's standard library.
func stdWorld(t *testing.T) world {
	t.Helper()
	imp := newStdImporter(t)
	w := make(world)
	for path := range imp.files {
		if isPublic(path) {
			w.add(imp.mustImport(t, path))
		}
	}
	return w
}

// A stdImporter type-checks the declarations of the standard library from
// source, each package once for all tests: export data would have to be
// compiled first, which takes a minute on a machine with an empty cache.
type stdImporter struct {
	fset  *token.FileSet
	files map[string][]string // by package path
	pkgs  map[string]*types.Package
}

var loadStd = sync.OnceValues(func() (*stdImporter, error) {
	// Without cgo no package needs generated files.
	cmd := exec.Command("go", "list", "-f", "{{.ImportPath}}\t{{.Dir}}\t{{range .GoFiles}}{{.}} {{end}}", "std")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list std: %w", err)
	}
	imp := &stdImporter{token.NewFileSet(), make(map[string][]string), map[string]*types.Package{"unsafe": types.Unsafe}}
	for line := range strings.Lines(string(out)) {
		field := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		for name := range strings.FieldsSeq(field[2]) {
			imp.files[field[0]] = append(imp.files[field[0]], filepath.Join(field[1], name))
		}
	}
	return imp, nil
})

func newStdImporter(t *testing.T) *stdImporter {
	t.Helper()
	imp, err := loadStd()
	if err != nil {
		t.Fatal(err)
	}
	return imp
}

func (imp *stdImporter) mustImport(t *testing.T, path string) *types.Package {
	t.Helper()
	pkg, err := imp.Import(path)
	if err != nil {
		t.Fatal(err)
	}
	return pkg
}

// Import implements types.Importer.
func (imp *stdImporter) Import(path string) (*types.Package, error) {
	if _, ok := imp.files["vendor/"+path]; ok {
		path = "vendor/" + path
	}
	if pkg := imp.pkgs[path]; pkg != nil {
		return pkg, nil
	}
	pkg, err := check(imp, path, imp.files[path]...)
	imp.pkgs[path] = pkg
	return pkg, err
}

// check type-checks the declarations of a package.
func check(imp *stdImporter, path string, names ...string) (*types.Package, error) {
	var files []*ast.File
	for _, name := range names {
		file, err := parser.ParseFile(imp.fset, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	conf := types.Config{Importer: imp, IgnoreFuncBodies: true}
	return conf.Check(path, imp.fset, files, nil)
}

// add collects what is exported by pkg: functions, and the methods of exported
// types and variables.
func (w world) add(pkg *types.Package) {
	collect := func(t types.Type) {
		if !types.IsInterface(t) {
			t = types.NewPointer(t)
		}
		for sel := range types.NewMethodSet(t).Methods() {
			w.addFunc(pkg, sel.Obj().(*types.Func))
		}
	}
	for _, name := range pkg.Scope().Names() {
		switch obj := pkg.Scope().Lookup(name).(type) {
		case *types.Func:
			w.addFunc(pkg, obj)
		case *types.TypeName:
			if obj.Exported() {
				collect(obj.Type())
			}
		case *types.Var:
			if _, ok := types.Unalias(obj.Type()).(*types.Named); ok && obj.Exported() {
				collect(obj.Type())
			}
		}
	}
}

func (w world) addFunc(pkg *types.Package, fn *types.Func) {
	if k, ok := keyOf(fn); ok && fn.Exported() && fn.Pkg() == pkg {
		w[k] = fn
	}
}

// xsyncWorld is the API of golang.org/x/sync, which is not a dependency of this
// module: its signatures are in testdata.
func xsyncWorld(t *testing.T) world {
	t.Helper()
	imp := newStdImporter(t)
	w := make(world)
	for _, name := range []string{"errgroup", "semaphore", "singleflight"} {
		pkg, err := check(imp, "golang.org/x/sync/"+name, filepath.Join("testdata", "xsync", name+".go"))
		if err != nil {
			t.Fatal(err)
		}
		w.add(pkg)
	}
	return w
}
