// Package summary is the one fact-bearing provider: it reads a package and
// answers, for every function, what its calls do to locks, WaitGroups and
// goroutines.
package summary

import (
	"fmt"
	"go/types"
	"reflect"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// Analyzer computes the [Package] of the package under analysis, and is the
// only analyzer of concvet that exports facts.
var Analyzer = &analysis.Analyzer{
	Name:       "concvetsummary",
	Doc:        "summarise what functions do to locks, WaitGroups, channels and goroutines",
	Run:        run,
	ResultType: reflect.TypeFor[*Package](),
	FactTypes:  []analysis.Fact{(*Fact)(nil), (*Ops)(nil), (*Order)(nil), (*Terms)(nil)},
}

// A Package is the immutable result of [Analyzer].
type Package struct {
	Pass   *analysis.Pass  // the pass it was computed in
	SSA    *ssa.Package    // nil if the package has nothing for rules to look at
	Funcs  []*ssa.Function // its source functions and literals in source order
	Places *place.Table    // the places of its functions
	// Failures are internal errors, contained: the function they name is
	// unknown to the engine.
	Failures []string
	Exported Exported // how much it tells importers

	skeletons map[*ssa.Function]*skeleton.Func
	funcs     map[*ssa.Function]*Func
	locks     map[*ssa.Function]*lockInfo
	unsettled map[any]bool // classes of variables that change, by Class.Obj
	entry     map[*ssa.Function][]HeldLock
	accesses  accessIndex
	sites     map[*ssa.Function][]callSite // of functions that are called in no other way
	started   map[*ssa.Function]bool       // functions that run in a goroutine of their own somewhere
	uses      *uses
	dispatch  dispatch
	balance   balance
	owners    map[*types.Package]map[*types.Var]owner
	duties    map[*ssa.Function][]Duty              // what functions leave to their callers
	imported  map[*types.Func]*Func                 // summaries from facts, nil if there is none
	edges     []Edge                                // the package's own, then those of its imports
	selects   map[*types.TypeName][]ssa.Instruction // see fieldUses
	selected  int                                   // uses that were looked at
	lockTypes map[*types.TypeName]bool              // see isLockType
	single    map[*types.Var]bool                   // fields whose objects no other one of these holds
	live      map[*ssa.Function]bool
	spawned   map[*ssa.Function]bool
	finished  bool
	ends      map[*ssa.Function]bool // functions that never return
}

// Skeleton returns the skeleton of fn, nil if it has no body in this package
// or the engine failed on it.
func (p *Package) Skeleton(fn *ssa.Function) *skeleton.Func { return p.skeletons[fn] }

func run(pass *analysis.Pass) (any, error) {
	p := &Package{Pass: pass}
	if !ofStd(pass.Pkg.Path()) {
		p.Finish()
	}
	return p, nil
}

// ofStd reports whether a package belongs to the standard library, which
// neither exports facts nor has any read: as a dependency it costs nothing.
func ofStd(path string) bool { return models.IsStd(path) || strings.HasPrefix(path, "vendor/") }

// Finish computes what is not computed yet. Whoever looks at the package as
// more than a dependency calls it first; it is not safe for concurrent use.
func (p *Package) Finish() {
	pass := p.Pass
	if p.finished || pass == nil || !concurrent(pass) {
		return
	}
	p.finished = true
	defer func() { // the package is then unknown to the engine
		if r := recover(); r != nil {
			p.Failures = append(p.Failures, fmt.Sprintf("package %s: %v", pass.Pkg.Path(), r))
			p.SSA, p.Funcs = nil, nil
		}
	}()
	p.Places = place.NewTable()
	p.skeletons = map[*ssa.Function]*skeleton.Func{}
	p.SSA, p.Funcs = p.build()
	p.findNoReturn()
	p.Places.SetConsts(constGlobals(p.SSA, p.Funcs))
	p.Places.SetAliases(p.findAliases())
	for _, fn := range p.Funcs {
		if fn.Blocks != nil {
			p.skeleton(fn)
		}
	}
	p.funcs = map[*ssa.Function]*Func{}
	p.locks = map[*ssa.Function]*lockInfo{}
	p.owners = map[*types.Package]map[*types.Var]owner{}
	p.imported = map[*types.Func]*Func{}
	p.duties = map[*ssa.Function][]Duty{}
	p.summarise()
	p.findEntryLocks()
	p.findBalance()
	p.findEdges()
	if !ofStd(pass.Pkg.Path()) {
		p.exportOps()
		p.exportTerms()
		leads := p.leads()
		p.exportFacts(leads)
		p.exportEdges(leads)
	}
}

// skeleton computes one skeleton. A failure is contained and noted.
func (p *Package) skeleton(fn *ssa.Function) {
	defer func() {
		if r := recover(); r != nil {
			p.Failures = append(p.Failures, fmt.Sprintf("%s: %v", fn, r))
		}
	}()
	p.skeletons[fn] = skeleton.New(p.Places, fn, func(f *ssa.Function) bool { return p.ends[f] })
}

// build makes the SSA form of the package and lists its functions, literals
// behind the function they are in.
func (p *Package) build() (*ssa.Package, []*ssa.Function) {
	pass := p.Pass
	prog := ssa.NewProgram(pass.Fset, 0)
	prog.SetNoReturn(p.noReturn)
	for _, imp := range pass.Pkg.Imports() {
		prog.CreatePackage(imp, nil, nil, true)
	}
	pkg := prog.CreatePackage(pass.Pkg, pass.Files, pass.TypesInfo, false)
	pkg.Build()

	var funcs []*ssa.Function
	var add func(fn *ssa.Function)
	add = func(fn *ssa.Function) {
		funcs = append(funcs, fn)
		for _, lit := range fn.AnonFuncs {
			add(lit)
		}
	}
	if init := pkg.Func("init"); init != nil {
		for _, lit := range init.AnonFuncs {
			add(lit)
		}
	}
	eachDecl(pass, func(obj fnObj) {
		if fn := prog.FuncValue(obj); fn != nil {
			add(fn)
		}
	})
	return pkg, funcs
}
