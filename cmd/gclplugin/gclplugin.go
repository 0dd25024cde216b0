// Package gclplugin makes concvet a linter of golangci-lint, which is built
// with it: see .custom-gcl.yml at the root of the repository, or package
// golangci below for a build that needs the module proxy only.
//
//	linters:
//	  enable: [concvet]
//	  settings:
//	    custom:
//	      concvet:
//	        type: module
//	        description: find mistakes in concurrent code
//	        settings:
//	          advice: true
//	          wgdone:
//	            strict: false
//
// The settings are the flags of the command that choose rules: advice, rules
// (a list or names separated by commas), and the flags of single rules. A
// comment //nolint:concvet suppresses findings, as do //nolint:RULE and the
// others that the command knows.
package gclplugin

import (
	"errors"
	"flag"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/concvet/concvet/analyzers"
)

// Name is the linter's name in the configuration of golangci-lint.
const Name = "concvet"

func init() { register.Plugin(Name, New) }

// New returns the linter with the given settings, as golangci-lint reads them
// from its configuration: a map from names of flags to values, or nil. The error
// names what is no setting, or no value of one.
func New(settings any) (register.LinterPlugin, error) {
	a := analyzers.New(nil).Umbrella
	if err := set(&a.Flags, settings); err != nil {
		return nil, fmt.Errorf("settings of concvet: %w", err)
	}
	return plugin{flat(a)}, nil
}

type plugin struct{ analyzer *analysis.Analyzer }

// BuildAnalyzers implements [register.LinterPlugin].
func (p plugin) BuildAnalyzers() ([]*analysis.Analyzer, error) {
	return []*analysis.Analyzer{p.analyzer}, nil
}

// GetLoadMode implements [register.LinterPlugin].
func (plugin) GetLoadMode() string { return register.LoadModeTypesInfo }

// set gives flags the values of the settings.
func set(flags *flag.FlagSet, settings any) error {
	if settings == nil {
		return nil
	}
	nested, ok := settings.(map[string]any)
	if !ok {
		return fmt.Errorf("got %T, want names and values", settings)
	}
	values := map[string]any{}
	flatten(values, "", nested)
	var bad []error
	for _, name := range slices.Sorted(maps.Keys(values)) {
		f := flags.Lookup(name)
		if f == nil {
			bad = append(bad, fmt.Errorf("there is no %q, only %s", name, strings.Join(names(flags), ", ")))
			continue
		}
		text, err := text(values[name])
		if err == nil {
			err = f.Value.Set(text)
		}
		if err != nil {
			bad = append(bad, fmt.Errorf("%s: %w", name, err))
		}
	}
	return errors.Join(bad...)
}

// flatten gives the values in nested the names of flags: golangci-lint takes
// a dot in a name for a level.
func flatten(values map[string]any, prefix string, nested map[string]any) {
	for name, v := range nested {
		if inner, ok := v.(map[string]any); ok {
			flatten(values, prefix+name+".", inner)
		} else {
			values[prefix+name] = v
		}
	}
}

func names(flags *flag.FlagSet) (out []string) {
	flags.VisitAll(func(f *flag.Flag) { out = append(out, f.Name) })
	return out
}

// text returns a value as it stands on a command line.
func text(v any) (string, error) {
	switch v := v.(type) {
	case string:
		return v, nil
	case bool, int, int64, uint64, float64:
		return fmt.Sprint(v), nil
	case []any:
		var parts []string
		for _, x := range v {
			part, ok := x.(string)
			if !ok {
				return "", fmt.Errorf("got %T in a list, want names", x)
			}
			parts = append(parts, part)
		}
		return strings.Join(parts, ","), nil
	}
	return "", fmt.Errorf("got %T, want a value or a list of names", v)
}

// flat returns an analyzer that reports what a does in the way that suits
// golangci-lint: it makes an issue of every related place, and applies every fix
// of a finding, alternatives too. The witness therefore goes into the message,
// where its lines also keep messages apart that would be alike: of these,
// golangci-lint shows three.
func flat(a *analysis.Analyzer) *analysis.Analyzer {
	out := *a
	out.Run = func(pass *analysis.Pass) (any, error) {
		inner := *pass
		inner.Report = func(d analysis.Diagnostic) {
			d.Message = message(pass, d)
			d.Related = nil
			d.SuggestedFixes = d.SuggestedFixes[:min(1, len(d.SuggestedFixes))]
			pass.Report(d)
		}
		return a.Run(&inner)
	}
	return &out
}

// message returns a finding's message with its rule and its witness.
func message(pass *analysis.Pass, d analysis.Diagnostic) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s)", d.Message, d.Category)
	for i, step := range d.Related {
		sep := "; "
		if i == 0 {
			sep = ": "
		}
		at := pass.Fset.Position(step.Pos)
		fmt.Fprintf(&b, "%s%s:%d %s", sep, filepath.Base(at.Filename), at.Line, step.Message)
	}
	return b.String()
}
