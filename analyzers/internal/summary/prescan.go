package summary

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/concvet/concvet/analyzers/internal/models"
)

type fnObj = *types.Func

// eachDecl calls f for every function declaration in source order.
func eachDecl(pass *analysis.Pass, f func(fnObj)) {
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			if fd, ok := decl.(*ast.FuncDecl); ok {
				if obj, ok := pass.TypesInfo.Defs[fd.Name].(*types.Func); ok {
					f(obj)
				}
			}
		}
	}
}

// concurrent reports whether the package can hold or export a concurrency
// mistake: it starts goroutines, has channels, or imports a package that
// orders goroutines, or uses a function of another module that has a fact: one
// that takes a lock, say.
//
// Code that a program has written, and that does none of it by itself, is left
// out. What a protocol compiler writes imports sync for a Once, context for its
// signatures, and calls a library that takes locks; most of what a large program
// imports may be of that kind.
func concurrent(pass *analysis.Pass) bool {
	if spawns(pass) {
		return true
	}
	if generated(pass) {
		return synchronises(pass)
	}
	return slices.ContainsFunc(pass.Pkg.Imports(), func(imp *types.Package) bool { return orders(imp.Path()) }) || usesFacts(pass)
}

// orders reports whether a package is there to order goroutines.
func orders(path string) bool {
	switch path {
	case "sync", "sync/atomic", "context", "golang.org/x/sync/errgroup",
		"golang.org/x/sync/semaphore", "golang.org/x/sync/singleflight":
		return true
	}
	return false
}

// spawns reports whether the package has a go statement or anything to do with
// channels.
func spawns(pass *analysis.Pass) bool {
	found := false
	for _, file := range pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt, *ast.ChanType, *ast.SendStmt, *ast.SelectStmt:
				found = true
			case *ast.UnaryExpr:
				found = n.Op == token.ARROW
			}
			return !found
		})
		if found {
			return true
		}
	}
	return false
}

// generated reports whether all files of the package were written by a program.
func generated(pass *analysis.Pass) bool {
	return !slices.ContainsFunc(pass.Files, func(f *ast.File) bool { return !ast.IsGenerated(f) })
}

// synchronises reports whether the package uses something that orders goroutines,
// other than a Once or the type of a context.
func synchronises(pass *analysis.Pass) bool {
	for _, obj := range pass.TypesInfo.Uses {
		if obj.Pkg() == nil || obj.Pkg() == pass.Pkg || !orders(obj.Pkg().Path()) {
			continue
		}
		of := obj.Name()
		if fn, ok := obj.(*types.Func); ok {
			of = receiver(fn)
		}
		if of != "Once" && of != "Context" {
			return true
		}
	}
	return false
}

// receiver returns the name of the type that fn is a method of, nothing if it is
// a function.
func receiver(fn *types.Func) string {
	recv := fn.Signature().Recv()
	if recv == nil {
		return ""
	}
	t := recv.Type()
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	if n, ok := t.(*types.Named); ok {
		return n.Obj().Name()
	}
	return ""
}

// usesFacts reports whether the package uses a function with a fact, or of the
// standard library one that starts a server or a goroutine, makes a test run beside
// others, or makes something that has to be stopped, or takes a lock that another
// package has.
func usesFacts(pass *analysis.Pass) bool {
	var fact Fact
	var terms Terms
	var ops Ops
	asked := map[*types.Func]bool{}
	for _, obj := range pass.TypesInfo.Uses {
		fn, ok := obj.(*types.Func)
		if !ok || fn.Pkg() == nil || fn.Pkg() == pass.Pkg || asked[fn] {
			continue
		}
		asked[fn] = true
		if ofStd(fn.Pkg().Path()) {
			if models.Serves(fn) || fn.Pkg().Path() == "sync" {
				return true
			}
			switch m, _ := models.Lookup(fn); m.Kind {
			case models.Parallel, models.SpawnJoin, models.AfterFunc, models.Spawn, models.TimerMake, models.IterPull:
				return true
			}
			continue
		}
		if pass.ImportObjectFact(fn.Origin(), &fact) || pass.ImportObjectFact(fn.Origin(), &terms) && len(terms.Duties) > 0 ||
			pass.ImportObjectFact(fn.Origin(), &ops) && len(ops.Closes) > 0 {
			return true
		}
	}
	return false
}
