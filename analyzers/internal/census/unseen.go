package census

import (
	"bytes"
	"go/ast"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// unseen is what the pass does not show: the files of the directory that are
// not part of it, and what other packages can name.
type unseen struct {
	pkg   *types.Package
	words map[string]bool // that occur in files which are not part of the pass
	// of these, those that may be fields, and types of literals without keys
	selected, literals map[string]bool
	all                bool // nothing is known of such files
	api                map[*types.TypeName]bool
}

// newUnseen reads the files next to those of the pass: tests, code for other
// systems, assembly.
func newUnseen(pass *analysis.Pass) *unseen {
	u := &unseen{
		pkg: pass.Pkg, words: map[string]bool{}, selected: map[string]bool{}, literals: map[string]bool{},
		api: map[*types.TypeName]bool{},
	}
	in := map[string]bool{}
	dir := ""
	for _, f := range pass.Files {
		file := pass.Fset.File(f.FileStart).Name()
		in[filepath.Base(file)], dir = true, filepath.Dir(file)
	}
	others := slices.Concat(pass.IgnoredFiles, pass.OtherFiles)
	if entries, err := os.ReadDir(dir); err == nil {
		for _, e := range entries {
			others = append(others, filepath.Join(dir, e.Name()))
		}
	}
	slices.Sort(others)
	for _, name := range slices.Compact(others) {
		switch filepath.Ext(name) {
		case ".go", ".s", ".c", ".h":
			if !in[filepath.Base(name)] {
				u.read(name)
			}
		}
	}
	for _, f := range pass.Files {
		u.linked(f)
	}
	u.exported()
	return u
}

// read notes the words of a file. Those of a Go file of another package do not
// count: an external test can name only what is exported.
func (u *unseen) read(name string) {
	text, err := os.ReadFile(name)
	if err != nil {
		u.all = true
		return
	}
	if strings.HasSuffix(name, ".go") && packageName(text) != u.pkg.Name() {
		return
	}
	u.scan(text)
}

// scan notes the words of a file, and which of them stand where only the name of
// a field or method can, or the type of a literal that does not name its fields.
func (u *unseen) scan(text []byte) {
	start := -1
	for i := 0; i <= len(text); i++ {
		if i < len(text) && isWord(text[i]) {
			if start < 0 {
				start = i
			}
			continue
		}
		if start < 0 {
			continue
		}
		word := string(text[start:i])
		u.words[word] = true
		before := bytes.TrimRight(text[max(0, start-40):start], " \t\n")
		after := bytes.TrimLeft(text[i:min(len(text), i+200)], " \t\n")
		if bytes.HasSuffix(before, []byte(".")) || bytes.HasPrefix(after, []byte(":")) && !bytes.HasPrefix(after, []byte(":=")) {
			u.selected[word] = true
		}
		if bytes.HasPrefix(after, []byte("{")) && unkeyed(after[1:]) {
			u.literals[word] = true
		}
		start = -1
	}
}

// unkeyed reports whether the elements of a literal may come without keys.
func unkeyed(body []byte) bool {
	body = bytes.TrimLeft(body, " \t\n")
	n := 0
	for n < len(body) && isWord(body[n]) {
		n++
	}
	rest := bytes.TrimLeft(body[n:], " \t\n")
	return !(n > 0 && bytes.HasPrefix(rest, []byte(":")) || bytes.HasPrefix(body, []byte("}")))
}

// linked notes what other packages use by linkname.
func (u *unseen) linked(f *ast.File) {
	for _, group := range f.Comments {
		for _, c := range group.List {
			if rest, ok := strings.CutPrefix(c.Text, "//go:linkname "); ok {
				name, _, _ := strings.Cut(rest, " ")
				u.words[name] = true
			}
		}
	}
}

// packageName returns the name in the package clause of a Go file, as far as
// lines tell.
func packageName(text []byte) string {
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "package "); ok {
			name, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
			return name
		}
	}
	return ""
}

func isWord(c byte) bool {
	return c == '_' || c >= 0x80 || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// field reports whether code that is not seen can name field f of a struct
// type. A field of a type without a name is any that has this name.
func (u *unseen) field(st types.Type, f *types.Var) bool {
	if e := elem(st); e != nil {
		st = e
	}
	n, ok := types.Unalias(st).(*types.Named)
	if !ok || u.all || u.selected[f.Name()] || u.literals[n.Obj().Name()] || f.Pkg() != u.pkg {
		return true
	}
	return f.Exported() && u.pkg.Name() != "main" && u.api[n.Origin().Obj()]
}

// function reports whether a function that this pass does not call otherwise
// may be called in a file that is not part of it.
func (u *unseen) function(name string) bool { return u.all || u.words[name] }

// exported finds the types that other packages can get values of.
func (u *unseen) exported() {
	scope := u.pkg.Scope()
	seen := map[types.Type]bool{}
	for _, name := range scope.Names() {
		obj := scope.Lookup(name)
		if !obj.Exported() {
			continue
		}
		u.reach(obj.Type(), seen)
	}
}

// reach notes the types that a value of type t leads to.
func (u *unseen) reach(t types.Type, seen map[types.Type]bool) {
	if t == nil || seen[t] {
		return
	}
	seen[t] = true
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		if t.Obj().Pkg() != u.pkg {
			for a := range t.TypeArgs().Types() {
				u.reach(a, seen)
			}
			return
		}
		u.api[t.Origin().Obj()] = true
		for m := range t.Origin().Methods() {
			if m.Exported() {
				u.reach(m.Type(), seen)
			}
		}
		u.reach(t.Underlying(), seen)
	case *types.Struct:
		for f := range t.Fields() {
			if f.Exported() || f.Embedded() {
				u.reach(f.Type(), seen)
			}
		}
	case *types.Pointer:
		u.reach(t.Elem(), seen)
	case *types.Slice:
		u.reach(t.Elem(), seen)
	case *types.Array:
		u.reach(t.Elem(), seen)
	case *types.Chan:
		u.reach(t.Elem(), seen)
	case *types.Map:
		u.reach(t.Key(), seen)
		u.reach(t.Elem(), seen)
	case *types.Signature:
		u.reach(t.Params(), seen)
		u.reach(t.Results(), seen)
	case *types.Tuple:
		for v := range t.Variables() {
			u.reach(v.Type(), seen)
		}
	case *types.Interface:
		for m := range t.Methods() {
			u.reach(m.Type(), seen)
		}
	}
}
