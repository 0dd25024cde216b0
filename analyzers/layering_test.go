package analyzers_test

import (
	"go/parser"
	"go/token"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const ours = "github.com/concvet/concvet/"

// layers are the packages below analyzers/, lowest first. A package imports
// only what is in lower layers, hence nothing of its own: rules do not import
// each other, and report knows nothing of the engine. A new package of the
// engine is added here, where it belongs.
var layers = [][]string{
	{"internal/place", "internal/models", "internal/report"},
	{"internal/skeleton"},
	{"internal/dataflow"},
	{"internal/lockset"},
	{"internal/summary"},
	{"internal/census"},
	{"internal/scope"},
	{"internal/explore"},
	{"internal/rule"},
	{"internal/findings"}, // and the rules
	{"."},                 // the façades
	{"internal/conctest", "internal/gen"},
}

// layerOf returns the layer of the package in a directory below analyzers/, or
// -1 if it has none.
func layerOf(dir string, rules []string) int {
	if slices.Contains(rules, dir) {
		dir = "internal/findings"
	}
	return slices.IndexFunc(layers, func(l []string) bool { return slices.Contains(l, dir) })
}

// TestLayering: arrows go one way, and the analyzers need nothing but the
// standard library and x/tools.
func TestLayering(t *testing.T) {
	rules := ruleDirs(t)
	goFiles(t, ".", func(file string) {
		dir := path.Dir(file)
		from := layerOf(dir, rules)
		if from < 0 {
			t.Errorf("%s: package %s is in no layer", file, dir)
			return
		}
		for _, imported := range importsOf(t, file) {
			rel, inModule := strings.CutPrefix(imported+"/", ours+"analyzers/")
			rel = path.Clean(rel)
			first, _, _ := strings.Cut(imported, "/")
			switch {
			case strings.HasPrefix(imported, ours) && !inModule:
				t.Errorf("%s imports %s, which is not below analyzers/", file, imported)
			case inModule && rel == dir:
				// An external test imports what it tests.
			case inModule && strings.HasSuffix(file, "_test.go"):
				// Tests build on whatever they need: go list would show a cycle.
			case inModule && layerOf(rel, rules) >= from:
				t.Errorf("%s imports %s, which is not in a lower layer", file, imported)
			case !inModule && strings.Contains(first, ".") && !strings.HasPrefix(imported, "golang.org/x/tools/"):
				t.Errorf("%s imports %s: neither standard library nor x/tools", file, imported)
			}
		}
	})
}

// TestCommands: commands know no single rule, only the list of all.
func TestCommands(t *testing.T) {
	goFiles(t, "../cmd", func(file string) {
		for _, imported := range importsOf(t, file) {
			if rel, ok := strings.CutPrefix(imported, ours+"analyzers/"); ok {
				t.Errorf("%s imports the rule %s: use package analyzers", file, rel)
			}
		}
	})
}

// importsOf returns the import paths of a file.
func importsOf(t *testing.T, file string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, spec := range f.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, imported)
	}
	return paths
}
