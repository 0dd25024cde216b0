package scope

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// A narrowing moves a lock from around a list of statements to around the one
// that needs it.
type narrowing struct {
	s      *Scope
	sec    Section
	body   *ast.BlockStmt
	recv   ast.Expr   // the lock
	lock   ast.Stmt   // takes it
	unlock ast.Stmt   // gives it up
	late   bool       // the unlock is deferred
	held   []ast.Stmt // what runs under it
	nodes  []*Node    // of them, and of what they call
	target ast.Stmt   // what needs it
}

// Narrow returns the edit that holds the lock of sec only around the one
// statement that needs it. It is nil if there is no such statement, if the rest
// may need the lock as well, or if it is not taken and given up once, by
// statements of one list.
func (s *Scope) Narrow(sec Section) []report.Fix {
	n := &narrowing{s: s, sec: sec, body: summary.Body(sec.Lock.Frame.Fn)}
	if n.body == nil || !n.bounds() || !n.collect() {
		return nil
	}

	if n.target = n.needy(n.held); n.target == nil || !n.movable() || !n.restIsFree() {
		return nil
	}
	return n.fix()
}

// bounds finds the statements that take the lock and give it up, and those
// between them.
func (n *narrowing) bounds() bool {
	call, ok := n.sec.Lock.Syntax().(*ast.CallExpr)
	if !ok || !n.s.Pkg.Direct(call) {
		return false
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	n.lock = statement(n.body, call)
	if !ok || n.lock == nil {
		return false
	}
	n.recv = sel.X
	list := listOf(n.body, n.lock)
	at := slices.Index(list, n.lock) + 1
	if at == 0 || at == len(list) {
		return false
	}
	text := types.ExprString(n.recv) + ".Unlock()"
	if d, ok := list[at].(*ast.DeferStmt); ok && types.ExprString(d.Call) == text {
		n.unlock, n.late, n.held = d, true, list[at+1:]
		return n.body.List[0] == list[0] // it holds to the end of the list
	}
	for i, stmt := range list[at:] {
		if e, ok := stmt.(*ast.ExprStmt); ok && types.ExprString(e.X) == text {
			n.unlock, n.held = stmt, list[at:at+i]
			return true
		}
	}
	return false
}

// listOf returns the list of the block that stmt stands in, nil if it stands
// elsewhere.
func listOf(body *ast.BlockStmt, stmt ast.Stmt) (list []ast.Stmt) {
	ast.Inspect(body, func(x ast.Node) bool {
		if b, ok := x.(*ast.BlockStmt); ok && slices.Contains(b.List, stmt) {
			list = b.List
		}
		return list == nil
	})
	return list
}

// collect gathers what happens under the lock. It reports whether the lock is
// given up in one place only.
func (n *narrowing) collect() bool {
	for _, m := range n.sec.Lock.Thread.nodes {
		if m.Ev == nil {
			continue
		}
		if m.Obj == n.sec.Lock.Obj && (m.Ev.Kind == models.Release || m.Ev.Kind == models.ReleaseShared) {
			if at, _ := m.Range(); m.Frame != n.sec.Lock.Frame || !inside(n.unlock, at) {
				return false
			}
		} else if n.s.holds(m, n.sec.Lock.Obj) && m.Frame.within(n.sec.Lock.Frame) {
			n.nodes = append(n.nodes, m)
		}
	}
	return true
}

// within reports whether f is g or runs in it.
func (f *Frame) within(g *Frame) bool {
	for ; f != nil && f != g; f = f.Up {
	}
	return f != nil
}

func inside(x ast.Node, at token.Pos) bool { return x.Pos() <= at && at < x.End() }

// at returns where in the function that takes the lock m happens.
func (n *narrowing) at(m *Node) token.Pos {
	for m.Frame != n.sec.Lock.Frame {
		m = m.Frame.At
	}
	pos, _ := m.Range()
	return pos
}

// needy returns the innermost statement in list that all needs of the lock are
// in, nil if they are in several. A loop is taken as a whole, for each turn
// would take the lock, and so is everything that ends in no fixed place.
func (n *narrowing) needy(list []ast.Stmt) ast.Stmt {
	var found ast.Stmt
	for _, need := range n.sec.Needs {
		if !need.Frame.within(n.sec.Lock.Frame) {
			return nil
		}
		at := n.at(need)
		i := slices.IndexFunc(list, func(s ast.Stmt) bool { return inside(s, at) })
		if i < 0 || found != nil && found != list[i] {
			return nil
		}
		found = list[i]
	}
	if branch, ok := found.(*ast.IfStmt); ok {
		if inner := n.needy(branch.Body.List); inner != nil {
			return inner
		}
		if other, ok := branch.Else.(*ast.BlockStmt); ok {
			if inner := n.needy(other.List); inner != nil {
				return inner
			}
		}
	}
	return found
}

// movable reports whether the lock can be taken and given up just around the
// target: nothing leaves it, the lock is written alike there, and, where the
// unlock was deferred, no call in it panics, nor is any panic survived.
func (n *narrowing) movable() bool {
	pass := n.s.Pkg.Pass
	if !report.SameAt(pass, n.recv, n.target.Pos()) || n.reassigned() || n.late && n.s.Survives(n.sec.Lock.Thread) {
		return false
	}
	ok := true
	ast.Inspect(n.target, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.ReturnStmt, *ast.BranchStmt, *ast.LabeledStmt, *ast.DeferStmt, *ast.GoStmt, *ast.FuncLit:
			ok = false
		case *ast.CallExpr:
			ok = ok && (!n.late || n.harmless(x))
		}
		return ok
	})
	return ok
}

// harmless reports whether a call does not panic, as far as is known.
func (n *narrowing) harmless(call *ast.CallExpr) bool {
	info := n.s.Pkg.Pass.TypesInfo
	if t := info.Types[call.Fun]; t.IsType() || t.IsBuiltin() {
		id, ok := ast.Unparen(call.Fun).(*ast.Ident)
		return !ok || id.Name != "panic"
	}
	f, ok := typeutil.Callee(info, call).(*types.Func)
	if !ok {
		return false
	}
	m, _ := models.Of(f)
	return m.Effect&models.Unknown == 0
}

// reassigned reports whether a variable that the lock is reached by gets
// another value in the section.
func (n *narrowing) reassigned() bool {
	info := n.s.Pkg.Pass.TypesInfo
	vars := map[types.Object]bool{}
	ast.Inspect(n.recv, func(x ast.Node) bool {
		if id, ok := x.(*ast.Ident); ok {
			vars[info.Uses[id]] = true
		}
		return true
	})
	found := false
	for _, stmt := range n.held {
		ast.Inspect(stmt, func(x ast.Node) bool {
			if assign, ok := x.(*ast.AssignStmt); ok {
				for _, l := range assign.Lhs {
					switch l := ast.Unparen(l).(type) {
					case *ast.Ident:
						found = found || vars[info.Uses[l]] && info.Uses[l] != nil
					case *ast.SelectorExpr:
						found = found || vars[info.Uses[l.Sel]]
					}
				}
			}
			return !found
		})
	}
	return found
}

// restIsFree reports whether all slow work, and nothing that may need the lock,
// is outside the target.
func (n *narrowing) restIsFree() bool {
	for _, m := range n.nodes {
		if inside(n.unlock, n.at(m)) {
			continue // names the lock
		}
		in, slow := inside(n.target, n.at(m)), slices.Contains(n.sec.Slow, m)
		if in && slow || !in && !slow && !n.free(m) {
			return false
		}
	}
	return true
}

// free reports whether m, which is not slow, does not need the lock: neither
// for the memory that it touches, nor to be in step with other goroutines.
func (n *narrowing) free(m *Node) bool {
	d := dependence{s: n.s, t: m.Thread, lock: n.sec.Lock.Obj, seen: map[valueIn]bool{}}
	switch m.Ev.Kind {
	case skeleton.Write:
		return m.Obj != nil && n.s.own(m.Obj.Root, m.Thread)
	case skeleton.Read:
		v, ok := m.Ev.Instr.(ssa.Value)
		return m.Obj != nil && (n.s.own(m.Obj.Root, m.Thread) || ok && d.free(v, m.Frame))
	case skeleton.CallFn:
		if m.inner != nil {
			return true // what it does follows
		}
		if CalleeOf(m) == nil || m.Ev.Effect&(models.Unknown|models.CallsBack|models.IO) != 0 {
			return false
		}
		for _, a := range m.Ev.Callee.Args {
			if m.Ev.Effect&(models.Reads|models.Writes) != 0 && !d.free(a, m.Frame) {
				return false
			}
		}
		return true
	case skeleton.Return, skeleton.GoExit, skeleton.AtReturn, models.CtxMake, models.Cancel:
		return true
	}
	return false
}

func (n *narrowing) fix() []report.Fix {
	pass := n.s.Pkg.Pass
	lock := types.ExprString(n.recv)
	var edits []analysis.TextEdit
	ok := true
	move := func(gone, stay ast.Stmt, text string, insert func(text string) analysis.TextEdit) {
		if n.target == stay {
			return
		}
		out, text, taken := report.Take(pass, gone, text)
		edits = append(edits, out, insert(text))
		ok = ok && taken
	}
	last := n.held[len(n.held)-1]
	if n.late {
		last = nil
	}
	move(n.lock, n.held[0], lock+".Lock()", func(text string) analysis.TextEdit { return report.InsertBefore(n.target, text) })
	move(n.unlock, last, lock+".Unlock()", func(text string) analysis.TextEdit { return report.InsertAfter(pass, n.target, text) })
	if !ok || len(edits) == 0 {
		return nil
	}
	slices.SortFunc(edits, func(a, b analysis.TextEdit) int { return int(a.Pos - b.Pos) })
	return []report.Fix{{Message: "hold " + lock + " only where it is needed", Edits: edits}}
}
