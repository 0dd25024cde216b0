// Package fix makes the changes that findings offer.
package fix

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"io"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
	"golang.org/x/tools/go/ast/astutil"

	"github.com/concvet/concvet/cmd/concvet/internal/finding"
)

// A Change is what becomes of a file.
type Change struct {
	File     string
	Old, New []byte
}

// Plan returns what becomes of files when the first fix of each finding is
// made, and the findings that are left: those without a fix, and those whose fix
// overlaps one that goes before. A fix is made as a whole or not at all. The
// function read returns the contents of files.
func Plan(findings []finding.Finding, read func(file string) ([]byte, error)) (changes []Change, left []finding.Finding, err error) {
	edits := make(map[string][]finding.Edit)
	for _, f := range findings {
		if len(f.Fixes) == 0 || !fits(edits, f.Fixes[0].Edits) {
			left = append(left, f)
			continue
		}
		for _, e := range f.Fixes[0].Edits {
			if !slices.Contains(edits[e.File], e) {
				edits[e.File] = append(edits[e.File], e)
			}
		}
	}
	for file, list := range edits {
		old, err := read(file)
		if err != nil {
			return nil, nil, err
		}
		text, err := apply(file, old, list)
		if err != nil {
			return nil, nil, err
		}
		changes = append(changes, Change{file, old, text})
	}
	slices.SortFunc(changes, func(a, b Change) int { return cmp.Compare(a.File, b.File) })
	return changes, left, nil
}

// fits reports whether edits can be made beside others. The same edit twice is
// one: two findings may have the same remedy.
func fits(others map[string][]finding.Edit, edits []finding.Edit) bool {
	for _, e := range edits {
		for _, o := range others[e.File] {
			if e != o && (e.Start < o.End && o.Start < e.End || e.Start == o.Start) {
				return false
			}
		}
	}
	return true
}

// apply makes edits, takes out imports that are of no use any more, and formats
// the file if it was.
func apply(file string, old []byte, edits []finding.Edit) ([]byte, error) {
	slices.SortFunc(edits, func(a, b finding.Edit) int { return cmp.Or(a.Start-b.Start, a.End-b.End) })
	var text []byte
	at := 0
	for _, e := range edits {
		if e.Start < at || e.End < e.Start || e.End > len(old) {
			return nil, fmt.Errorf("%s: an edit does not fit the file: has it changed meanwhile?", file)
		}
		text = append(append(text, old[at:e.Start]...), e.New...)
		at = e.End
	}
	text = append(text, old[at:]...)
	text, err := withoutUnused(file, old, text)
	if err != nil {
		return nil, err
	}
	if was, err := format.Source(old); err != nil || !bytes.Equal(was, old) {
		return text, nil
	}
	return format.Source(text)
}

// withoutUnused takes out imports that were used in the old text and are not in
// the new one.
func withoutUnused(file string, old, text []byte) ([]byte, error) {
	before, err := parser.ParseFile(token.NewFileSet(), file, old, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	fset := token.NewFileSet()
	after, err := parser.ParseFile(fset, file, text, parser.ParseComments)
	if err != nil {
		return nil, fmt.Errorf("after its fixes a file does not parse: %w", err)
	}
	had, has := qualifiers(before), qualifiers(after)
	changed := false
	for _, spec := range slices.Clone(after.Imports) {
		local, importPath := nameOf(spec)
		if !had[local] || has[local] {
			continue
		}
		name := ""
		if spec.Name != nil {
			name = spec.Name.Name
		}
		changed = astutil.DeleteNamedImport(fset, after, name, importPath) || changed
	}
	if !changed {
		return text, nil
	}
	var b bytes.Buffer
	if err := format.Node(&b, fset, after); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// qualifiers returns the names before the dot of selectors.
func qualifiers(f *ast.File) map[string]bool {
	names := make(map[string]bool)
	ast.Inspect(f, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := sel.X.(*ast.Ident); ok {
				names[id.Name] = true
			}
		}
		return true
	})
	return names
}

// nameOf returns the name under which a file knows an import, as far as the
// path tells it.
func nameOf(spec *ast.ImportSpec) (local, importPath string) {
	importPath, _ = strconv.Unquote(spec.Path.Value)
	if spec.Name != nil {
		return spec.Name.Name, importPath
	}
	local = path.Base(importPath)
	if len(local) > 1 && local[0] == 'v' && strings.Trim(local[1:], "0123456789") == "" {
		local = path.Base(path.Dir(importPath))
	}
	return local, importPath
}

// Write makes the changes.
func Write(changes []Change) error {
	for _, c := range changes {
		mode := os.FileMode(0o644)
		if info, err := os.Stat(c.File); err == nil {
			mode = info.Mode().Perm()
		}
		if err := os.WriteFile(c.File, c.New, mode); err != nil {
			return err
		}
	}
	return nil
}

// Print prints the changes as a patch. The function short shortens names.
func Print(w io.Writer, changes []Change, short func(string) string) error {
	for _, c := range changes {
		name := short(c.File)
		if _, err := w.Write(diff.Diff(name+".orig", c.Old, name, c.New)); err != nil {
			return err
		}
	}
	return nil
}
