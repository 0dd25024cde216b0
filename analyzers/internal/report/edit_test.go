package report

import (
	"go/parser"
	"go/token"
	"testing"

	"golang.org/x/tools/go/analysis"
)

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
