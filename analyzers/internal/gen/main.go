// Gen writes what follows from the directories of rules: the registry
// analyzers/rules.go and the table of rules in README.md. With -new it makes
// the directory of a rule first.
//
// Run it with go generate ./analyzers, or for a new rule
//
//	go run ./analyzers/internal/gen -new NAME
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

func main() {
	name := flag.String("new", "", "make a rule of this `name` first")
	flag.Parse()
	if err := run(*name); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(newRule string) error {
	root, err := moduleRoot()
	if err != nil {
		return err
	}
	if newRule != "" {
		if err := scaffold(root, newRule); err != nil {
			return err
		}
	}
	files, err := generate(root)
	if err != nil {
		return err
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(root, name), text, 0o666); err != nil {
			return err
		}
	}
	return nil
}

// moduleRoot returns the directory of the go.mod at or above the current one.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		if filepath.Dir(dir) == dir {
			return "", errors.New("no go.mod at or above the current directory")
		}
		dir = filepath.Dir(dir)
	}
}

// The files that are generated, relative to the root of the module.
const (
	registryFile = "analyzers/rules.go"
	readmeFile   = "README.md"
)

// generate returns the new text of each generated file by name.
func generate(root string) (map[string][]byte, error) {
	rules, err := findRules(filepath.Join(root, "analyzers"))
	if err != nil {
		return nil, err
	}
	registry, err := registry(rules)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{registryFile: registry}
	readme, err := os.ReadFile(filepath.Join(root, readmeFile))
	if errors.Is(err, fs.ErrNotExist) {
		return files, nil
	} else if err != nil {
		return nil, err
	}
	files[readmeFile], err = replaceTable(readme, table(rules))
	return files, err
}

// The table of rules stands between these lines of README.md.
const (
	tableBegin = "<!-- rules:begin -->\n"
	tableEnd   = "<!-- rules:end -->\n"
)

// replaceTable returns readme with another table.
func replaceTable(readme, table []byte) ([]byte, error) {
	before, rest, ok1 := bytes.Cut(readme, []byte(tableBegin))
	_, after, ok2 := bytes.Cut(rest, []byte(tableEnd))
	if !ok1 || !ok2 {
		return nil, fmt.Errorf("%s: no lines %q and %q for the table of rules", readmeFile, tableBegin, tableEnd)
	}
	return slices.Concat(before, []byte(tableBegin), table, []byte(tableEnd), after), nil
}
