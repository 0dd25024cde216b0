package scope

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
)

// Name names the channel as the operation does.
func (st *Stranded) Name() string { return st.Op.Channel(st.Prim.Place) }

// Channel names the channel that n operates on as the source does there, p if
// it does not tell.
func (n *Node) Channel(p *place.Place) string {
	switch x := n.called().(type) {
	case *ast.SendStmt:
		return types.ExprString(x.Chan)
	case *ast.UnaryExpr:
		return types.ExprString(x.X)
	case *ast.Ident, *ast.SelectorExpr:
		return types.ExprString(x.(ast.Expr))
	case *ast.CallExpr:
		if len(x.Args) == 1 && !n.elsewhere(x) {
			return types.ExprString(x.Args[0])
		}
		if sel, ok := x.Fun.(*ast.SelectorExpr); ok && n.elsewhere(x) && p != nil && p.Parent != nil {
			return types.ExprString(sel.X) + "." + p.Parent.Sel.Var.Name()
		}
	}
	if n.Ev != nil && n.Ev.Val != nil {
		if u, ok := n.Ev.Val.(*ssa.UnOp); ok && u.Op == token.MUL {
			return placeName(u.X)
		}
		return placeName(n.Ev.Val)
	}
	return p.String()
}

// called is the syntax of n, of a defer statement the call.
func (n *Node) called() ast.Node {
	if d, ok := n.Syntax().(*ast.DeferStmt); ok {
		return d.Call
	}
	return n.Syntax()
}

// elsewhere reports whether n, at the call x, is the close of a channel that a
// method of another package does.
func (n *Node) elsewhere(x *ast.CallExpr) bool {
	_, builtin := x.Fun.(*ast.Ident)
	return !builtin && n.Ev.Kind == models.Close
}

// Closing returns the call that closes a channel, as in the source.
func (n *Node) Closing() string {
	if x, ok := n.called().(*ast.CallExpr); ok && n.elsewhere(x) {
		return types.ExprString(x.Fun) + "()"
	}
	return "close(" + n.Channel(n.Obj) + ")"
}

// placeName names a variable, or says that it is a channel.
func placeName(v ssa.Value) string {
	switch v := v.(type) {
	case *ssa.FreeVar, *ssa.Parameter, *ssa.Global:
		return v.Name()
	case *ssa.Alloc:
		if token.IsIdentifier(v.Comment) {
			return v.Comment
		}
	}
	return "the channel"
}

// Verb says what the goroutine does that stays behind.
func (st *Stranded) Verb() string {
	switch st.Op.Ev.Kind {
	case models.Send:
		return "sends on"
	case models.Recv:
		return "receives from"
	}
	return "selects on"
}

// Does names the operation, for the start of a sentence.
func (st *Stranded) Does() string {
	switch st.Op.Ev.Kind {
	case models.Send:
		return "this send on " + st.Name()
	case models.Recv:
		return "this receive from " + st.Name()
	}
	return "this select"
}

// Who names the goroutine that leaves.
func (st *Stranded) Who() string {
	fn := st.Exit.Frame.Fn
	if fn.Parent() != nil {
		fn = nil
	}
	switch {
	case fn != nil:
		return fn.Name()
	case st.Op.Ev.Kind == models.Send:
		return "the goroutine that receives from it"
	}
	return "the goroutine that it waits for"
}

// How says in what way the goroutine leaves.
func (st *Stranded) How() string {
	s := " without "
	switch {
	case st.Op.Ev.Kind == models.Send && st.Passed > 0:
		s += "another receive"
	case st.Op.Ev.Kind == models.Send:
		s += "a receive"
	case st.Op.Ev.Kind == models.Recv && st.Ends:
		s += "closing it"
	case st.Op.Ev.Kind == models.Recv && st.Prim.has(models.Close):
		s += "a send or close"
	case st.Op.Ev.Kind == models.Recv:
		s += "a send"
	default:
		s += "serving any of its cases"
	}
	return "leaves " + st.occasion() + s[1:]
}

// ofData reports whether the goroutine leaves because of what some data are.
func (st *Stranded) ofData() bool {
	n := st.Turn
	return n != nil && !(n.Ev != nil && n.Ev.Kind == models.Select || selects(n.Cond)) && (n.Ev == nil || !n.Ev.Arm)
}

// occasion says at what turn the goroutine leaves.
func (st *Stranded) occasion() string {
	if st.Turn == nil {
		return ""
	}
	n := st.Turn
	switch {
	case n.Ev != nil && n.Ev.Kind == models.Select || selects(n.Cond):
		return "by the default of its select, "
	case n.Ev == nil || !n.Ev.Arm:
		return "early, "
	case timer(n.Obj):
		return "on a timeout, "
	case n.Obj != nil && n.Obj.Parent != nil && n.Obj.Sel.Kind == place.Done:
		return "on cancellation, "
	}
	return "by another case of its select, "
}

// selects reports whether a condition asks which case a select took.
func selects(cond ssa.Value) bool {
	c, ok := cond.(*ssa.BinOp)
	if !ok {
		return false
	}
	ex, ok := c.X.(*ssa.Extract)
	if !ok {
		return false
	}
	_, ok = ex.Tuple.(*ssa.Select)
	return ok
}

// Turns says, as a verb and an object, what the goroutine does where it turns
// away.
func (st *Stranded) Turns() (verb, object string) {
	n := st.Turn
	switch {
	case n.Ev != nil && n.Ev.Arm && n.Obj != nil:
		return "takes", "the case of " + n.Channel(n.Obj)
	case n.Ev != nil && n.Ev.Arm:
		return "takes", "another case"
	case n.Ev != nil && n.Ev.Kind == models.Select || selects(n.Cond):
		return "takes", "the default case"
	}
	return "branches", "to leave"
}
