package findings

import (
	"reflect"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// A testVariant fact marks a package that exists for a test only: it has test
// files, or it imports such a package. If package a has the tests a_test.go,
// in package a, and x_test.go, in package a_test which imports b, and b
// imports a, then b is built and analysed a second time, for x_test.go, with
// the variant of a that has a_test.go in it.
type testVariant struct{}

// AFact marks testVariant as a fact.
func (*testVariant) AFact() {}

// variant tells whether a package is a variant for a test; its result is a
// bool. Drivers based on go vet's protocol do not tell it otherwise, and users
// would see the findings in b twice. It says nothing about the code of a
// package, hence is no part of summary.
var variant = &analysis.Analyzer{
	Name:       "concvetvariant",
	Doc:        "tell packages from their variants for tests",
	Run:        runVariant,
	FactTypes:  []analysis.Fact{(*testVariant)(nil)},
	ResultType: reflect.TypeFor[bool](),
}

func runVariant(pass *analysis.Pass) (any, error) {
	is := isVariant(pass)
	if is {
		pass.ExportPackageFact(new(testVariant))
	}
	return is, nil
}

func isVariant(pass *analysis.Pass) bool {
	for _, f := range pass.Files {
		if strings.HasSuffix(pass.Fset.File(f.FileStart).Name(), "_test.go") {
			return true
		}
	}
	for _, imp := range pass.Pkg.Imports() {
		if pass.ImportPackageFact(imp, new(testVariant)) {
			return true
		}
	}
	return false
}
