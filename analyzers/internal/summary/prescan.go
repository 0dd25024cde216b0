package summary

import (
	"go/ast"
	"go/types"

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
func concurrent(pass *analysis.Pass) bool {
	for _, imp := range pass.Pkg.Imports() {
		switch imp.Path() {
		case "sync", "sync/atomic", "context", "golang.org/x/sync/errgroup",
			"golang.org/x/sync/semaphore", "golang.org/x/sync/singleflight":
			return true
		}
	}
	found := false
	for _, file := range pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n.(type) {
			case *ast.GoStmt, *ast.ChanType, *ast.SendStmt, *ast.SelectStmt:
				found = true
			}
			return !found
		})
		if found {
			return true
		}
	}
	return usesFacts(pass)
}

// usesFacts reports whether the package uses a function with a fact, starts a
// server, or something else of the standard library that has to be stopped, or
// takes a lock that another package has.
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
			m, _ := models.Lookup(fn)
			if m.Kind == models.TimerMake || m.Kind == models.IterPull || models.Serves(fn) || fn.Pkg().Path() == "sync" {
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
