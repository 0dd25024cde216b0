package findings

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/concvet/concvet/analyzers/internal/report"
)

const ignoreDoc = `find comments that suppress findings but are malformed or suppress nothing

A comment

	//concvet:ignore rule[,rule] reason

on the line of a finding, or alone on the line above, suppresses the findings
of the named rules. The reason is for whoever reads the code after you and
must be there. A comment without one, one that names a rule that does not
exist, and one that suppresses nothing, because the mistake is gone, are
reported.`

// ignoreURL is the address of the documentation of suppression.
const ignoreURL = report.Home + "#hdr-Suppression"

// ignores are the directives of a package by name of file.
type ignores struct {
	fset   *token.FileSet
	byFile map[string][]*directive
}

// vetLinter is the linter by which golangci-lint runs go vet's analyzers, so that
// comments for it are for the bundled ones, too.
const vetLinter = "govet"

// parseIgnores reads the directives of the package. known tells names of rules.
func parseIgnores(pass *analysis.Pass, known func(string) bool) *ignores {
	ig := &ignores{fset: pass.Fset, byFile: make(map[string][]*directive)}
	for _, file := range pass.Files {
		var ds []*directive
		var groups []*ast.CommentGroup // of each directive
		for _, g := range file.Comments {
			for _, c := range g.List {
				if d := parseDirective(c, known); d != nil {
					ds = append(ds, d)
					groups = append(groups, g)
				}
			}
		}
		if len(ds) == 0 {
			continue
		}
		l := newLayout(pass.Fset, file)
		for i, d := range ds {
			l.cover(d, groups[i])
		}
		ig.byFile[pass.Fset.File(file.FileStart).Name()] = ds
	}
	return ig
}

// named returns the names in directives that are reported if they are of no use.
func (ig *ignores) named() map[string]bool {
	out := make(map[string]bool)
	for _, ds := range ig.byFile {
		for _, d := range ds {
			for _, name := range d.names {
				out[name] = out[name] || d.style == own
			}
		}
	}
	return out
}

// suppress returns the findings that no directive covers. Every directive
// that covers a finding is of use, also if another does as well.
func (ig *ignores) suppress(all []found) []found {
	return slices.DeleteFunc(all, func(f found) bool {
		covered := false
		for _, d := range ig.byFile[f.posn.Filename] {
			if d.covers(f.member, f.posn.Line) || f.vet && d.style == nolint && d.covers(vetLinter, f.posn.Line) {
				covered = true
			}
		}
		return covered
	})
}

// complaints returns the findings about the directives themselves, after all
// others have been through suppress. A rule that is not in ran found nothing
// because it failed.
func (ig *ignores) complaints(ran map[string]bool) []analysis.Diagnostic {
	var all []found
	for _, ds := range ig.byFile {
		for _, d := range ds {
			for _, text := range d.complaints(ran) {
				c := d.comment
				f := &report.Finding{Rule: ignoreName, Pos: c.Pos(), End: c.End(), Message: ownPrefix + " " + text}
				diag := f.Diagnostic()
				diag.URL = ignoreURL
				all = append(all, found{
					member:     ignoreName,
					posn:       ig.fset.PositionFor(c.Pos(), false),
					diagnostic: diag,
				})
			}
		}
	}
	all = ig.suppress(all) // a //nolint covers complaints, too
	slices.SortFunc(all, byPosition)
	var ds []analysis.Diagnostic
	for _, f := range all {
		ds = append(ds, f.diagnostic)
	}
	return ds
}

// complaints says what is wrong with d.
func (d *directive) complaints(ran map[string]bool) []string {
	if d.style != own {
		return nil
	}
	if d.problem != "" {
		return []string{d.problem + ": write " + ownPrefix + " rule[,rule] reason"}
	}
	var texts []string
	for _, name := range d.names {
		if ran[name] && !d.used[name] {
			texts = append(texts, fmt.Sprintf("suppresses nothing: %s has no finding here", name))
		}
	}
	return texts
}
