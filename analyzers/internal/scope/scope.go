// Package scope builds, for every function that starts goroutines, the threads
// of its execution and the order between their events.
//
// A scope is one graph: the control flow of the function, with the functions
// of the package it calls spliced in, and a thread for every place that starts
// a goroutine. Nothing outside it is guessed: what the engine does not know
// orders accesses, and is not shared.
package scope

import (
	"go/token"
	"slices"
	"sync"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/census"
	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// Bounds of a scope. Past enough nodes, calls are no longer followed: they are
// then unknown, and order everything. Past maxNodes or maxThreads the scope is
// dropped and counted.
const (
	enough     = 1000
	draftSize  = 250 // nodes that a draft is kept below, if it can be
	maxNodes   = 20000
	maxThreads = 256
	maxOrdered = 2e6 // nodes in all orders that are computed
	maxDepth   = 4   // calls followed from a thread's first function
	maxCallers = 2   // calls from a scope's root down to a go statement; in a draft it is one
)

// Many is the count of something that happens an unknown number of times.
const Many = skeleton.Many

// A Package is what rules look at: the summaries of one package and its scopes.
type Package struct {
	*summary.Package
	Scopes  []*Scope // one for each function that starts goroutines, in source order
	Served  []*Scope // one for each that registers HTTP handlers, which are threads there too
	Dropped int      // scopes that went over a bound
	env     *env

	once  sync.Once
	plain []*Conflict // see Conflicting

	census *census.Result
	groups *Censuses
}

// Census returns the census of the package. It is taken when first asked for;
// that is not safe for concurrent use.
func (p *Package) Census() *census.Result {
	if p.census == nil {
		p.census = census.Take(p.Package)
	}
	return p.census
}

// A Scope is one function that starts goroutines, and what they do.
type Scope struct {
	Pkg       *summary.Package
	Root      *ssa.Function // the function whose activation this is
	Threads   []*Thread     // Threads[0] runs Root
	Nodes     []*Node       // of all threads
	frames    []*Frame
	fns       map[*ssa.Function]bool // functions with a frame
	partial   map[*ssa.Function]bool // those that some call is not followed to, for want of room
	places    map[placeKey]*place.Place
	inlined   map[callKey]*Frame // what calls are spliced in
	exits     map[*Frame][]*Node // the returns of each, see returnsOf
	following int                // fields being followed, see rebase
	depth     int                // calls followed, see [env.depth]
	over      bool

	env     *env
	locks   lockTable
	prims   map[*place.Place]*Primitive
	ordered []*Primitive        // see [Scope.Primitives]
	orders  map[orderKey]*order // see [Scope.orderAs]
	led     leads
	cycles  *cycles
	spots   *positions // see [Scope.position]
	work    []*Node    // room for searches
	grouped [][]*Node  // see [Scope.objects]
	paired  int        // pairs whose order was asked for
	paths   paths
	sync    syncIndex
	writes  map[place.Root][]*Node
}

// A Thread is the goroutines started at one place, or the one that runs Root.
type Thread struct {
	ID     int
	Spawn  *Node   // the node that starts it, nil for the first thread
	Parent *Thread // the thread of Spawn
	Frame  *Frame  // its first function, nil if that is not known
	Entry  *Node
	Count  int     // how many of it are started in one activation of Root, at most
	nodes  []*Node // its nodes, which stand in a row in the scope's
}

// Known reports whether all that the thread does is in the scope.
func (t *Thread) Known() bool { return t.Frame != nil }

// A Node is a point in a thread's control flow.
type Node struct {
	ID     int
	Ev     *skeleton.Event // nil where control only flows
	Obj    *place.Place    // Ev.Obj in terms of the scope, nil if unknown
	Frame  *Frame
	Thread *Thread
	Cond   ssa.Value // the branch that ends here
	Succs  []*Node
	Preds  []*Node
	Starts *Thread // the thread that this node spawns
	Block  *ssa.BasicBlock
	inner  *Frame     // the frame spliced in here
	prim   *Primitive // see [Scope.Prim]
}

// Inlined returns the frame of the call at n whose body follows in the graph,
// nil if the callee is unknown or n is no call.
func (n *Node) Inlined() *Frame { return n.inner }

// A Frame is one activation of a function in a scope.
type Frame struct {
	ID    int
	Fn    *ssa.Function
	Skel  *skeleton.Func
	Up    *Frame      // the frame that calls or starts it
	At    *Node       // the node in Up
	Args  []ssa.Value // values in Up that the parameters are bound to
	Depth int
	Exit  *Node
	Abort *Node
	first []*Node // by block
	quiet bool    // no goroutine of the scope runs when it is entered
}

// First returns the node that block b starts with in f, nil if it is not live
// or of another function.
func (f *Frame) First(b *ssa.BasicBlock) *Node {
	if b == nil || b.Parent() != f.Fn {
		return nil
	}
	return f.first[b.Index]
}

// env is what all scopes of a package share.
type env struct {
	spawns map[*ssa.Function]bool // functions that start goroutines
	inert  map[*ssa.Function]bool // functions that order nothing
	// functions that set up what goroutines synchronise by: followed before the first is started, too
	prepares map[*ssa.Function]bool
	// functions that make the test that runs them parallel
	parallel map[*ssa.Function]bool
	loads    map[ssa.Value][]ssa.Instruction
	sizes    map[sizeKey]int
	draft    bool
	only     map[*ssa.Function]bool   // the functions that scopes are wanted of, nil for all
	fields   *fieldIndex              // computed when first asked for
	served   map[*skeleton.Event]bool // registrations of HTTP handlers that are threads
	handlers bool                     // nothing else starts a thread
}

// Build computes the scopes of a summarised package.
func Build(p *summary.Package) *Package { return begin(p, false) }

// Draft computes scopes in which fewer calls are followed, at a third of the cost.
// Most packages have no mistakes, and a draft shows that as well. What it shows
// otherwise is to be found in the whole scopes, too.
func Draft(p *summary.Package) *Package { return begin(p, true) }

func begin(p *summary.Package, draft bool) *Package {
	p.Finish()
	if p.SSA == nil || p.Pass.Pkg.Path() == "runtime" {
		return &Package{Package: p} // the runtime makes the memory model and cannot rely on it
	}
	return fill(p, &env{
		parallel: parallel(p), inert: inert(p), prepares: preparers(p), loads: map[ssa.Value][]ssa.Instruction{}, draft: draft,
	})
}

// Whole computes the scopes of which p has drafts, with all calls followed that
// bounds allow, as far as they may have something to say about what is at the
// given positions.
func (p *Package) Whole(at []token.Pos) *Package {
	if p.env == nil {
		return p
	}
	e := *p.env
	e.draft, e.only = false, leadingTo(p.Package, at)
	out := fill(p.Package, &e)
	out.census = p.census
	return out
}

// fill computes the scopes of a package as e says.
func fill(p *summary.Package, e *env) *Package {
	out := &Package{Package: p, env: e}
	e.sizes = map[sizeKey]int{}
	e.spawns = e.spawners(p, maxDepth)
	out.Scopes = out.scopes(e.spawners(p, e.callers()), e)
	if h := *e; len(served(p)) > 0 {
		h.sizes, h.only = map[sizeKey]int{}, nil
		h.served = served(p)
		h.spawns = h.spawners(p, maxDepth)
		out.Served = out.scopes(h.registrars(p), &h)
	}
	return out
}

// scopes builds the scopes of the given functions.
func (p *Package) scopes(roots map[*ssa.Function]bool, e *env) []*Scope {
	var out []*Scope
	for _, fn := range p.Funcs {
		if !roots[fn] || e.only != nil && !e.only[fn] {
			continue
		}
		s := build(p.Package, fn, e, true)
		switch {
		case s.over:
			p.Dropped++
		case len(s.Threads) > 1:
			out = append(out, s)
		}
	}
	return out
}

// all returns the scopes that races are looked for in.
func (p *Package) all() []*Scope { return slices.Concat(p.Scopes, p.Served) }

// spawners returns the functions that start a goroutine, themselves or through
// at most depth calls.
func (e *env) spawners(p *summary.Package, depth int) map[*ssa.Function]bool {
	out := map[*ssa.Function]bool{}
	for d := 0; d <= depth; d++ {
		var found []*ssa.Function
		for _, fn := range p.Funcs {
			if sk := p.Skeleton(fn); sk != nil && !out[fn] && e.spawnsNow(sk, out) {
				found = append(found, fn)
			}
		}
		for _, fn := range found {
			out[fn] = true
		}
		if len(found) == 0 {
			break
		}
	}
	return out
}

// spawnsNow reports whether a function starts a goroutine or calls one of the
// functions known to.
func (e *env) spawnsNow(sk *skeleton.Func, known map[*ssa.Function]bool) bool {
	for i := range sk.Nodes {
		ev := sk.Nodes[i].Ev
		if ev != nil && e.leadsTo(ev, known) {
			return true
		}
	}
	return false
}

// inert returns the functions that neither synchronise nor call anything that
// might: a call of one that is not followed orders nothing.
func inert(p *summary.Package) map[*ssa.Function]bool {
	out := map[*ssa.Function]bool{}
	for _, fn := range p.Funcs {
		out[fn] = p.Skeleton(fn) != nil
	}
	for changed := true; changed; {
		changed = false
		for _, fn := range p.Funcs {
			if out[fn] && !inertNow(p.Skeleton(fn), out) {
				out[fn], changed = false, true
			}
		}
	}
	return out
}

func inertNow(sk *skeleton.Func, known map[*ssa.Function]bool) bool {
	for i := range sk.Nodes {
		ev := sk.Nodes[i].Ev
		if ev == nil {
			continue
		}
		switch ev.Kind {
		case skeleton.Read, skeleton.Write, skeleton.Return, skeleton.GoExit, models.FailNow, models.Panic, models.Exit, models.Sleep:
			continue
		case skeleton.CallFn:
			if ev.Callee.Fn != nil && known[ev.Callee.Fn] || ev.Callee.Fn == nil && ev.Effect&(models.Unknown|models.MayBlock) == 0 {
				continue
			}
		}
		return false
	}
	return true
}
