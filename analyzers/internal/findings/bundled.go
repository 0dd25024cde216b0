package findings

import (
	"reflect"

	"golang.org/x/tools/go/analysis"
)

// captured is what a bundled analyzer would have reported.
type captured struct {
	diagnostics []analysis.Diagnostic
	err         error // it failed
}

// capture returns an analyzer that runs inner and whose result, a *captured,
// is what inner reports. Thus its findings pass through the same hands as
// those of rules.
func capture(inner *analysis.Analyzer) *analysis.Analyzer {
	return &analysis.Analyzer{
		Name:       "concvet" + inner.Name,
		Doc:        inner.Doc,
		Requires:   inner.Requires,
		ResultType: reflect.TypeFor[*captured](),
		Run: func(pass *analysis.Pass) (any, error) {
			c := new(captured)
			as := *pass
			as.Analyzer = inner
			as.Report = func(d analysis.Diagnostic) { c.diagnostics = append(c.diagnostics, named(inner, d)) }
			c.err = contain(func() error { _, err := inner.Run(&as); return err })
			if f := filters[inner.Name]; f != nil {
				c.diagnostics = f(pass, c.diagnostics)
			}
			return c, nil
		},
	}
}

// named returns d with the analyzer's name as category, by which readers of
// JSON know the rule, and with the address that the driver would resolve.
func named(a *analysis.Analyzer, d analysis.Diagnostic) analysis.Diagnostic {
	if d.Category == "" {
		d.Category = a.Name
	}
	if d.URL == "" {
		d.URL = a.URL
	}
	return d
}
