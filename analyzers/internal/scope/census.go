package scope

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// A Census is all that a package does with the WaitGroups of one class: those
// that one field, package-level variable, local variable or parameter holds.
//
// Package census answers the same for the objects that a value may be, and there
// are two since these rules ask of the variable in the source. There, an object is
// open to others if a file which is not part of the pass names its field, as tests
// do, or if a struct around it is copied or compared with nil, because a channel can
// be closed or received from by whoever gets it. Of a WaitGroup only who counts
// matters: nobody calls Add in one file so that Done may be forgotten in another, and
// with those conditions the rules about WaitGroups lose true findings. Nor does an
// object have what a parameter has: operations in a function that nothing in the
// package calls.
type Census struct {
	Class  place.Class
	Ops    []Op // in source order of the functions, those of callees it is passed to included
	Open   bool // more may be done with it than Ops: it is exported or its address gets away
	Copied bool // its value is copied, a struct around it not counted
}

// An Op is one operation of a census.
type Op struct {
	Fn *ssa.Function
	Ev *skeleton.Event
}

// Kind returns what the operation does to the counter: WGAdd, WGDone, WGWait,
// WGGo, or None if that is not known. An Add of a negative constant is a Done.
func (o Op) Kind() models.Kind { return wgKind(o.Ev) }

func wgKind(ev *skeleton.Event) models.Kind {
	if ev.Kind != models.WGAdd || ev.Known && ev.Delta > 0 {
		return ev.Kind
	}
	if ev.Known {
		if ev.Delta < 0 {
			return models.WGDone
		}
		return models.None // Add(0)
	}
	if u, ok := ev.Callee.Value.(*ssa.UnOp); ok && u.Op.String() == "-" {
		return models.WGDone
	}
	return models.WGAdd
}

// First returns the first operation of kind k, nil if there is none.
func (c *Census) First(k models.Kind) *Op {
	for i := range c.Ops {
		if c.Ops[i].Kind() == k {
			return &c.Ops[i]
		}
	}
	return nil
}

// isWaitGroup reports whether t is *sync.WaitGroup.
func isWaitGroup(t types.Type) bool {
	p, ok := t.Underlying().(*types.Pointer)
	return ok && isWaitGroupStruct(p.Elem())
}

func isWaitGroupStruct(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Name() == "WaitGroup" && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "sync"
}

// isWaitGroupOp reports whether ev operates on a sync.WaitGroup.
func isWaitGroupOp(ev *skeleton.Event) bool {
	switch ev.Kind {
	case models.WGAdd, models.WGDone, models.WGWait, models.WGGo, skeleton.AtReturn:
		return ev.Val != nil && isWaitGroup(ev.Val.Type())
	}
	return false
}

// Censuses are the censuses of a package.
type Censuses struct {
	p       *Package
	byClass map[place.Class]*Census
	classes []place.Class                     // in order of discovery
	passed  map[place.Class][]place.Class     // parameters that a class is bound to
	ifaces  map[*types.TypeName]bool          // types whose values become interfaces
	spawned map[*ssa.Function]bool            // functions that a go statement runs and nothing else calls
	users   map[*ssa.Function][]*ssa.Function // functions that call, start or contain the key
	in      map[*Scope][]*WaitGroup           // see [Censuses.In]
}

// TakeCensus returns what the package does with its WaitGroups. It is computed
// when first asked for; that is not safe for concurrent use.
func TakeCensus(p *Package) *Censuses {
	if p.groups == nil {
		p.groups = takeCensus(p)
	}
	return p.groups
}

func takeCensus(p *Package) *Censuses {
	cs := &Censuses{
		p: p, byClass: map[place.Class]*Census{}, passed: map[place.Class][]place.Class{},
		ifaces: map[*types.TypeName]bool{}, spawned: map[*ssa.Function]bool{}, users: map[*ssa.Function][]*ssa.Function{}, in: map[*Scope][]*WaitGroup{},
	}
	called := map[*ssa.Function]bool{}
	for _, fn := range p.Funcs {
		cs.ops(fn, called)
	}
	for fn := range called {
		delete(cs.spawned, fn)
	}
	if len(cs.classes) == 0 {
		return cs
	}
	for _, fn := range p.Funcs {
		cs.conversions(fn)
	}
	for _, fn := range p.Funcs {
		cs.uses(fn)
	}
	for _, c := range cs.classes {
		cs.close(c, c, map[place.Class]bool{})
	}
	return cs
}

// All returns the census of every class that the package operates on, in
// source order, parameters excepted: what is done with them counts for what
// they are bound to.
func (cs *Censuses) All() []*Census {
	var out []*Census
	for _, c := range cs.classes {
		if _, ok := c.Obj.(*ssa.Parameter); !ok && len(cs.byClass[c].Ops) > 0 {
			out = append(out, cs.byClass[c])
		}
	}
	return out
}

// Of returns the census of a class, nil if the package has nothing to do with
// it.
func (cs *Censuses) Of(c place.Class) *Census { return cs.byClass[c] }

// ops records the operations of one function.
func (cs *Censuses) ops(fn *ssa.Function, called map[*ssa.Function]bool) {
	sk := cs.p.Skeleton(fn)
	if sk == nil {
		return
	}
	for _, lit := range fn.AnonFuncs {
		cs.users[lit] = append(cs.users[lit], fn)
	}
	seen := map[ssa.Instruction]bool{} // a deferred call is replayed at every exit
	for i := range sk.Nodes {
		ev := sk.Nodes[i].Ev
		if ev == nil {
			continue
		}
		if f := ev.Callee.Fn; f != nil {
			cs.users[f] = append(cs.users[f], fn)
			if isSpawn(ev.Kind) {
				cs.spawned[f] = true
			} else {
				called[f] = true
			}
		}
		if isWaitGroupOp(ev) && ev.Obj != nil && !seen[ev.Instr] {
			seen[ev.Instr] = true
			c := cs.of(ev.Obj.Class())
			c.Ops = append(c.Ops, Op{fn, ev})
		}
	}
}

func (cs *Censuses) of(c place.Class) *Census {
	if cs.byClass[c] == nil {
		cs.byClass[c] = &Census{Class: c, Open: c.Obj == nil || c.Elem || !cs.hidden(c)}
		cs.classes = append(cs.classes, c)
	}
	return cs.byClass[c]
}

// hidden reports whether no other package can name what the class is about.
func (cs *Censuses) hidden(c place.Class) bool {
	main := cs.p.Pass.Pkg.Name() == "main"
	switch v := c.Obj.(type) {
	case *types.Var:
		return main || !v.Exported() || v.Embedded()
	case *ssa.Global:
		return main || v.Object() == nil || !v.Object().Exported()
	case *ssa.Alloc, *ssa.Parameter:
		return true
	}
	return false
}

// uses finds where the WaitGroups that fn can name get away.
func (cs *Censuses) uses(fn *ssa.Function) {
	for _, v := range fn.Params {
		cs.value(v)
	}
	for _, v := range fn.FreeVars {
		cs.value(v)
	}
	for _, blk := range fn.Blocks {
		for _, instr := range blk.Instrs {
			if v, ok := instr.(ssa.Value); ok {
				cs.value(v)
			}
			cs.promoted(instr)
			for _, op := range instr.Operands(nil) {
				if g, ok := (*op).(*ssa.Global); ok && isWaitGroup(g.Type()) {
					cs.use(g, instr)
				}
			}
		}
	}
}

// conversions notes the types of which fn makes interfaces: their promoted
// methods can be called without a trace.
func (cs *Censuses) conversions(fn *ssa.Function) {
	for _, blk := range fn.Blocks {
		for _, instr := range blk.Instrs {
			mi, ok := instr.(*ssa.MakeInterface)
			if !ok {
				continue
			}
			t := mi.X.Type()
			if p, ok := t.Underlying().(*types.Pointer); ok {
				t = p.Elem()
			}
			if n, ok := types.Unalias(t).(*types.Named); ok {
				cs.ifaces[n.Origin().Obj()] = true
			}
		}
	}
}

// value looks at the uses of v if it refers to a WaitGroup.
func (cs *Censuses) value(v ssa.Value) {
	if !isWaitGroup(v.Type()) || v.Referrers() == nil {
		return
	}
	for _, r := range *v.Referrers() {
		cs.use(v, r)
	}
}

// close folds into the census of c what is done with the parameters that it
// is bound to.
func (cs *Censuses) close(c, via place.Class, seen map[place.Class]bool) {
	for _, par := range cs.passed[via] {
		if seen[par] {
			continue
		}
		seen[par] = true
		to := cs.byClass[c]
		if from := cs.byClass[par]; from != nil {
			to.Open = to.Open || from.Open
			to.Copied = to.Copied || from.Copied
			for _, o := range from.Ops {
				if !to.lists(o.Ev.Instr) {
					to.Ops = append(to.Ops, o)
				}
			}
		}
		cs.close(c, par, seen)
	}
}

func (c *Census) lists(instr ssa.Instruction) bool {
	for _, o := range c.Ops {
		if o.Ev.Instr == instr {
			return true
		}
	}
	return false
}
