// Package baseline lets a project adopt the command on old code: it identifies
// findings by what stays the same when lines move, so that known ones can be
// told from new ones.
package baseline

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/concvet/concvet/cmd/concvet/internal/finding"
)

// A Code shows files.
type Code interface {
	Read(file string) ([]byte, error)
	Line(file string, n int) string
}

// An Identifier tells what identifies a finding: the rule, the package, the
// enclosing function, the line of code but for white space, and, since all of
// these may be alike, a number.
type Identifier struct {
	code  Code
	funcs map[string][]span
	seen  map[string]int // how often a finding was identified by all but its number
	ids   map[place]string
}

type span struct {
	from, to int // lines
	name     string
}

// A place tells findings of a run apart.
type place struct {
	rule, pkg string
	pos       finding.Position
	message   string
}

// NewIdentifier returns an identifier. It must see findings of one package in
// the order of their positions.
func NewIdentifier(code Code) *Identifier {
	return &Identifier{code, make(map[string][]span), make(map[string]int), make(map[place]string)}
}

// ID returns what identifies f: one line of text.
func (i *Identifier) ID(f *finding.Finding) string {
	at := place{f.Rule, f.Package, f.Pos, f.Message}
	if id, ok := i.ids[at]; ok {
		return id
	}
	line := strings.Join(strings.Fields(i.code.Line(f.Pos.File, f.Pos.Line)), " ")
	id := strings.Join([]string{f.Rule, f.Package, i.function(f.Pos), line}, "\t")
	i.seen[id]++
	id += "\t" + strconv.Itoa(i.seen[id])
	i.ids[at] = id
	return id
}

// Fingerprint returns the identity in a form of fixed length.
func (i *Identifier) Fingerprint(f *finding.Finding) string {
	sum := sha256.Sum256([]byte(i.ID(f)))
	return hex.EncodeToString(sum[:16])
}

// function returns the name of the function around a position, and "-" if there
// is none.
func (i *Identifier) function(p finding.Position) string {
	spans, ok := i.funcs[p.File]
	if !ok {
		spans = i.functions(p.File)
		i.funcs[p.File] = spans
	}
	for _, s := range spans {
		if s.from <= p.Line && p.Line <= s.to {
			return s.name
		}
	}
	return "-"
}

func (i *Identifier) functions(file string) []span {
	text, err := i.code.Read(file)
	if err != nil {
		return nil
	}
	fset := token.NewFileSet()
	f, _ := parser.ParseFile(fset, file, text, parser.SkipObjectResolution)
	if f == nil {
		return nil
	}
	var spans []span
	for _, d := range f.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok {
			line := func(pos token.Pos) int { return fset.PositionFor(pos, false).Line }
			spans = append(spans, span{line(fn.Pos()), line(fn.End()), nameOf(fn)})
		}
	}
	return spans
}

// nameOf returns "f" or "T.f".
func nameOf(fn *ast.FuncDecl) string {
	if fn.Recv == nil || len(fn.Recv.List) == 0 {
		return fn.Name.Name
	}
	t := fn.Recv.List[0].Type
	for {
		switch x := t.(type) {
		case *ast.StarExpr:
			t = x.X
		case *ast.ParenExpr:
			t = x.X
		case *ast.IndexExpr:
			t = x.X
		case *ast.IndexListExpr:
			t = x.X
		case *ast.Ident:
			return x.Name + "." + fn.Name.Name
		default:
			return fn.Name.Name
		}
	}
}

// A File holds the identities of known findings.
type File map[string]bool

// header is the first line of a file, so that whoever meets it knows.
const header = "# Findings of concvet that are known. Columns: rule, package, function, code, number. Written by concvet -baseline=FILE -write-baseline."

// Read reads a file.
func Read(name string) (File, error) {
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: write it with -write-baseline", err)
	} else if err != nil {
		return nil, err
	}
	defer f.Close()
	known := make(File)
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimRight(lines.Text(), "\r")
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.Count(line, "\t") != 4:
			return nil, fmt.Errorf("%s:%d: not a line of a baseline", name, n)
		default:
			known[line] = true
		}
	}
	return known, lines.Err()
}

// Write writes a file with the identities of findings, sorted.
func Write(name string, ids []string) error {
	ids = slices.Sorted(slices.Values(ids))
	return os.WriteFile(name, []byte(strings.Join(append([]string{header}, ids...), "\n")+"\n"), 0o666)
}
