// Package census lists, for every channel, WaitGroup, Cond and cancel function
// of a package, all that the package does with it, and whether anybody else can
// do more.
//
// It follows such objects from where they are made through variables, fields,
// containers, calls and channels: which objects a variable may hold is a set
// that only grows (Andersen, DIKU 1994), fields are told apart by their type and
// not by the struct they are in, and what containers hold is one set for all
// that are copied to each other (Steensgaard, POPL 1996). So every operation
// that can be on an object is listed with it; some that are listed may be on
// another.
//
// Code that the pass does not see makes a world open: other packages, where they
// can name or get the object, and files of the directory that are not part of
// the pass.
package census

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// A Sort is a sort of object.
type Sort uint8

// The sorts of object.
const (
	Chan Sort = iota
	WaitGroup
	Cond
	Cancel // the function that cancels a context
)

// NotConst is the capacity of a channel that is not known when it is made.
const NotConst = -1

// An Object is what is made in one place, or held by value in one variable or
// field.
type Object struct {
	Sort  Sort
	Class place.Class   // the variable or field that holds it, or the value that makes it
	Fn    *ssa.Function // that makes it, nil if it is held by a field or a package-level variable
	Make  ssa.Value     // nil if it is held by a field
	Cap   int           // of a channel, NotConst if it is not constant

	// Outside is what code that the pass does not see can do to it.
	Outside Rights
	Global  bool     // a package-level variable may hold it
	Checked bool     // somewhere a variable that may hold it is compared with nil
	Copied  bool     // it is copied
	Stored  bool     // a field or container may hold it
	Done    *Context // it is the Done channel of this context
	ops     []*Op
}

// Rights are what somebody can do to an object.
type Rights uint8

// The rights. Of what is no channel there is only All.
const (
	MaySend Rights = 1 << iota
	MayRecv
	MayClose
	MayElse
	All = MaySend | MayRecv | MayClose | MayElse
)

// An Op is one operation.
type Op struct {
	Fn   *ssa.Function
	Node int             // of Fn's skeleton, the first that is the operation, or NoNode
	Ev   *skeleton.Event // Ev.Kind may be a call, of a cancel function or into another package
	Kind models.Kind     // what it does to the object
}

// NoNode is the node of an operation that no node of the skeleton stands for:
// control does not get to it, or it is all that a go statement runs.
const NoNode = -1

// Dead reports whether no node of the skeleton stands for the operation.
func (o *Op) Dead() bool { return o.Node == NoNode }

// A Census is what is done to the objects that an operation or a variable can
// be about.
type Census struct {
	Sort  Sort
	Makes []*Object // all of them, in source order
	Ops   []*Op     // all that the pass shows, in the order of [Result.Ops]
	// Open says that there may be other objects, so that Ops are not all.
	Open bool
	// Outside is what code that is not seen can do to one of the objects; All if
	// Open.
	Outside Rights
	Global  bool // one of them may be held by a package-level variable
	Checked bool // one of them may be held by a variable that is compared with nil
	Copied  bool // one of them is copied
}

// Closed reports whether nobody else can operate on the objects, and none of
// the doubts applies: held by a package-level variable, compared with nil,
// copied.
func (c *Census) Closed() bool {
	return !c.Open && c.Outside == 0 && !c.Global && !c.Checked && !c.Copied
}

// Nil reports whether there is nothing that the variable could ever hold.
func (c *Census) Nil() bool { return !c.Open && len(c.Makes) == 0 }

// Has reports whether the pass shows an operation of one of the kinds.
func (c *Census) Has(kinds ...models.Kind) bool { return c.First(kinds...) != nil }

// First returns the first operation of one of the kinds, nil if there is none.
func (c *Census) First(kinds ...models.Kind) *Op {
	for _, o := range c.Ops {
		for _, k := range kinds {
			if o.Kind == k {
				return o
			}
		}
	}
	return nil
}

// receives reports whether an event, nil for none, is a receive that is listed.
func (c *Census) receives(ev *skeleton.Event) bool {
	return ev != nil && slices.ContainsFunc(c.Ops, func(o *Op) bool { return o.Kind == models.Recv && o.Ev.Instr == ev.Instr })
}

// A Result holds the censuses of one package. It is not safe for concurrent use.
type Result struct {
	p       *summary.Package
	g       *graph
	objects []*Object
	ops     []*Op
	at      map[opKey]*Op
	merged  map[*node]*Census // computed when asked for
}

type opKey struct {
	instr ssa.Instruction
	val   ssa.Value
	kind  models.Kind
}

// Take makes the census of a summarised package.
func Take(p *summary.Package) *Result {
	g := newGraph(p)
	r := &Result{p: p, g: g, at: map[opKey]*Op{}, merged: map[*node]*Census{}}
	if p.SSA == nil {
		return r
	}
	g.build()
	r.objects = g.objects
	for _, fn := range p.Funcs {
		r.scan(fn)
	}
	return r
}

// Ops returns all operations on channels, WaitGroups, Conds and cancel
// functions, in source order of the functions, literals behind the function that
// they are in.
func (r *Result) Ops() []*Op { return r.ops }

// Objects returns everything that the package makes, in source order.
func (r *Result) Objects() []*Object { return r.objects }

// At returns the census of what an event operates on, nil if that is nothing
// that has one.
func (r *Result) At(ev *skeleton.Event) *Census {
	v := operand(ev)
	if v == nil {
		return nil
	}
	return r.Of(v)
}

// Of returns the census of what a value can be, nil if that is nothing that has
// one.
func (r *Result) Of(v ssa.Value) *Census {
	n := r.g.values[v]
	if n == nil {
		if c, ok := v.(*ssa.Const); ok && c.IsNil() {
			return &Census{}
		}
		return nil
	}
	return r.census(n)
}

// Class returns the census of what the variables of a class can hold, nil if
// that is nothing that has one.
func (r *Result) Class(c place.Class) *Census {
	if v, ok := c.Obj.(*types.Var); ok && r.g.held[v] != nil && !c.Elem {
		return r.Object(r.g.held[v])
	}
	n := r.g.class(c)
	if n == nil {
		return nil
	}
	return r.census(n)
}

// Object returns the census of one object.
func (r *Result) Object(o *Object) *Census {
	return r.merge(func(x *Object) bool { return x == o })
}

func (r *Result) census(n *node) *Census {
	n = n.find()
	if c := r.merged[n]; c != nil {
		return c
	}
	c := r.merge(func(o *Object) bool { return n.objs[o] })
	if n.open {
		c.Open, c.Outside = true, All
	}
	r.merged[n] = c
	return c
}

// merge returns the census of the objects for which in holds.
func (r *Result) merge(in func(*Object) bool) *Census {
	c := &Census{}
	seen := map[*Op]bool{}
	for _, o := range r.objects {
		if !in(o) {
			continue
		}
		c.Sort = o.Sort
		c.Makes = append(c.Makes, o)
		c.Outside |= o.Outside
		c.Global = c.Global || o.Global
		c.Checked = c.Checked || o.Checked
		c.Copied = c.Copied || o.Copied
		for _, op := range o.ops {
			seen[op] = true
		}
	}
	for _, op := range r.ops {
		if seen[op] {
			c.Ops = append(c.Ops, op)
		}
	}
	return c
}

// Held returns the locks that are surely held at an operation.
func (r *Result) Held(o *Op) []summary.HeldLock { return r.p.LocksAt(o.Fn, o.Node) }
