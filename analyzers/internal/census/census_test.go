package census_test

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/concvet/concvet/analyzers/internal/census"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// take makes the census of a package that imports nothing but the standard
// library.
func take(t *testing.T, src string) (*summary.Package, *census.Result) {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, t.TempDir()+"/a.go", src, parser.SkipObjectResolution|parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Instances: map[*ast.Ident]types.Instance{}, Scopes: map[ast.Node]*types.Scope{},
		Selections: map[*ast.SelectorExpr]*types.Selection{}, FileVersions: map[*ast.File]string{},
	}
	conf := types.Config{Importer: importer.Default()}
	pkg, err := conf.Check("example.com/"+f.Name.Name, fset, []*ast.File{f}, info)
	if err != nil {
		t.Fatal(err)
	}
	p := &summary.Package{Pass: &analysis.Pass{
		Analyzer: summary.Analyzer, Fset: fset, Files: []*ast.File{f}, Pkg: pkg, TypesInfo: info,
		TypesSizes: types.SizesFor("gc", "amd64"), ResultOf: map[*analysis.Analyzer]any{},
		Report:            func(analysis.Diagnostic) {},
		ExportObjectFact:  func(types.Object, analysis.Fact) {},
		ImportObjectFact:  func(types.Object, analysis.Fact) bool { return false },
		ExportPackageFact: func(analysis.Fact) {},
		ImportPackageFact: func(*types.Package, analysis.Fact) bool { return false },
	}}
	p.Finish()
	for _, f := range p.Failures {
		t.Error(f)
	}
	return p, census.Take(p)
}

// describe says, for each object, its capacity if it is a channel, the
// operations on it and who else may have a say.
func describe(r *census.Result) string {
	var out []string
	for _, o := range r.Objects() {
		c := r.Object(o)
		line := ""
		if o.Sort == census.Chan {
			line = fmt.Sprintf("%d", o.Cap)
		}
		for _, op := range c.Ops {
			line += " " + op.Kind.String()
		}
		switch o.Outside {
		case 0:
		case census.All:
			line += " all"
		case census.MayRecv:
			line += " recv"
		case census.MaySend | census.MayClose:
			line += " send"
		default:
			line += fmt.Sprintf(" outside=%d", o.Outside)
		}
		for _, f := range []struct {
			on   bool
			name string
		}{{c.Open, "open"}, {o.Global, "global"}, {o.Checked, "checked"}, {o.Copied, "copied"}} {
			if f.on {
				line += " " + f.name
			}
		}
		out = append(out, strings.TrimSpace(line))
	}
	return strings.Join(out, "; ")
}

var cases = []struct{ name, want, src string }{
	{"local", "0 Recv Send", `func f() { c := make(chan int); go func() { c <- 1 }(); <-c }`},
	{"captured and stored twice", "0 Recv Send; 1 Recv Send", `func f(b bool) {
		c := make(chan int)
		if b { c = make(chan int, 1) }
		go func() { c <- 1 }()
		<-c
	}`},
	{"parameter", "3 Close Recv; 0 Recv", `
		func f() { c := make(chan int, 3); go worker(c); close(c) }
		func g() { worker(make(chan int)) }
		func worker(c chan int) { for range c { } }`},
	{"field", "0 Send Recv; 0 Close", `
		type t struct { c, stop chan int }
		func newT() *t { x := &t{c: make(chan int)}; x.stop = make(chan int); return x }
		func (x *t) put() { x.c <- 1 }
		func (x *t) get() int { return <-x.c }
		func (x *t) end() { close(x.stop) }`},
	{"direction of a result", "0 Send recv; 0 Recv send; 0 Send all", `
		func F() <-chan int { c := make(chan int); go func() { c <- 1 }(); return c }
		func G() chan<- int { c := make(chan int); go func() { <-c }(); return c }
		func H() chan int { c := make(chan int); go func() { c <- 1 }(); return c }`},
	{"result of a function of the package", "0 Send Recv", `
		func start() <-chan int { c := make(chan int); go func() { c <- 1 }(); return c }
		func use() { <-start() }`},
	{"exported field", "0 Send all; 0 Send", `
		type T struct { C, c chan int }
		func NewT() *T { x := &T{C: make(chan int), c: make(chan int)}; x.C <- 1; x.c <- 1; return x }`},
	{"exported field of a hidden type", "0 Send", `
		type t struct { C chan int }
		func f() { x := &t{C: make(chan int)}; x.C <- 1 }`},
	{"containers", "0 Send Recv; 0 Recv", `
		func f(n int) {
			var cs []chan int
			for range n { cs = append(cs, make(chan int)) }
			for _, c := range cs { c <- 1 }
			m := map[string]chan int{}
			m["a"] = cs[0]
			<-m["b"]
			d := map[string]chan int{"a": make(chan int)}
			<-d["a"]
		}`},
	{"channel of channels", "0 Send Recv; 0 Recv Send", `
		type req struct { reply chan int }
		func f(c chan req) { c = make(chan req); go func() { r := <-c; r.reply <- 1 }(); r := req{make(chan int)}; c <- r; <-r.reply }`},
	{"channel of channels, plain", "0 Send Recv; 0 Recv Send", `
		func f() { c := make(chan chan int); go func() { r := <-c; r <- 1 }(); r := make(chan int); c <- r; <-r }`},
	{"package-level", "0 Recv global", `var c = make(chan int); func f() { <-c }`},
	{"interface", "0 Send all", `func f() any { c := make(chan int); c <- 1; return c }`},
	{"unknown call", "0 Send all", `func f(g func(chan int)) { c := make(chan int); g(c); c <- 1 }`},
	{"nil check", "0 Send checked", `
		type t struct { c chan int }
		func f() *t { return &t{make(chan int)} }
		func (x *t) g() { if x.c != nil { x.c <- 1 } }`},
	{"select", "0 Recv; 0 Send", `func f() { a, b := make(chan int), make(chan int); select { case <-a: case b <- 1: } }`},
	{"WaitGroup", "WGAdd WGWait WGDone", `func f() { var wg sync.WaitGroup; wg.Add(1); go func() { defer wg.Done() }(); wg.Wait() }`},
	{"WaitGroup in a field", "WGAdd WGDone", `
		type t struct { wg sync.WaitGroup }
		func (x *t) f() { x.wg.Add(1); go g(&x.wg) }
		func g(wg *sync.WaitGroup) { wg.Done() }`},
	{"Cond", "CondWait CondSignal", `
		type t struct { mu sync.Mutex; c *sync.Cond }
		func newT() *t { x := &t{}; x.c = sync.NewCond(&x.mu); return x }
		func (x *t) f() { x.mu.Lock(); x.c.Wait(); x.mu.Unlock(); x.c.Signal() }`},
	{"cancel", "Cancel; 0 Recv", `func f(ctx context.Context) { ctx, cancel := context.WithCancel(ctx); defer cancel(); <-ctx.Done() }`},
	{"cancel in a field", "; 0", `
		type t struct { cancel func() }
		func f(ctx context.Context) *t { _, cancel := context.WithCancel(ctx); return &t{cancel} }`},
	{"method that others may call", "0 Send all; 0 Send", `
		type t struct { c chan int }
		func (x *t) Chan() chan int { return x.c }
		func (x *t) hidden() chan int { return nil }
		func F() interface{ Chan() chan int } { x := &t{make(chan int)}; x.c <- 1; d := make(chan int); d <- 1; return x }`},
	{"generic", "0 Send Recv", `
		type q[T any] struct { c chan T }
		func newQ[T any]() *q[T] { return &q[T]{c: make(chan T)} }
		func (x *q[T]) put(v T) { x.c <- v }
		func f() { x := newQ[int](); go x.put(1); <-x.c }`},
	{"structs converted", "0 Send Recv", `
		type a struct { c chan int }
		type b struct { c chan int }
		func f() { x := a{make(chan int)}; y := b(x); x.c <- 1; <-y.c }`},
	{"signal", "1 Recv outside=1", `func f() { c := make(chan os.Signal, 1); signal.Notify(c); <-c }`},
}

func TestObjects(t *testing.T) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			src := "package a\n"
			for _, imp := range []string{"context", "sync", "os", "os/signal"} {
				if strings.Contains(c.src, imp[strings.LastIndex(imp, "/")+1:]+".") {
					src += fmt.Sprintf("import %q\n", imp)
				}
			}
			_, r := take(t, src+c.src)
			if got := describe(r); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// TestGoroutines: an operation runs in the goroutines that lead to it.
func TestGoroutines(t *testing.T) {
	_, r := take(t, `package a
		func F(c chan int) { c = make(chan int); go worker(c); step(c) }
		func worker(c chan int) { step(c); <-c }
		func step(c chan int) { c <- 1 }`)
	var got []string
	for _, o := range r.Ops() {
		calls, other := r.Goroutines(o.Fn)
		line := o.Kind.String()
		for _, c := range calls {
			line += " " + c.Ev.Callee.Fn.Name()
		}
		got = append(got, fmt.Sprint(line, " ", other))
	}
	if want := []string{"Recv worker false", "Send worker true"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
