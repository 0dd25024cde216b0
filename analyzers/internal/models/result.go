package models

import "go/types"

// makers are functions whose result is never nil.
var makers = map[string]bool{"errors.New": true, "fmt.Errorf": true}

// NeverNil reports whether a function of the standard library returns something
// that is surely not nil.
func NeverNil(fn *types.Func) bool {
	return fn.Pkg() != nil && fn.Signature().Recv() == nil && makers[fn.Pkg().Path()+"."+fn.Name()]
}
