package models

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"testing"
)

// The call in each function of this program is what TestOf looks up.
const program = `package p

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"os"
	"sort"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

type embeds struct {
	sync.RWMutex
	*testing.T
}

type alias = sync.Mutex

type mine struct{ sync.Mutex }

func (*mine) Lock() {}

type sealed interface {
	testing.TB
	Extra()
}

type lockerToo interface{ sync.Locker }

func promoted(e *embeds)             { e.RLock() }
func common(e *embeds)               { e.Fatal() }
func overridden(m *mine)             { m.Lock() }
func notOverridden(m *mine)          { m.Unlock() }
func throughAlias(mu *alias)         { mu.TryLock() }
func iface(l sync.Locker)            { l.Lock() }
func embeddedIface(l lockerToo)      { l.Unlock() }
func generic(p *atomic.Pointer[int]) { p.CompareAndSwap(nil, nil) }
func genericFunc(m map[string]int)   { maps.DeleteFunc(m, nil) }
func pkgFunc(n *int64)               { atomic.AddInt64(n, 1) }
func once()                          { sync.OnceValues[int, error](nil) }
func timeout(c context.Context)      { context.WithTimeout(c, 0) }
func background()                    { context.Background() }
func ctxDone(c context.Context)      { c.Done() }
func tb(tb testing.TB)               { tb.Cleanup(nil) }
func sealedTB(tb sealed)             { tb.FailNow() }
func run(t *testing.T)               { t.Run("", nil) }
func afterFunc()                     { time.AfterFunc(0, nil) }
func exit()                          { os.Exit(1) }
func client(c *http.Client)          { c.Get("") }
func conn(c *net.TCPConn)            { c.Read(nil) }
func query(tx *sql.Tx)               { tx.Exec("") }
func print()                         { fmt.Println() }
func sortSlice()                     { sort.Slice(nil, nil) }

func byDefault()                   { os.Mkdir("", 0) }
func plainDefault()                { time.Now() }
func writer(w io.Writer)           { w.Write(nil) }
func user(s sort.Interface)        { s.Less(0, 1) }
func extra(s sealed)               { s.Extra() }
func errorMethod(err error)        { err.Error() }
func anonymous(x interface{ M() }) { x.M() }
func outside()                     { outside() }
func buffer(b *bytes.Buffer)       { b.WriteByte(0) }
`

// checkProgram returns the callee of the only call in each function of program.
func checkProgram(t *testing.T) map[string]*types.Func {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", program, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{Uses: make(map[*ast.Ident]types.Object)}
	conf := types.Config{Importer: newStdImporter(t)}
	if _, err := conf.Check("example.com/p", fset, []*ast.File{file}, info); err != nil {
		t.Fatal(err)
	}
	callees := make(map[string]*types.Func)
	for _, decl := range file.Decls {
		decl, ok := decl.(*ast.FuncDecl)
		if !ok {
			continue
		}
		ast.Inspect(decl.Body, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				if fn, ok := info.Uses[id].(*types.Func); ok {
					callees[decl.Name.Name] = fn
				}
			}
			return true
		})
	}
	return callees
}

// ofTests say what the callee of each function of program is known to do.
var ofTests = []struct {
	caller string
	want   Model
	exact  bool
}{
	{"promoted", on(AcquireShared, MayBlock), true},
	{"common", on(FailNow, IO), true},
	{"overridden", fx(Unknown), false},
	{"notOverridden", on(Release, 0), true},
	{"throughAlias", on(TryAcquire, 0), true},
	{"iface", on(Acquire, MayBlock), true},
	{"embeddedIface", on(Release, 0), true},
	{"generic", on(AtomicCAS, 0), true},
	{"genericFunc", calls(1, Reads|Writes).obj(0), true},
	{"pkgFunc", on(AtomicRMW, 0), true},
	{"once", op(OnceWrap, 0).fun(0), true},
	{"timeout", on(CtxMake, 0).delta(1), true},
	{"background", op(CtxMake, 0), true},
	{"ctxDone", on(CtxDone, 0), true},
	{"tb", on(Cleanup, 0).fun(1), true},
	{"sealedTB", on(FailNow, IO), true},
	{"run", on(RunTest, MayBlock).fun(2), true},
	{"afterFunc", op(AfterFunc, 0).fun(1).delta(0), true},
	{"exit", op(Exit, 0), true},
	{"client", fx(MayBlock | IO | Slow), true},
	{"conn", writes(1, MayBlock|IO|Slow|Input), true},
	{"query", fx(MayBlock | IO | Slow), true},
	{"print", fx(IO | Reads), true},
	{"sortSlice", calls(1, Reads|Writes).obj(0), true},
	{"buffer", writes(0, Reads), true},

	{"byDefault", fx(MayBlock | IO), false},
	{"plainDefault", fx(0), false},
	{"writer", fx(Unknown), false},
	{"user", fx(Unknown), false},
	{"extra", fx(Unknown), false},
	{"errorMethod", fx(0), false},
	{"anonymous", fx(Unknown), false},
	{"outside", fx(Unknown), false},
}

func TestOf(t *testing.T) {
	callees := checkProgram(t)
	for _, test := range ofTests {
		fn := callees[test.caller]
		if fn == nil {
			t.Fatalf("%s calls nothing", test.caller)
		}
		if m, exact := Of(fn); m != test.want || exact != test.exact {
			t.Errorf("%s: Of(%v) = %+v, %v, want %+v, %v", test.caller, fn, m, exact, test.want, test.exact)
		}
		if _, ok := Lookup(fn); ok != test.exact {
			t.Errorf("%s: Lookup(%v) ok = %v, want %v", test.caller, fn, ok, test.exact)
		}
	}
}

// TestSamePathOnly: neither a package that ends in sync nor a type of the same
// name elsewhere is std's.
func TestSamePathOnly(t *testing.T) {
	const src = `package sync; type Mutex struct{}; func (*Mutex) Lock() {}`
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "sync.go", src, 0)
	if err != nil {
		t.Fatal(err)
	}
	pkg, err := new(types.Config).Check("example.com/sync", fset, []*ast.File{file}, nil)
	if err != nil {
		t.Fatal(err)
	}
	lock, _, _ := types.LookupFieldOrMethod(pkg.Scope().Lookup("Mutex").Type(), true, pkg, "Lock")
	if m, ok := Lookup(lock.(*types.Func)); ok {
		t.Errorf("Lookup(%v) = %v", lock, m.Kind)
	}
}

func TestThrough(t *testing.T) {
	imp := newStdImporter(t)
	object := func(path, name string) types.Object { return imp.mustImport(t, path).Scope().Lookup(name) }
	buffer, stderr, file := object("bytes", "Buffer"), object("os", "Stderr"), object("os", "File")
	fprint, copies := table()[key{"fmt", "", "Fprint"}].Effect, table()[key{"io", "", "Copy"}].Effect
	for _, test := range []struct {
		e    Effect
		objs []types.Object
		want Effect
	}{
		{fprint, []types.Object{buffer}, Reads | Writes},
		{fprint, []types.Object{stderr}, IO | Reads | Writes},
		{fprint, []types.Object{file}, fprint},
		{fprint, nil, fprint},
		{copies, []types.Object{buffer, file}, copies},
		{copies, []types.Object{stderr, buffer}, IO | Writes},
		{copies, []types.Object{buffer, nil}, copies},
		{disk, []types.Object{buffer}, disk},
	} {
		if got := test.e.Through(test.objs...); got != test.want {
			t.Errorf("(%v).Through(%v) = %v, want %v", test.e, test.objs, got, test.want)
		}
	}
}

func TestLookupAllocates(t *testing.T) {
	callees := checkProgram(t)
	hit, miss := callees["generic"], callees["outside"]
	if n := testing.AllocsPerRun(100, func() { Lookup(hit); Lookup(miss) }); n != 0 {
		t.Errorf("Lookup allocates %v times", n)
	}
}

func BenchmarkLookup(b *testing.B) {
	fn := types.NewFunc(token.NoPos, types.NewPackage("example.com/p", "p"), "f", types.NewSignatureType(nil, nil, nil, nil, nil, false))
	for b.Loop() {
		Lookup(fn)
	}
}

func TestString(t *testing.T) {
	for k := range numKinds {
		if kindNames[k] == "" {
			t.Errorf("kind %d has no name", k)
		}
	}
	for _, test := range []struct{ got, want string }{
		{WGAdd.String(), "WGAdd"},
		{numKinds.String(), fmt.Sprintf("Kind(%d)", int(numKinds))},
		{Effect(0).String(), "0"},
		{(MayBlock | Writes | Unknown).String(), "MayBlock|Writes|Unknown"},
	} {
		if test.got != test.want {
			t.Errorf("String() = %q, want %q", test.got, test.want)
		}
	}
}
