package models

import (
	"go/types"
	"strings"
	"sync"
)

// A key names a function or method, as comparable data so that a lookup builds
// no string.
type key struct {
	pkg  string // package path
	recv string // name of the type that declares the method, "" for a function
	name string
}

// keyOf returns the key of fn's generic origin. A promoted method has the key
// of the type that declares it, which may be unexported (testing.common). It
// returns false for methods of unnamed types and of the universe (error.Error).
func keyOf(fn *types.Func) (key, bool) {
	fn = fn.Origin()
	if fn.Pkg() == nil {
		return key{}, false
	}
	k := key{pkg: fn.Pkg().Path(), name: fn.Name()}
	if recv := fn.Signature().Recv(); recv != nil {
		named := receiverNamed(recv)
		if named == nil {
			return key{}, false
		}
		k.recv = named.Obj().Name()
	}
	return k, true
}

// receiverNamed returns the named type of a receiver, or nil if it has none.
func receiverNamed(recv *types.Var) *types.Named {
	t := types.Unalias(recv.Type())
	if ptr, ok := t.(*types.Pointer); ok {
		t = types.Unalias(ptr.Elem())
	}
	named, _ := t.(*types.Named)
	return named
}

// Lookup returns the table's entry for fn, a function or method, concrete or of
// an interface, generic or an instance. It returns false if fn has none; [Of]
// then still knows a bound for functions of the standard library.
func Lookup(fn *types.Func) (Model, bool) {
	k, ok := keyOf(fn)
	if !ok {
		return Model{}, false
	}
	if k.pkg == "internal/synctest" {
		k.pkg = "testing/synctest" // the package on top of it
	}
	m, ok := table()[k]
	return m, ok
}

// Of returns what is known about a call of fn. If exact, fn has an entry and
// every bit of the Effect is meant: Slow is slow, Writes does write. Otherwise
// the Effect is a bound: what fn does at most, from the default of its package,
// or Unknown if it is not of the standard library, or a method of an interface
// that code outside the standard library can implement.
func Of(fn *types.Func) (m Model, exact bool) {
	if m, ok := Lookup(fn); ok {
		return m, true
	}
	if fn.Pkg() == nil { // error.Error, see Effect on methods used for formatting
		return fx(0), false
	}
	effect, known := OfPackage(fn.Pkg().Path())
	if !known || implementable(fn) {
		effect = Unknown
	}
	return fx(effect), false
}

// implementable reports whether fn is a method of an interface that a package
// other than its own can implement without embedding it.
func implementable(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	if recv == nil {
		return false
	}
	iface, ok := recv.Type().Underlying().(*types.Interface)
	return ok && open(iface)
}

// open reports whether iface has exported methods only.
func open(iface *types.Interface) bool {
	for m := range iface.Methods() {
		if !m.Exported() {
			return false
		}
	}
	return true
}

// Passive reports whether obj, the type or the variable behind an interface
// argument, makes a call that CallsBack into it return by itself: a type of the
// standard library that works in memory (bytes.Buffer), or a variable nobody
// waits for (os.Stdout). A passive variable may be used by several goroutines
// at once, a value of a passive type may not.
func Passive(obj types.Object) bool {
	if obj == nil || obj.Pkg() == nil || obj.Parent() != obj.Pkg().Scope() {
		return false
	}
	_, ok := passive()[key{pkg: obj.Pkg().Path(), name: obj.Name()}]
	return ok
}

// Through returns what is left of e once objs are known to be all that the call
// calls back into, each a type or variable as for [Passive]. If all are passive
// it does not block, and does I/O only through a variable. Otherwise e stays.
func (e Effect) Through(objs ...types.Object) Effect {
	if e&CallsBack == 0 || len(objs) == 0 {
		return e
	}
	left := e &^ (CallsBack | MayBlock | IO | Slow)
	for _, obj := range objs {
		if !Passive(obj) {
			return e
		}
		if _, ok := obj.(*types.Var); ok {
			left |= e & IO
		}
	}
	return left
}

var passiveRows = []row{
	{"bytes", "", "Buffer Reader", Model{}},
	{"strings", "", "Builder Reader", Model{}},
	{"sort", "", "IntSlice Float64Slice StringSlice", Model{}},
	{"net/http/httptest", "", "ResponseRecorder", Model{}},
	{"embed", "", "FS", Model{}},
	{"testing/fstest", "", "MapFS", Model{}},
	{"io", "", "Discard", Model{}},
	{"os", "", "Stdout Stderr", Model{}},
	{"crypto/rand", "", "Reader", Model{}},
}

// A row gives one Model to a set of functions: each of names, declared by each
// of recvs ("" for functions), both separated by spaces.
type row struct {
	pkg, recvs, names string
	model             Model
}

// each calls f for every function that r is about.
func (r row) each(f func(key)) {
	recvs := strings.Fields(r.recvs)
	if len(recvs) == 0 {
		recvs = []string{""}
	}
	for _, recv := range recvs {
		for name := range strings.FieldsSeq(r.names) {
			f(key{r.pkg, recv, name})
		}
	}
}

// groups are the rows of every table_*.go.
var groups = [][]row{
	syncRows, atomicRows, xsyncRows,
	contextRows, timeRows, runtimeRows, signalRows,
	testingRows,
	fmtRows, logRows, ioRows, bufioRows,
	osRows, execRows, pathRows,
	netRows, tlsRows, httpRows, httpMemoryRows, httptestRows,
	sqlRows, rpcRows,
	callbackRows, sliceRows, memoryRows, streamRows, encodingRows, cryptoRows, languageRows,
}

// table and passive are built by the first call that needs them: most packages
// that go vet hands to a process of its own need neither.
var (
	table = sync.OnceValue(func() map[key]Model {
		t := make(map[key]Model, 2048)
		for _, rows := range groups {
			for _, r := range rows {
				r.each(func(k key) { t[k] = r.model })
			}
		}
		return t
	})

	passive = sync.OnceValue(func() map[key]struct{} {
		set := make(map[key]struct{})
		for _, r := range passiveRows {
			r.each(func(k key) { set[k] = struct{}{} })
		}
		return set
	})
)

// The constructors of the tables' models. Each is one composite literal, which
// the compiler can inline and lay out as data.

// fx is a function with effects only.
func fx(e Effect) Model { return Model{None, e, NoArg, NoArg, NoArg, NoArg} }

// on is an operation on argument 0.
func on(k Kind, e Effect) Model { return Model{k, e, 0, NoArg, NoArg, NoArg} }

// op is an operation without an object.
func op(k Kind, e Effect) Model { return Model{k, e, NoArg, NoArg, NoArg, NoArg} }

// writes is a function that writes what argument i leads to.
func writes(i int, e Effect) Model { return Model{None, e | Writes, i, NoArg, NoArg, NoArg} }

// calls is a function that runs its argument i before it returns.
func calls(i int, e Effect) Model { return Model{Call, e, NoArg, i, NoArg, NoArg} }

func (m Model) obj(i int) Model    { m.Obj = i; return m }
func (m Model) fun(i int) Model    { m.Func = i; return m }
func (m Model) delta(i int) Model  { m.Delta = i; return m }
func (m Model) locker(i int) Model { m.Locker = i; return m }

// Sets of effects that the tables use often.
const (
	memory = Reads | Writes
	disk   = MayBlock | IO        // also for what wakes others up, such as closing a pipe
	slowIO = MayBlock | IO | Slow // network, processes, whole files
	intake = slowIO | Input       // what comes from the network
)
