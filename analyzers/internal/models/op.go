// Package models says what calls into the standard library and x/sync do to
// the concurrency of a program. It is data: a table from function to [Model],
// read through [Lookup]. Nothing of the standard library is analysed, because
// drivers disagree on whether facts about it exist, and output must not depend
// on the driver.
package models

// A Kind is what one operation does to the object it is applied to.
type Kind uint8

// The kinds of operation. The comments name the object.
const (
	None          Kind = iota // no concurrency effect by itself
	Acquire                   // lock: wait for it, then hold it exclusively
	AcquireShared             // lock: wait for it, then hold it shared (RLock)
	TryAcquire                // lock: exclusive if the result is true
	TryAcquireShr             // lock: shared if the result is true
	Release                   // lock: give up exclusive hold
	ReleaseShared             // lock: give up shared hold
	// lock: result 0 is a Locker whose Lock and Unlock take and give up shared hold of it (RLocker)
	SharedLocker
	Send   // channel: send
	Recv   // channel: receive (range over it included)
	Close  // channel: close
	Select // no object: one of several channel operations
	Spawn  // goroutine: start Model.Func concurrently
	// no object: run Model.Func in many goroutines at once, return when all have returned (B.RunParallel)
	SpawnJoin
	WGAdd  // WaitGroup: add Model.Delta argument
	WGDone // WaitGroup: done
	WGWait // WaitGroup, errgroup: wait for all
	// WaitGroup, errgroup: Add, start Model.Func, Done when it returns; with a bool result (TryGo) only if
	// that is true
	WGGo
	// errgroup: result 0 is the group, result 1 its context, derived from the object and cancelled by the
	// first error and by WGWait
	GroupMake
	Limit         // errgroup: at most Model.Delta goroutines at once (SetLimit)
	CondWait      // Cond: unlock, wait, lock
	CondSignal    // Cond: wake one
	CondBroadcast // Cond: wake all
	CondNew       // Cond: result 0, made over a Locker (Model.Locker argument)
	OnceDo        // Once: run Model.Func if first, wait for the first otherwise
	// no object: result 0 is a function that runs Model.Func in its first call and waits for that in
	// others (OnceFunc)
	OnceWrap
	AtomicLoad  // variable or atomic value: load
	AtomicStore // variable or atomic value: store
	AtomicRMW   // variable or atomic value: add, or, and, swap
	AtomicCAS   // variable or atomic value: compare and swap
	// context: result 0 is derived from it, result 1 (if any) its cancel function. Without object: nothing
	// cancels result 0 (Background). With Delta: result 0 is also cancelled by time or a signal
	CtxMake
	CtxDone    // context: the channel closed on cancellation
	CtxErr     // context: ask whether cancelled
	Cancel     // cancel function: called (no table entry: found by value flow)
	TimerMake  // timer or ticker: started, result 0 owns it (or is its channel)
	TimerStop  // timer or ticker: stopped
	TimerReset // timer or ticker: started again
	// timer, context or nothing: start Model.Func in a goroutine later (finalizers and cleanups too: all
	// share one goroutine, not known to run at all)
	AfterFunc
	PoolGet  // Pool: take
	PoolPut  // Pool: give back
	MapLoad  // sync.Map: read
	MapStore // sync.Map: write
	MapRMW   // sync.Map: read and write in one step (LoadOrStore, CompareAndSwap)
	SemMake  // weighted semaphore: result 0, of size Model.Delta
	// weighted semaphore: wait for Model.Delta, then hold it; not held if the result is an error
	SemAcquire
	SemTryAcquire // weighted semaphore: hold Model.Delta if the result is true
	SemRelease    // weighted semaphore: give up Model.Delta
	SigNotify     // channel: signals are sent to it from now on
	Sleep         // no object: wait for time to pass
	Call          // no object: run Model.Func before returning, in this goroutine
	// no object: result 0 runs a step of Model.Func as a coroutine, result 1 ends it and must be called
	IterPull
	// no object: keep Model.Func (a func or an http.Handler) and run it many times concurrently (HTTP)
	Handler
	Cleanup  // testing.T: run Model.Func when the test ends
	Parallel // testing.T: this test runs with its siblings from here on
	// testing.T, testing.B or nothing: run Model.Func as a subtest in its own goroutine; return when done
	// or when it calls Parallel
	RunTest
	// testing.T: run Model.Func in its own goroutine; return when it and every goroutine it started have
	// returned (synctest.Test)
	Bubble
	Settle  // no object: wait until all other goroutines of the bubble are blocked or gone (synctest.Wait)
	FailNow // testing.T: end the goroutine after its deferred calls (t.Fatal, t.Skip, runtime.Goexit)
	Exit    // no object: end the process without deferred calls (os.Exit, log.Fatal)
	Panic   // no object: panic (log.Panic)
	numKinds
)

// An Effect is a set of facts about what a call may do besides its Kind.
// No bit means: returns by itself without waiting for anybody, does no I/O,
// and orders nothing.
//
// Methods that a callee finds by reflection or for formatting (String, Error,
// Format, MarshalJSON, Scan, and Pool.New) are taken to be plain computation:
// treating each Println as unknown would silence everything.
type Effect uint8

// The effects.
const (
	MayBlock Effect = 1 << iota // may wait for another goroutine, the network, a file, a process or the clock
	// has an effect outside the program or reads one. With MayBlock it may order goroutines outside the
	// memory model; without, it is output that nobody waits for (fmt.Print, log.Print) and orders nothing
	IO
	// takes long enough that running it under a lock matters (network, process, sleep, compression)
	Slow
	// reads memory reachable from its arguments. From an interface argument only if its dynamic type has
	// no methods: a String or MarshalJSON may lock
	Reads
	// writes memory reachable from argument Model.Obj. Through an interface argument only if its dynamic
	// type is Passive, or has no methods
	Writes
	// may call methods of an interface argument, or code that its receiver holds (the io.Writer under a
	// bufio.Writer): as Unknown unless that is known, see Passive
	CallsBack
	Unknown // nothing is known about the callee
	// with IO: it takes something in, and lets nobody go on by that
	Input
)

// MayWait reports whether a call with effects e cannot be shown to return
// without waiting for somebody.
func (e Effect) MayWait() bool { return e&(MayBlock|CallsBack|Unknown) != 0 }

// NoArg marks an argument index of a [Model] that does not apply.
const NoArg = -1

// A Model is what is known about one function or method. Indices count the
// arguments of a static call, where the receiver of a method is 0; for a call
// of an interface method the interface value is 0 too. A variadic argument is
// one slice.
type Model struct {
	Kind   Kind
	Effect Effect
	Obj    int // index of the object; for kinds without one, of the argument that Writes is about; NoArg if none
	Func   int // index of the func argument that is run or kept; NoArg if none
	// index of the count (WGAdd, Limit, Sem…), the duration (Sleep, Timer…, AfterFunc), or what else ends
	// a context (CtxMake: timeout, deadline, signals); NoArg otherwise
	Delta  int
	Locker int // CondNew: index of the Locker; NoArg otherwise
}
