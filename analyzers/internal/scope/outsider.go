package scope

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// An Outsider is a race of a goroutine that a constructor starts with a method
// of what it makes, which callers have while the goroutine runs: one of the two
// leaves out a lock of the struct.
type Outsider struct {
	Scope *Scope
	Node  *Node          // what the goroutine does
	Use   summary.Access // what the method does
	Lock  *types.Var     // a lock of the same struct that is held for the field elsewhere
	// Bare says that it is the goroutine which leaves out the lock, and the method
	// holds it.
	Bare bool
}

// Outsiders returns such races, one for a field and the function that is to change.
// They are told only of a field that some function uses with a lock of its struct
// held, if the method has done nothing before that could wait for the goroutine or
// ask about it.
func (p *Package) Outsiders() []*Outsider {
	var out []*Outsider
	type key struct {
		fn    *ssa.Function
		field *types.Var
	}
	seen := map[key]bool{}
	for _, s := range p.Scopes {
		made := s.product()
		if made == nil {
			continue
		}
		alone := s.solitary()
		for _, n := range s.Nodes {
			if n.Ev == nil || n.Ev.Kind != skeleton.Write && !alone[n.Thread] {
				continue
			}
			field := s.handedOut(n, made)
			if field == nil {
				continue
			}
			for _, o := range p.outsiders(s, n, field, alone[n.Thread]) {
				k := key{o.Use.Fn, field}
				if o.Bare {
					k.fn = n.Thread.Frame.Fn
				}
				if !seen[k] {
					seen[k] = true
					out = append(out, o)
				}
			}
		}
	}
	return out
}

// product returns the struct that the scope's function makes and returns a
// pointer to, nil if there is none.
func (s *Scope) product() *place.Place {
	root := s.Threads[0].Frame
	for _, b := range s.Root.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok {
			continue
		}
		for _, v := range ret.Results {
			p := s.Place(s.Pkg.Places.Of(v), root)
			if p == nil || p.Parent != nil {
				continue
			}
			if a, ok := p.Root.V.(*ssa.Alloc); ok && isStruct(a) {
				return p
			}
		}
	}
	return nil
}

func isStruct(a *ssa.Alloc) bool {
	_, ok := a.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Struct)
	return ok
}

// handedOut returns the field of the struct at made that w, an event, reads or
// writes in a goroutine which may still run when the scope's function returns, nil
// if it does not.
func (s *Scope) handedOut(w *Node, made *place.Place) *types.Var {
	if !isAccess(w) || w.Thread.ID == 0 || w.Obj == nil {
		return nil
	}
	f := summary.FieldOf(w.Ev.Obj)
	if f == nil || s.Place(f.Parent, w.Frame) != made || s.preset(w) {
		return nil
	}
	o := s.orderOf(w)
	exit := s.Threads[0].Frame.Exit
	if o == nil || o.before(w, exit, nil) || o.conceivably(exit) {
		return nil
	}
	return f.Sel.Var
}

// outsiders returns the races of n, which may be in a goroutine that works alone,
// with methods of its struct.
func (p *Package) outsiders(s *Scope, n *Node, field *types.Var, alone bool) []*Outsider {
	var out []*Outsider
	lock := p.lockFor(field)
	if lock == nil {
		return nil
	}
	for _, a := range p.Accesses(field) {
		if s.fns[a.Fn] || !p.open(&a) {
			continue
		}
		o := &Outsider{Scope: s, Node: n, Use: a, Lock: lock}
		switch {
		case writes(n) && p.Unlocked(a.Fn, a.Node, place.Class{Obj: lock}) && !p.prepared(a.Fn, a.Ev, nil):
			out = append(out, o)
		case alone && s.Held(n) == 0 && (writes(n) || a.Write()):
			if o.Lock = p.own(&a); o.Lock != nil && !s.touches(n.Thread, o.Lock) && !p.prepared(a.Fn, a.Ev, o.Lock) {
				o.Bare = true
				out = append(out, o)
			}
		}
	}
	return out
}

// lockFor returns a lock beside the field that is held at some use of it, nil if
// there is none.
func (p *Package) lockFor(field *types.Var) *types.Var {
	for _, a := range p.Accesses(field) {
		if lock := p.own(&a); lock != nil {
			return lock
		}
	}
	return nil
}

// own returns a lock of the struct that is held at a, nil if there is none.
func (p *Package) own(a *summary.Access) *types.Var {
	for _, h := range p.LocksAt(a.Fn, a.Node) {
		v, ok := h.Class.Obj.(*types.Var)
		if ok && h.Place != nil && h.Place.Parent != nil && h.Place.Parent == a.Owner {
			return v
		}
	}
	return nil
}

// open reports whether a is in a method that anybody can call, on the struct
// that it is called on.
func (p *Package) open(a *summary.Access) bool {
	obj, ok := a.Fn.Object().(*types.Func)
	if !ok || !obj.Exported() || a.Fn.Signature.Recv() == nil || p.InTest(a.Ev.Pos()) {
		return false
	}
	return a.Owner.Parent == nil && a.Owner.Root.V == ssa.Value(a.Fn.Params[0])
}

// prepared reports whether fn may have waited for a goroutine, or asked about
// it, before ev, by other means than the given lock, which may be nil.
func (p *Package) prepared(fn *ssa.Function, ev *skeleton.Event, lock *types.Var) bool {
	sk := p.Skeleton(fn)
	return slices.ContainsFunc(earlier(sk, ev), func(i int) bool {
		x := sk.Nodes[i].Ev
		if x == nil || x == ev {
			return false
		}
		switch x.Kind {
		case skeleton.Read, skeleton.Write, skeleton.Return:
			return false
		case skeleton.CallFn:
			return x.Callee.Fn != nil || x.Effect&(models.Unknown|models.MayBlock|models.CallsBack|models.IO) != 0
		case models.Acquire, models.AcquireShared:
			return lock == nil || x.Obj.Class().Obj != lock
		}
		return true
	})
}

// Range returns the access that is to change.
func (o *Outsider) Range() (pos, end token.Pos) {
	if o.Bare {
		return o.Scope.Range(o.Node)
	}
	return o.used()
}

// used returns where the method uses the field.
func (o *Outsider) used() (pos, end token.Pos) {
	if x := AccessOf(o.Scope.Pkg, o.Use.Fn, o.Use.Ev); x != nil {
		return x.Pos(), x.End()
	}
	return summary.Range(o.Use.Fn, o.Use.Ev.Pos())
}

// Name names the field as the method does.
func (o *Outsider) Name() string {
	return o.Use.Owner.String() + "." + summary.FieldOf(o.Use.Ev.Obj).Sel.Var.Name()
}

// Starter names the function that starts the goroutine.
func (o *Outsider) Starter() string { return starter(o.Node.Thread) }

// Witness returns the interleaving.
func (o *Outsider) Witness() []report.Step {
	s := o.Scope
	verb, _ := s.Verb(o.Node)
	steps := s.Witness(
		Moment{Node: o.Node.Thread.Spawn, Verb: "starts", Object: o.Node.Thread.Spawn.Called()},
		Moment{Node: o.Node, Verb: verb, Object: s.Name(o.Node), After: 1, Mark: report.Racing})
	pos, _ := o.used()
	does := "reads"
	if o.Use.Write() {
		does = "writes"
	}
	return append(steps, report.Step{Pos: pos, G: 1, Role: "caller", Verb: does, Object: o.Name(), After: 1, Mark: report.Racing})
}
