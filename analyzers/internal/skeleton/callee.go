package skeleton

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/place"
)

// Object returns the function or interface method that a call names, nil for
// a call of a func value.
func Object(c *ssa.CallCommon) *types.Func {
	if c.IsInvoke() {
		return c.Method
	}
	if f := c.StaticCallee(); f != nil {
		if o, ok := f.Object().(*types.Func); ok {
			return o
		}
		if f.Origin() != nil {
			o, _ := f.Origin().Object().(*types.Func)
			return o
		}
	}
	return nil
}

func (b *builder) callee(c *ssa.CallCommon) Callee { return CalleeOf(b.tab, c) }

// CalleeOf resolves what a call runs.
func CalleeOf(tab *place.Table, c *ssa.CallCommon) Callee {
	if c.IsInvoke() {
		return Callee{Call: c, Args: append([]ssa.Value{c.Value}, c.Args...)}
	}
	out := FuncOf(tab, c.Value)
	out.Call = c
	out.Args = append(out.Args, c.Args...)
	return out
}

func (b *builder) funcValue(v ssa.Value) Callee { return FuncOf(b.tab, v) }

// FuncOf resolves a func value. Args holds the receiver of a method value and
// nothing else. Fn is nil if the function is not known; Value is then what is
// known of it.
func FuncOf(tab *place.Table, v ssa.Value) Callee {
	v = tab.Resolve(v)
	switch v := v.(type) {
	case *ssa.Function:
		return Callee{Fn: origin(v), Value: v}
	case *ssa.MakeClosure:
		fn := v.Fn.(*ssa.Function)
		if strings.HasSuffix(fn.Name(), "$bound") && fn.Synthetic != "" {
			if m := boundMethod(fn); m != nil {
				return Callee{Fn: m, Value: v, Args: []ssa.Value{v.Bindings[0]}}
			}
			return Callee{Value: v}
		}
		return Callee{Fn: fn, Value: v}
	}
	return Callee{Value: v}
}

// origin unwraps what go/ssa synthesises around a function: the instance of a
// generic, whose body only calls the origin, and promoted-method wrappers.
func origin(fn *ssa.Function) *ssa.Function {
	if o := fn.Origin(); o != nil {
		return o
	}
	return fn
}

// MethodValue returns the method that a func value is, of an interface or not, and
// its receiver; m is nil if it is none.
func MethodValue(tab *place.Table, v ssa.Value) (m *types.Func, recv ssa.Value) {
	mc, ok := tab.Resolve(v).(*ssa.MakeClosure)
	if !ok || mc.Fn.(*ssa.Function).Synthetic == "" {
		return nil, nil
	}
	m, _ = mc.Fn.(*ssa.Function).Object().(*types.Func)
	return m, mc.Bindings[0]
}

// boundMethod returns the method behind a bound-method closure, nil if it is called
// through an interface.
func boundMethod(fn *ssa.Function) *ssa.Function {
	for _, blk := range fn.Blocks {
		for _, instr := range blk.Instrs {
			if c, ok := instr.(*ssa.Call); ok {
				f := c.Call.StaticCallee()
				if f == nil || len(c.Call.Args) == 0 || c.Call.Args[0] != ssa.Value(fn.FreeVars[0]) {
					return nil // an interface's, or promoted from an embedded field
				}
				return origin(f)
			}
		}
	}
	return nil
}
