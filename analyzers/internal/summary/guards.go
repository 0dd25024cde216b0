package summary

import (
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"strings"
	"sync"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/place"
)

// A Guard is what the source says of a field: that it is to be used with a lock
// of the same struct held.
type Guard struct {
	Field, Lock *types.Var
	Annotated   bool      // by +checklocks, else by a comment in words
	Pos         token.Pos // of the comment
}

// A Need is what the source says of a function by +checklocks: that its callers
// hold a lock of one of its parameters.
type Need struct {
	Fn   *ssa.Function
	Lock *types.Var
	Pos  token.Pos // of the comment
}

// Guards returns what the comments on fields say, in source order. Tests are
// not asked.
func (p *Package) Guards() []Guard {
	var out []Guard
	p.eachFile(func(file *ast.File) {
		ast.Inspect(file, func(n ast.Node) bool {
			if st, ok := n.(*ast.StructType); ok {
				out = append(out, p.guardsOf(st)...)
			}
			return true
		})
	})
	return out
}

// eachFile calls f for the files of the package that are no tests.
func (p *Package) eachFile(f func(*ast.File)) {
	for _, file := range p.Pass.Files {
		if !p.InTest(file.FileStart) {
			f(file)
		}
	}
}

// InTest reports whether pos is in a _test.go file.
func (p *Package) InTest(pos token.Pos) bool {
	file := p.Pass.Fset.File(pos)
	return file != nil && strings.HasSuffix(file.Name(), "_test.go")
}

// guardsOf reads the comments of one struct.
func (p *Package) guardsOf(st *ast.StructType) []Guard {
	locks := map[string]*types.Var{}
	t, ok := p.Pass.TypesInfo.TypeOf(st).(*types.Struct)
	if !ok {
		return nil
	}
	for f := range t.Fields() {
		if isMutex(f.Type()) {
			locks[f.Name()] = f
		}
	}
	if len(locks) == 0 {
		return nil
	}
	var out []Guard
	for _, f := range st.Fields.List {
		for _, group := range []*ast.CommentGroup{f.Doc, f.Comment} {
			name, annotated := guardIn(group)
			lock := locks[name]
			for _, id := range f.Names {
				if v, ok := p.Pass.TypesInfo.Defs[id].(*types.Var); ok && lock != nil && v != lock {
					out = append(out, Guard{v.Origin(), lock.Origin(), annotated, group.Pos()})
				}
			}
		}
	}
	return out
}

// isMutex reports whether t is a lock of package sync, or a pointer to one. What
// the methods of other locks do is not always known.
func isMutex(t types.Type) bool {
	t = types.Unalias(t)
	if ptr, ok := t.(*types.Pointer); ok {
		t = types.Unalias(ptr.Elem())
	}
	n, ok := t.(*types.Named)
	if !ok || n.Obj().Pkg() == nil || n.Obj().Pkg().Path() != "sync" {
		return false
	}
	return n.Obj().Name() == "Mutex" || n.Obj().Name() == "RWMutex"
}

// The patterns are compiled when first used: most packages have no use for them,
// and each is analysed by a process of its own.
var (
	// guardedBy finds the sentence that ends with the name of a lock: whatever
	// goes on ("guarded by mu unless …") says something else.
	guardedBy = pattern(`(?i)\b(?:guarded|protected) by (?:the )?([a-z_]\w*)(?: lock| mutex)?\s*(?:[.,;:)]|$)`)
	// hedged finds words that take some of that back.
	hedged = pattern(`(?i)\b(?:unless|except|only|once|after|until|atomic\w*|or|writes?|written|but|not)\b`)
	// annotation is gVisor's: a field's names a sibling, a function's a field of
	// a parameter.
	annotation = pattern(`^//\s*\+(checklocks\w*)(?::([\w.]+))?`)
	// expects finds that callers are asked to hold a lock.
	expects = pattern(`(?i)\b(?:hold|holds|holding|held|locked|lock is taken)\b`)
)

func pattern(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}

// guardIn returns the name of the lock that a comment says guards its field,
// "" if it does not say so.
func guardIn(group *ast.CommentGroup) (name string, annotated bool) {
	if group == nil {
		return "", false
	}
	for _, c := range group.List {
		if m := annotation().FindStringSubmatch(c.Text); m != nil && m[1] == "checklocks" {
			return m[2], true
		}
	}
	text := group.Text()
	m := guardedBy().FindStringSubmatch(strings.TrimSpace(text))
	if m == nil || hedged().MatchString(text) {
		return "", false
	}
	return m[1], false
}

// Needs returns what the annotations of functions say, in source order.
func (p *Package) Needs() []Need {
	var out []Need
	p.eachFile(func(file *ast.File) {
		for _, decl := range file.Decls {
			fd, ok := decl.(*ast.FuncDecl)
			if !ok || fd.Doc == nil {
				continue
			}
			obj, _ := p.Pass.TypesInfo.Defs[fd.Name].(*types.Func)
			for _, c := range fd.Doc.List {
				m := annotation().FindStringSubmatch(c.Text)
				if m == nil || m[1] != "checklocks" && m[1] != "checklocksread" || obj == nil {
					continue
				}
				if lock := lockOf(obj.Signature(), m[2]); lock != nil {
					out = append(out, Need{p.SSA.Prog.FuncValue(obj), lock, c.Pos()})
				}
			}
		}
	})
	return out
}

// lockOf returns the lock that s.mu names in a function with the signature,
// nil if it is none that the engine can name.
func lockOf(sig *types.Signature, path string) *types.Var {
	name, rest, ok := strings.Cut(path, ".")
	if !ok {
		return nil
	}
	var t types.Type
	if r := sig.Recv(); r != nil && r.Name() == name {
		t = r.Type()
	}
	for par := range sig.Params().Variables() {
		if par.Name() == name {
			t = par.Type()
		}
	}
	var last *types.Var
	for part := range strings.SplitSeq(rest, ".") {
		if t == nil {
			return nil
		}
		st, ok := structOf(referent(t))
		if !ok {
			return nil
		}
		if last = fieldNamed(st, part); last == nil {
			return nil
		}
		t = last.Type()
	}
	if last == nil || !isMutex(last.Type()) {
		return nil
	}
	return last.Origin()
}

// Expects reports whether fn is one that callers are to call with a lock held,
// as its name, its comment or an annotation say: fooLocked.
func (p *Package) Expects(fn *ssa.Function) bool {
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	if strings.HasSuffix(strings.ToLower(fn.Name()), "locked") {
		return true
	}
	fd, ok := fn.Syntax().(*ast.FuncDecl)
	if !ok || fd.Doc == nil {
		return false
	}
	for _, c := range fd.Doc.List {
		if annotation().MatchString(c.Text) {
			return true
		}
	}
	return expects().MatchString(fd.Doc.Text())
}

// LockClass returns the class of the lock that a field holds.
func LockClass(lock *types.Var) place.Class { return place.Class{Obj: lock.Origin()} }

// Of reports whether h is the lock in the field, of any struct, or part of it if
// it is a lock made of others.
func (h HeldLock) Of(field *types.Var) bool {
	if h.Class.Obj == any(field.Origin()) {
		return true
	}
	for q := h.Place; q != nil && q.Parent != nil; q = q.Parent {
		if q.Sel.Kind == place.Field && q.Sel.Var == field.Origin() {
			return true
		}
	}
	return false
}

// NamedLocked reports whether the name of fn says that it is called with a lock
// held.
func NamedLocked(fn *ssa.Function) bool {
	name := fn.Name()
	return fn.Parent() == nil && strings.HasSuffix(name, "Locked") && !strings.HasSuffix(name, "UnLocked")
}

// ReceiverLocks returns the fields of fn's receiver that are locks.
func ReceiverLocks(fn *ssa.Function) []*types.Var {
	recv := fn.Signature.Recv()
	if recv == nil {
		return nil
	}
	st, ok := structOf(referent(recv.Type()))
	if !ok {
		return nil
	}
	var out []*types.Var
	for f := range st.Fields() {
		if isMutex(f.Type()) {
			out = append(out, f.Origin())
		}
	}
	return out
}
