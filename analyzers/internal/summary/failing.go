package summary

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// TakesT reports whether an argument of the call is a T, B or F of package
// testing, or an interface made of one that still lets the callee end the test.
func TakesT(c *ssa.CallCommon) bool {
	return slices.ContainsFunc(c.Args, func(arg ssa.Value) bool { return IsTest(arg) && canEnd(arg.Type()) })
}

// IsTest reports whether an argument is a T, B or F of package testing, or an
// interface made of one.
func IsTest(arg ssa.Value) bool {
	switch x := arg.(type) {
	case *ssa.MakeInterface:
		arg = x.X
	case *ssa.ChangeInterface:
		arg = x.X
	}
	return IsTesting(arg.Type())
}

// canEnd reports whether t has the method that all others end a test with.
func canEnd(t types.Type) bool {
	obj, _, _ := types.LookupFieldOrMethod(t, false, nil, "FailNow")
	_, ok := obj.(*types.Func)
	return ok
}

// IsTesting reports whether t is a pointer to a type of package testing, or
// testing.TB.
func IsTesting(t types.Type) bool {
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	n, ok := t.(*types.Named)
	return ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "testing"
}

// Failing reports whether the fault is found on failing paths of a test only:
// each way there from what was done to the lock before calls a helper that is
// handed the test and may end it.
func (p *Package) Failing(f *LockFault) bool {
	sk := p.skeletons[f.Fn]
	mayEnd := func(n int) bool {
		ev := sk.Nodes[n].Ev
		return ev != nil && ev.Kind == skeleton.CallFn && ev.Callee.Call != nil && TakesT(ev.Callee.Call)
	}
	return f.Since != f.At.Node && !sk.Reach(f.Since, mayEnd, nil)[f.At.Node]
}

// Handed reports whether the lock of a fault was taken by a callee that returned
// an object as an interface: its methods, which nobody sees through, may have
// given the lock up.
func (p *Package) Handed(f *LockFault) bool {
	ev := p.Event(f.Fn, f.Since)
	if ev == nil || ev.Kind != skeleton.CallFn || ev.Callee.Call == nil {
		return false
	}
	results := ev.Callee.Call.Signature().Results()
	for i := range results.Len() {
		if t := results.At(i).Type(); types.IsInterface(t) && !skeleton.IsError(t) {
			return true
		}
	}
	return false
}
