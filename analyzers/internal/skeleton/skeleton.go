// Package skeleton reduces a function to the control flow of its concurrency
// events: operations on places, calls, reads and writes of shared memory.
// Branches that constants decide are pruned, deferred calls are replayed where
// they run.
package skeleton

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
)

// Kinds of event that are not library calls. They continue [models.Kind].
const (
	Read       models.Kind = 128 + iota // memory: read
	Write                               // memory: write
	CallFn                              // no object: call of Event.Callee, to be inlined or summarised
	RecvClosed                          // channel: a receive found it closed
	Return                              // no object: the function returns
	GoExit                              // no object: the goroutine ends by panic or Goexit, deferred calls have run
	AtReturn                            // WaitGroup: Done of a goroutine started by wg.Go, when it ends
)

// An AccessKind says what a Read or Write event does to memory.
type AccessKind uint8

// The kinds of access.
const (
	Scalar AccessKind = iota // load or store of the whole variable, field or element
	Map                      // lookup, range, update or delete: the object is the map
	Append                   // the elements that append writes behind the slice's end
	Bulk                     // copy, clear, conversion: the elements of a slice
)

// An Event is one step of a function that concurrency rules care about.
type Event struct {
	Kind   models.Kind
	Effect models.Effect   // of a modelled call
	Instr  ssa.Instruction // where it comes from
	Obj    *place.Place    // the object operated on, nil if none or unknown
	Val    ssa.Value       // the value naming the object: the channel, the lock's address
	Callee Callee          // CallFn, Spawn, WGGo, AfterFunc, OnceDo…: what runs
	Delta  int64           // WGAdd: the count
	Known  bool            // WGAdd: Delta is a constant
	Access AccessKind      // Read, Write
	Defer  *ssa.Defer      // the defer statement that this event is replayed from
	Maybe  bool            // replayed from a defer that not every path passed
	Arm    bool            // Send, Recv: a case of a select
	Try    bool            // lock: the result says whether it is held
}

// Pos returns the position of the operation.
func (e *Event) Pos() token.Pos {
	if e.Defer != nil {
		return e.Defer.Pos()
	}
	if p := e.Instr.Pos(); p.IsValid() {
		return p
	}
	if e.Val != nil {
		return e.Val.Pos()
	}
	return token.NoPos
}

// A Callee is what a call or spawn runs.
type Callee struct {
	Fn    *ssa.Function // the function, if it has a body in this package
	Value ssa.Value     // the func value, resolved, if Fn is not known: a parameter or a load
	Call  *ssa.CallCommon
	Args  []ssa.Value // arguments of Fn, its receiver first
}

// A Node is a point in the control flow. Node 0 is the entry.
type Node struct {
	Ev    *Event // nil where control only flows
	Succs []int
	Block *ssa.BasicBlock
	Cond  ssa.Value // the condition of the branch that ends here: Succs[0] if true
}

// A Func is the skeleton of one function.
type Func struct {
	Fn    *ssa.Function
	Nodes []Node
	Exit  int                     // the node every normal return ends in
	Abort int                     // the node every panic ends in, after deferred calls
	First map[*ssa.BasicBlock]int // the node a live block starts with
	Loops []*Loop
}

// Many is the count of something that happens an unknown number of times.
const Many = 1 << 20

// Trips returns how often block b runs in one activation of the function, at
// most, by its enclosing loops, Many if that is not known; exact reports
// whether it runs that often unless the function is left.
func (f *Func) Trips(b *ssa.BasicBlock) (n int, exact bool) { return f.TripsApart(b, nil) }

// TripsApart is [Func.Trips] without the loops that block base lies in too: how
// often b runs each time base does.
func (f *Func) TripsApart(b, base *ssa.BasicBlock) (n int, exact bool) {
	n, exact = 1, true
	for _, l := range f.Loops {
		if l.Body[b] && !l.Body[base] {
			k, sure := l.Trips(b)
			n, exact = mul(n, k), exact && sure
		}
	}
	return n, exact
}

// Innermost returns the innermost loop that block b lies in, nil if there is none.
func (f *Func) Innermost(b *ssa.BasicBlock) *Loop {
	var in *Loop
	for _, l := range f.Loops {
		if l.Body[b] && (in == nil || len(l.Body) < len(in.Body)) {
			in = l
		}
	}
	return in
}

// InLoop reports whether block b lies in a loop of the function.
func (f *Func) InLoop(b *ssa.BasicBlock) bool {
	for _, l := range f.Loops {
		if l.Body[b] {
			return true
		}
	}
	return false
}

// New computes the skeleton of fn, which must have a body. Functions of the
// package that ends names never return.
func New(tab *place.Table, fn *ssa.Function, ends func(*ssa.Function) bool) *Func {
	live, consts := fold(tab, fn)
	b := &builder{
		tab: tab, fn: fn, live: live, consts: consts, ends: ends,
		f: &Func{Fn: fn, First: map[*ssa.BasicBlock]int{}},
	}
	b.build()
	b.f.cut()
	b.f.Loops = loops(fn, live, consts)
	return b.f
}

// cut drops what control does not get to: code behind a call that never
// returns.
func (f *Func) cut() {
	seen := make([]bool, len(f.Nodes))
	work := []int{0}
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		if !seen[n] {
			seen[n] = true
			work = append(work, f.Nodes[n].Succs...)
		}
	}
	for n := range f.Nodes {
		if !seen[n] {
			f.Nodes[n] = Node{Block: f.Nodes[n].Block}
		}
	}
}
