package models

import (
	"fmt"
	"go/types"
	"strings"
	"testing"
)

// A shape says what a Model of some Kind must look like for the function it
// describes. A nil test of an argument means that the Model must have none.
type shape struct {
	obj, fun, delta, locker func(types.Type) bool
	optional                bool // the object may be missing
	blocks                  bool // must have MayBlock
	mayBlock                bool // may have MayBlock
	result                  string
}

var shapes = map[Kind]shape{
	Acquire:       {obj: has("Lock", "Unlock"), blocks: true},
	AcquireShared: {obj: has("RLock", "RUnlock"), blocks: true},
	TryAcquire:    {obj: has("Lock", "TryLock"), result: "bool"},
	TryAcquireShr: {obj: has("RLock", "TryRLock"), result: "bool"},
	Release:       {obj: has("Lock", "Unlock")},
	ReleaseShared: {obj: has("RLock", "RUnlock")},
	SharedLocker:  {obj: has("RLock", "RUnlock"), result: "sync.Locker"},
	Spawn:         {obj: isPointer, optional: true, fun: isFunc},
	SpawnJoin:     {obj: has("RunParallel"), fun: isFunc, blocks: true},
	WGAdd:         {obj: has("Add", "Wait"), delta: isNumber},
	WGDone:        {obj: has("Done", "Wait")},
	WGWait:        {obj: has("Wait", "Go"), blocks: true},
	WGGo:          {obj: has("Wait", "Go"), fun: isFunc, mayBlock: true},
	GroupMake:     {obj: isContext, result: "*golang.org/x/sync/errgroup.Group"},
	Limit:         {obj: has("Wait", "Go"), delta: isNumber},
	CondWait:      {obj: has("Wait", "Signal"), blocks: true},
	CondSignal:    {obj: has("Wait", "Signal")},
	CondBroadcast: {obj: has("Wait", "Broadcast")},
	CondNew:       {locker: has("Lock", "Unlock"), result: "*sync.Cond"},
	OnceDo:        {obj: has("Do"), fun: isFunc, blocks: true},
	OnceWrap:      {fun: isFunc, result: "func()"},
	AtomicLoad:    {obj: isPointer},
	AtomicStore:   {obj: isPointer},
	AtomicRMW:     {obj: isPointer},
	AtomicCAS:     {obj: isPointer, result: "bool"},
	CtxMake:       {obj: isContext, optional: true, delta: endsContext, result: "context.Context"},
	CtxDone:       {obj: isContext, result: "<-chan struct{}"},
	CtxErr:        {obj: isContext, result: "error"},
	TimerMake:     {delta: isNumber},
	TimerStop:     {obj: has("Stop", "Reset")},
	TimerReset:    {obj: has("Stop", "Reset"), delta: isNumber},
	AfterFunc:     {obj: isContext, optional: true, fun: isFuncOrAny, delta: isNumber},
	PoolGet:       {obj: has("Get", "Put")},
	PoolPut:       {obj: has("Get", "Put")},
	MapLoad:       {obj: has("Load", "Range")},
	MapStore:      {obj: has("Load", "Range")},
	MapRMW:        {obj: has("Load", "Range")},
	SemMake:       {delta: isNumber, result: "*golang.org/x/sync/semaphore.Weighted"},
	SemAcquire:    {obj: has("Acquire", "Release"), delta: isNumber, blocks: true, result: "error"},
	SemTryAcquire: {obj: has("Acquire", "Release"), delta: isNumber, result: "bool"},
	SemRelease:    {obj: has("Acquire", "Release"), delta: isNumber},
	SigNotify:     {obj: isChan},
	Sleep:         {delta: isNumber, blocks: true},
	Call:          {obj: isMemory, optional: true, fun: isFuncOrAny, mayBlock: true},
	IterPull:      {fun: isFunc},
	Handler:       {fun: isHandler, mayBlock: true},
	Cleanup:       {obj: has("Fatal"), fun: isFunc},
	Parallel:      {obj: has("Fatal"), blocks: true},
	RunTest:       {obj: has("Fatal"), optional: true, fun: isFuncOrAny, blocks: true},
	Bubble:        {obj: has("Fatal"), fun: isFunc, blocks: true},
	Settle:        {blocks: true},
	FailNow:       {obj: has("Fatal"), optional: true},
	Exit:          {},
	Panic:         {},
}

// TestEntriesFit checks every entry against the signature of its function.
func TestEntriesFit(t *testing.T) {
	fits := func(w world) (n int) {
		for k, fn := range w {
			m, ok := table()[k]
			if !ok {
				continue
			}
			n++
			for _, problem := range misfits(fn, m) {
				t.Errorf("%v: %v: %s", fn, m.Kind, problem)
			}
		}
		return n
	}
	if n := fits(stdWorld(t)) + fits(xsyncWorld(t)); n != len(table()) {
		t.Errorf("checked %d entries of %d", n, len(table()))
	}
}

// misfits returns what is wrong with m as the model of fn.
func misfits(fn *types.Func, m Model) (problems []string) {
	bad := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	args := arguments(fn)
	check := func(what string, i int, optional bool, test func(types.Type) bool) {
		switch {
		case i == NoArg && test != nil && !optional:
			bad("no %s", what)
		case i == NoArg:
		case test == nil:
			bad("%s is argument %d, want none", what, i)
		case i < 0 || i >= len(args):
			bad("%s is argument %d of %d", what, i, len(args))
		case !test(args[i]):
			bad("%s is argument %d of type %v", what, i, args[i])
		}
	}

	s, ok := shapes[m.Kind]
	if m.Kind == None {
		s, ok = shape{mayBlock: true}, true
		if m.Obj != NoArg {
			s.obj = isMemory
		}
	}
	if !ok {
		bad("no table entry can have this kind")
	}
	check("the object", m.Obj, s.optional, s.obj)
	check("the func", m.Func, false, s.fun)
	check("the delta", m.Delta, m.Kind == CtxMake || m.Kind == AfterFunc, s.delta)
	check("the locker", m.Locker, false, s.locker)
	if blocks := m.Effect&MayBlock != 0; s.blocks && !blocks || blocks && !s.blocks && !s.mayBlock {
		bad("effect is %v", m.Effect)
	}
	isRange := fn.Pkg().Path() == "sync" // Map.Range is a Call with an object
	if (m.Kind == None || m.Kind == Call) && (m.Effect&Writes != 0) != (m.Obj != NoArg) && !isRange {
		bad("effect is %v and the object is argument %d", m.Effect, m.Obj)
	}
	if s.result != "" {
		results := fn.Signature().Results()
		if results.Len() == 0 || !strings.HasPrefix(types.TypeString(results.At(0).Type(), nil), s.result) {
			bad("the results are %v, want %s first", results, s.result)
		}
	}
	return problems
}

// arguments returns the types of the arguments of a static call of fn.
func arguments(fn *types.Func) (args []types.Type) {
	if recv := fn.Signature().Recv(); recv != nil {
		args = append(args, recv.Type())
	}
	for param := range fn.Signature().Params().Variables() {
		args = append(args, param.Type())
	}
	return args
}

// has tests for a type with methods of these names.
func has(methods ...string) func(types.Type) bool {
	return func(t types.Type) bool {
		set := types.NewMethodSet(t)
		for _, name := range methods {
			if set.Lookup(nil, name) == nil {
				return false
			}
		}
		return true
	}
}

var isContext = has("Deadline", "Done", "Err", "Value")

func isPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	basic, _ := t.Underlying().(*types.Basic)
	return ok || basic != nil && basic.Kind() == types.UnsafePointer
}

func isChan(t types.Type) bool {
	_, ok := t.Underlying().(*types.Chan)
	return ok
}

func isFunc(t types.Type) bool {
	_, ok := t.Underlying().(*types.Signature)
	return ok
}

// isFuncOrAny also takes the functions that get a func as an any
// (runtime.SetFinalizer, testing.F.Fuzz, quick.Check).
func isFuncOrAny(t types.Type) bool {
	iface, ok := t.Underlying().(*types.Interface)
	return isFunc(t) || ok && iface.Empty()
}

func isHandler(t types.Type) bool { return isFunc(t) || has("ServeHTTP")(t) }

func isNumber(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsInteger != 0
}

func endsContext(t types.Type) bool {
	s := types.TypeString(t, nil)
	return s == "time.Duration" || s == "time.Time" || s == "[]os.Signal"
}

// isMemory tests for a type that leads to memory a callee can write.
func isMemory(t types.Type) bool {
	if _, ok := t.(*types.TypeParam); ok {
		return true
	}
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Slice, *types.Map, *types.Interface:
		return true
	case *types.Struct:
		return types.TypeString(t, nil) == "reflect.Value"
	}
	return false
}
