package report

import (
	"go/ast"
	"go/parser"
	"go/token"
	"testing"

	"golang.org/x/tools/go/analysis"
)

// TestStatements takes out g() of a function's text, and puts h() behind it:
// what people wrote stays.
func TestStatements(t *testing.T) {
	for _, tc := range []struct{ body, removed, taken, moved, after string }{
		{"\n\tg()\n", "\n", "\n", "h()", "\n\tg()\nh()\n"},
		{"\n\tg() // why\n", "\n\t// why\n", "\n", "h() // why", "\n\tg() // why\nh()\n"},
		{"\n\tg() /* why */ \n", "\n\t/* why */ \n", "\n", "h() /* why */", "\n\tg() /* why */\nh() \n"},
		{"\n\tg() //nolint:all // why\n", "\n", "\n", "h() //nolint:all // why", "\n\tg() //nolint:all // why\nh()\n"},
		{"\n\tg() //concvet:ignore race why\n", "\n", "\n", "h() //concvet:ignore race why", "\n\tg() //concvet:ignore race why\nh()\n"},
		{"\n\tg(\n\t) // why\n\t// more\n", "\n\t// why\n\t// more\n", "\n\t// more\n", "h() // why", "\n\tg(\n\t) // why\nh()\n\t// more\n"},
		{"\n\tg(); f() // why\n", "\n\t f() // why\n", "\n\t f() // why\n", "h()", "\n\tg()\nh(); f() // why\n"},
		{"\n\tf(); g() // why\n", "\n\tf() // why\n", "\n\tf() // why\n", "h()", "\n\tf(); g() // why\nh()\n"},
		{" g() ", "  ", "  ", "h()", " g()\nh() "},
	} {
		src := "package p\n\nfunc f() {" + tc.body + "}\n"
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, "p.go", src, 0)
		if err != nil {
			t.Fatal(err)
		}
		var stmt ast.Stmt
		ast.Inspect(f, func(n ast.Node) bool {
			if s, ok := n.(*ast.ExprStmt); ok && s.X.(*ast.CallExpr).Fun.(*ast.Ident).Name == "g" {
				stmt = s
			}
			return true
		})
		pass := &analysis.Pass{Fset: fset, ReadFile: func(string) ([]byte, error) { return []byte(src), nil }}
		check := func(what string, e analysis.TextEdit, want string) {
			t.Helper()
			file := fset.File(f.Pos())
			got := src[:file.Offset(e.Pos)] + string(e.NewText) + src[file.Offset(e.End):]
			if want = "package p\n\nfunc f() {" + want + "}\n"; got != want {
				t.Errorf("%q %s: %q, want %q", tc.body, what, got, want)
			}
		}
		edit, ok := Remove(pass, stmt)
		check("removed", edit, tc.removed)
		cut, moved, taken := Take(pass, stmt, "h()")
		check("taken", cut, tc.taken)
		check("after", InsertAfter(pass, stmt, "h()"), tc.after)
		if !ok || !taken || moved != tc.moved {
			t.Errorf("%q: %v, %v, moved %q, want %q", tc.body, ok, taken, moved, tc.moved)
		}
		pass.ReadFile = nil // as under Bazel
		if _, ok := Remove(pass, stmt); ok {
			t.Error("removed in a file that cannot be read")
		}
	}
}

func TestIndent(t *testing.T) {
	const src = "package p\n\nfunc f() {\n\tif true {\n\t\tf()\n\t}\n}\n"
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "p.go", src, 0)
	if err != nil {
		t.Fatal(err)
	}
	pass := &analysis.Pass{Fset: fset, ReadFile: func(string) ([]byte, error) { return []byte(src), nil }}
	file := fset.File(f.Pos())
	for _, tc := range []struct {
		line      int
		text, got string
	}{
		{5, "g()\n", "g()\n\t\t"},
		{4, "\n\tg()", "\n\t\tg()"},
		{3, "a\nb\n", "a\nb\n"},
		{5, "g", "g"},
	} {
		in := []analysis.TextEdit{{Pos: file.LineStart(tc.line) + 3, NewText: []byte(tc.text)}}
		if got := string(Indent(pass, in)[0].NewText); got != tc.got {
			t.Errorf("line %d: %q becomes %q, want %q", tc.line, tc.text, got, tc.got)
		}
		if string(in[0].NewText) != tc.text {
			t.Errorf("line %d: the edit itself has changed", tc.line)
		}
	}
}
