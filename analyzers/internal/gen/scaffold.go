package main

import (
	"fmt"
	"go/format"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// ruleName matches names of rules: a word or two run together.
var ruleName = regexp.MustCompile(`^[a-z][a-z0-9]*$`)

// scaffold makes the directory of a rule that reports nothing yet.
func scaffold(root, name string) error {
	if !ruleName.MatchString(name) || token.IsKeyword(name) || name == "internal" || name == "testdata" {
		return fmt.Errorf("%q cannot be the name of a rule: want a lower-case word that can name a package", name)
	}
	dir := filepath.Join(root, "analyzers", name)
	if _, err := os.Stat(dir); err == nil {
		return fmt.Errorf("%s is there already", dir)
	}
	for file, text := range scaffolding {
		file = filepath.Join(dir, strings.ReplaceAll(file, "NAME", name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			return err
		}
		src, err := format.Source([]byte(strings.ReplaceAll(text, "NAME", name))) // imports are sorted by it
		if err != nil {
			return err
		}
		if err := os.WriteFile(file, src, 0o666); err != nil {
			return err
		}
	}
	return nil
}

// scaffolding is the text of each file of a new rule.
var scaffolding = map[string]string{
	"doc.go": `// Package NAME reports … (one sentence for the list of packages).
//
// # Analyzer NAME
//
// NAME: find … (a verb phrase of one line, for lists of rules)
//
// # What
//
// What is reported, and only when.
//
// # Why it hurts
//
// What happens at run time.
//
// # Wrong
//
//	an example that is reported
//
// # Right
//
//	the same, mended
//
// # Precision
//
// What the rule assumes, what it misses and what it may wrongly report, each
// with a fixture (fn…, fp…).
//
// # Since
//
// (version)
package NAME

import _ "embed"

//go:embed doc.go
var doc string
`,
	"NAME.go": `package NAME

import (
	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
)

// Rule is the rule.
var Rule = &rule.Rule{Name: "NAME", Doc: doc, Check: check}

// check: the algorithm in words.
func check(p *rule.Pass) []report.Finding {
	return nil
}
`,
	"NAME_test.go": `package NAME_test

import (
	"testing"

	"github.com/concvet/concvet/analyzers/NAME"
	"github.com/concvet/concvet/analyzers/internal/conctest"
)

func Test(t *testing.T) { conctest.Run(t, NAME.Rule) }
`,
	"testdata/src/a/a.go": `// Package a has the basic cases of NAME.
package a

// ok…: code that is right, as close to a mistake as it gets.
func ok() {}
`,
}
