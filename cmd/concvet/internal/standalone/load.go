package standalone

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/concvet/concvet/cmd/concvet/internal/cli"
)

// complaints are errors, each once.
type complaints struct {
	texts []string
}

func (c *complaints) add(format string, args ...any) {
	if text := fmt.Sprintf(format, args...); !slices.Contains(c.texts, text) {
		c.texts = append(c.texts, text)
	}
}

// loadGood loads the packages that the patterns name, and returns those that
// can be analysed. It complains about the others.
func loadGood(line *cli.Line, complaints *complaints) []*packages.Package {
	var patterns []string
	for _, p := range line.Args {
		if notGo(p) {
			complaints.add("%s is not a Go file", p)
		} else {
			patterns = append(patterns, p)
		}
	}
	if len(patterns) == 0 {
		return nil
	}
	conf := &packages.Config{
		Mode:  packages.LoadAllSyntax | packages.NeedModule | packages.NeedForTest,
		Tests: line.Test,
	}
	var err error
	if conf.BuildFlags, conf.Overlay, err = overlay(line.BuildFlags()); err != nil {
		complaints.add("%v", err)
		return nil
	}
	pkgs, err := packages.Load(conf, patterns...)
	if err != nil {
		complaints.add("%s", tidy(err.Error()))
		return nil
	}
	checkMatches(conf, patterns, len(pkgs), complaints)
	return withoutErrors(named(pkgs), complaints)
}

// overlay takes the flag -overlay from those of the go command, and reads the
// contents that it stands for.
func overlay(flags []string) (rest []string, contents map[string][]byte, err error) {
	for _, flag := range flags {
		name, ok := strings.CutPrefix(flag, "-overlay=")
		if !ok {
			rest = append(rest, flag)
			continue
		}
		var file struct{ Replace map[string]string }
		text, err := os.ReadFile(name)
		if err == nil {
			err = json.Unmarshal(text, &file)
		}
		if err != nil {
			return nil, nil, fmt.Errorf("overlay: %w", err)
		}
		contents = make(map[string][]byte)
		for original, replacement := range file.Replace {
			if replacement == "" {
				return nil, nil, fmt.Errorf("overlay: %s is left out, which needs a run without -standalone", original)
			}
			if original, err = filepath.Abs(original); err != nil {
				return nil, nil, err
			}
			if contents[original], err = os.ReadFile(replacement); err != nil {
				return nil, nil, err
			}
		}
	}
	return rest, contents, nil
}

// notGo reports whether a pattern is the name of a file that is not Go, of
// which the go command would say that no module provides it.
func notGo(pattern string) bool {
	info, err := os.Stat(pattern)
	return err == nil && info.Mode().IsRegular() && !strings.HasSuffix(pattern, ".go")
}

// checkMatches complains about patterns with wildcards that match nothing; n
// is the number of packages that all match. A pattern without is answered with
// a package that has an error.
func checkMatches(conf *packages.Config, patterns []string, n int, complaints *complaints) {
	for _, p := range patterns {
		if !strings.Contains(p, "...") {
			continue
		}
		if n > 0 {
			if len(patterns) == 1 {
				return
			}
			matches, err := packages.Load(&packages.Config{Mode: packages.NeedName, BuildFlags: conf.BuildFlags}, p)
			if err != nil || len(matches) > 0 {
				continue
			}
		}
		complaints.add("%s matches no packages", p)
	}
}

// named returns the packages that go vet would analyse: of a package and its
// variant with test files in it the latter, and no generated main packages of
// tests.
func named(pkgs []*packages.Package) []*packages.Package {
	tested := make(map[string]bool)
	for _, p := range pkgs {
		if p.ForTest == p.PkgPath {
			tested[p.PkgPath] = true
		}
	}
	return slices.DeleteFunc(pkgs, func(p *packages.Package) bool {
		if p.Name == "main" && strings.HasSuffix(p.ID, ".test") {
			return true
		}
		return p.ForTest == "" && tested[p.PkgPath]
	})
}

// withoutErrors returns the packages that can be analysed, and complains about
// each package that is the reason why another cannot.
func withoutErrors(pkgs []*packages.Package, complaints *complaints) []*packages.Package {
	packages.Visit(pkgs, nil, func(p *packages.Package) {
		if errs := ownErrors(p); len(errs) > 0 {
			more := ""
			if n := len(errs) - 1; n > 0 {
				more = fmt.Sprintf(" (and %d more in package %s)", n, p.PkgPath)
			}
			complaints.add("%s%s", describe(p, errs[0]), more)
		}
	})
	var good []*packages.Package
	var skipped []string
	for _, p := range pkgs {
		if !p.IllTyped {
			good = append(good, p)
		} else if len(ownErrors(p)) == 0 {
			skipped = append(skipped, p.PkgPath)
		}
	}
	if len(skipped) > 0 {
		complaints.add("not analysed, because of errors in what they import: %s", strings.Join(skipped, ", "))
	}
	return good
}

// ownErrors returns the errors of p that are not merely those of what it
// imports.
func ownErrors(p *packages.Package) []packages.Error {
	inherited := false
	for _, imp := range p.Imports {
		inherited = inherited || imp.IllTyped
	}
	var own []packages.Error
	for _, e := range p.Errors {
		if !inherited || !strings.HasPrefix(e.Msg, "could not import ") {
			own = append(own, e)
		}
	}
	return own
}

// describe returns the text of an error on one line, with its position or else
// the package.
func describe(p *packages.Package, e packages.Error) string {
	msg := tidy(e.Msg)
	if strings.Contains(msg, "cgo: C compiler") {
		msg += " (with CGO_ENABLED=0 packages are analysed as they are without cgo)"
	}
	if e.Pos == "" || e.Pos == "-" {
		return fmt.Sprintf("%s: %s", p.PkgPath, msg)
	}
	return fmt.Sprintf("%s: %s", shortPosn(e.Pos), msg)
}

// tidy makes one line of what the go command says.
func tidy(msg string) string {
	var words []string
	for line := range strings.Lines(msg) {
		if !strings.HasPrefix(line, "# ") { // the heading of a package
			words = append(words, strings.Fields(line)...)
		}
	}
	return strings.Join(words, " ")
}

// shortPosn shortens the file name of "file:line:col", see [short].
func shortPosn(posn string) string {
	if file, rest, ok := strings.Cut(posn, ":"); ok && filepath.IsAbs(file) {
		return short(file) + ":" + rest
	}
	return posn
}

// short returns the name of a file below the current directory relative to it,
// and other names as they are.
func short(file string) string {
	wd, err := os.Getwd()
	if err != nil {
		return file
	}
	rel, err := filepath.Rel(wd, file)
	if err != nil || !filepath.IsLocal(rel) {
		return file
	}
	return rel
}
