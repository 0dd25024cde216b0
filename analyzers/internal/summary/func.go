package summary

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/lockset"
	"github.com/concvet/concvet/analyzers/internal/place"
)

// A Func says what one call of a function does. It is closed: what the callees
// do is part of it.
type Func struct {
	Fn *ssa.Function // nil if the function is of another package

	// Outcomes are the ways in which it returns, of which at least one
	// applies to each call. None means that it never returns.
	Outcomes []Outcome
	Acquires []Acquire // the locks of others that it waits for
	Calls    []ParamCall
	Writes   []Write
	Blocks   []Block // what else it waits for

	// Truncated says that a bound was hit: there may be more Acquires, Calls
	// and Writes.
	Truncated bool
	unsolved  bool // nothing is known of its effect on locks
}

// A Ref names an object for callers of a function: what a parameter leads to,
// or something that does not depend on the call.
type Ref struct {
	Param int          // index of the parameter, the receiver being the first, or -1
	Base  *place.Place // the object if Param is -1: below a global, or a variable of an enclosing function
	Sels  []place.Sel  // from what the parameter refers to, if Param is not -1
}

// In returns the place that r names in a call; arg gives what an argument
// refers to. It is nil if that is not known.
func (r Ref) In(arg func(param int) *place.Place) *place.Place {
	if r.Param < 0 {
		return r.Base
	}
	p := arg(r.Param)
	for _, s := range r.Sels {
		p = p.Select(s)
	}
	return p
}

// Class returns the class of the object, the zero Class if it is the parameter
// itself.
func (r Ref) Class() place.Class {
	if r.Param < 0 {
		return r.Base.Class()
	}
	elem := false
	for i := len(r.Sels) - 1; i >= 0; i-- {
		switch r.Sels[i].Kind {
		case place.Field:
			return place.Class{Obj: r.Sels[i].Var, Elem: elem}
		case place.Index, place.Any, place.All, place.Elem, place.Span:
			elem = true
		}
	}
	return place.Class{}
}

// An Outcome is one way in which a function returns.
type Outcome struct {
	Effects []Effect
	Conds   []PathCond  // what holds, of parameters and variables, if this is the way
	Results []ResultVal // what it returns then
	// Lost are locks that are, or may be, held at return, but that callers
	// cannot name.
	Lost []Lost
}

// A Lost is a lock that callers cannot name.
type Lost struct {
	Class place.Class
	Held  bool         // it is surely held
	Mode  lockset.Mode // if it is
}

// An Effect is what a function has done to a lock of its caller when it
// returns: each status is Entry, Held, Lent or Unknown, see [lockset.Lock].
type Effect struct {
	Ref         Ref
	Excl, Share lockset.Status
	Depth       int
}

// A ResultVal is what is known of a result: the value of a bool, or whether it
// is nil.
type ResultVal struct {
	Index int
	Nil   bool // Val is about being nil
	Val   bool
}

// A PathCond is something that a path through a function presupposes: that a
// bool is Val, or that it is Val that something is nil.
type PathCond struct {
	Ref Ref  // the variable, or the parameter
	Arg bool // it is the argument itself, or the captured value that Base is the root of, not what it refers to
	Nil bool // it is about being nil
	Val bool
	Old bool // the variable has been written since: it holds only before
}

// An Acquire is a lock that a function waits for while it runs.
type Acquire struct {
	Ref   Ref
	Class place.Class
	Mode  lockset.Mode
	Again bool       // the function itself gave it up before: its caller held it
	Part  *types.Var // the field that the lock's struct is by value, nil if it is none or not known
	Asked Asked      // a state of the lock's object decides whether it does
	Lent  []Loan     // what its caller holds, but not now
	Conds []PathCond // it happens only if these hold
	Step
}

// A Loan is a lock of the caller that a function has given up, or may have, to
// take it again later.
type Loan struct {
	Ref   Ref // the zero Ref but for Param, -1, if callers cannot name it
	Class place.Class
	Mode  lockset.Mode
}

// A Step is where something happens in a function: at a node of its skeleton,
// or in the function called there.
type Step struct {
	Fn   *ssa.Function // nil if the function is of another package: Site says where
	Node int
	Pos  token.Pos
	Via  *Step // what happens in the callee, nil if it happens right here
	Site Site  // if Fn is nil
}

// A Site is a position in another package.
type Site struct {
	File string // base name
	Line int
	Func string
}

// Leaf returns the last step of the chain: where it really happens.
func (s *Step) Leaf() *Step {
	for s.Via != nil {
		s = s.Via
	}
	return s
}

// calls returns how many calls lead to the last step.
func (s *Step) calls() (n int) {
	for ; s.Via != nil; s = s.Via {
		n++
	}
	return n
}

// recurs reports whether the chain enters one function twice.
func (s *Step) recurs() bool {
	for ; s.Via != nil; s = s.Via {
		for t := s.Via; t != nil; t = t.Via {
			if t.Fn != nil && t.Fn == s.Fn {
				return true
			}
		}
	}
	return false
}

// followedBy returns a copy of the chain with one more behind its leaf.
func (s *Step) followedBy(next *Step) *Step {
	c := *s
	if s.Via == nil {
		c.Via = next
	} else {
		c.Via = s.Via.followedBy(next)
	}
	return &c
}

// A ParamCall is a call of a function that the caller gave.
type ParamCall struct {
	Param int    // index of the parameter that holds the function
	Held  []Hold // the caller's locks that are held then, of those taken since entry
	Lent  []Loan // what its caller holds, but not then
	Step
}

// A Hold is a lock that a function holds at some point.
type Hold struct {
	Ref  Ref
	Mode lockset.Mode
	Pos  token.Pos // where it was taken
}

// A Write is a write to memory that callers can name.
type Write struct {
	Ref   Ref
	Held  []Hold // the locks taken since entry and surely held
	Conds []PathCond
	Step
}
