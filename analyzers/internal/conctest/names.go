package conctest

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A region is the lines of a declaration that findings can be in.
type region struct {
	file     string
	from, to int
	unit     string // what is named bad…, ok…, fp… or fn…: a function, a type for its methods, a directory for main
	class    string // "bad", "ok", "fp", "fn", or "" for other names
}

func (r region) compare(s region) int {
	return cmp.Or(cmp.Compare(r.file, s.file), cmp.Compare(r.from, s.from))
}

// checkNames checks that names say what a fixture shows: a function bad… holds
// a mistake that is reported, ok… none, fp… is reported though it is right and
// fn… is wrong though nothing is reported. The first two are what the rule
// promises, the others its known errors. Of a method whose name says nothing
// the name of the type counts, for main and init that of the directory. Other
// functions are material for these, and nothing is reported in them.
func checkNames(regions []region, found []finding) []string {
	var problems []string
	hit := map[string]bool{}
	for _, f := range found {
		in := false
		for _, r := range regions {
			if r.file != f.file || f.line < r.from || r.to < f.line {
				continue
			}
			in = true
			if r.class != "bad" && r.class != "fp" {
				problems = append(problems, fmt.Sprintf("%s: finding in %s, which is not named bad… or fp…: %s", f.posn(), r.unit, f.message))
			}
			hit[r.file+" "+r.unit] = true
		}
		if !in {
			problems = append(problems, fmt.Sprintf("%s: finding outside of functions: %s", f.posn(), f.message))
		}
	}
	told := map[string]bool{}
	for _, r := range regions {
		key := r.file + " " + r.unit
		if (r.class == "bad" || r.class == "fp") && !hit[key] && !told[key] {
			told[key] = true
			problems = append(problems, fmt.Sprintf("%s:%d: no finding in %s", r.file, r.from, r.unit))
		}
	}
	return problems
}

// regionsOf returns the regions of a file, whose name is relative to the
// fixtures.
func regionsOf(name string, fset *token.FileSet, f *ast.File) []region {
	var regions []region
	add := func(n ast.Node, unit, class string) {
		from, to := fset.Position(n.Pos()).Line, fset.Position(n.End()).Line
		regions = append(regions, region{file: name, from: from, to: to, unit: unit, class: class})
	}
	for _, decl := range f.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if n := decl.Name.Name; decl.Recv == nil && (n == "main" || n == "init") {
				dir := path.Base(path.Dir(name))
				add(decl, n+" of "+dir, dirClass(dir))
				break
			}
			unit := unitOf(decl)
			add(decl, unit, classOf(unit))
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				if spec, ok := spec.(*ast.ValueSpec); ok {
					unit := spec.Names[0].Name
					add(spec, unit, classOf(unit))
				}
			}
		}
	}
	return regions
}

// unitOf returns the name that classifies a function: its own, or if that says
// nothing the one of its receiver's type.
func unitOf(decl *ast.FuncDecl) string {
	name := decl.Name.Name
	if decl.Recv == nil || classOf(name) != "" {
		return name
	}
	recv := decl.Recv.List[0].Type
	for {
		switch t := recv.(type) {
		case *ast.StarExpr:
			recv = t.X
		case *ast.ParenExpr:
			recv = t.X
		case *ast.IndexExpr:
			recv = t.X
		case *ast.IndexListExpr:
			recv = t.X
		case *ast.Ident:
			return t.Name
		default:
			return name
		}
	}
}

// classes are the words that names start with.
var classes = []string{"bad", "ok", "fp", "fn"}

// dirClass returns what the name of a directory says. There words run together.
func dirClass(dir string) string {
	for _, class := range classes {
		if strings.HasPrefix(dir, class) {
			return class
		}
	}
	return ""
}

// classOf returns what a name says, which must be followed by a new word:
// badAdd and TestBadAdd are bad, badge is nothing.
func classOf(name string) string {
	for _, prefix := range []string{"Test", "Benchmark", "Fuzz", "Example"} {
		if rest, ok := strings.CutPrefix(name, prefix); ok && rest != "" {
			name = rest
		}
	}
	for _, class := range classes {
		if len(name) < len(class) || !strings.EqualFold(name[:len(class)], class) {
			continue
		}
		next, _ := utf8.DecodeRuneInString(name[len(class):])
		if len(name) == len(class) || !unicode.IsLower(next) {
			return class
		}
	}
	return ""
}
