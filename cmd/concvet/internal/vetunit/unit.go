package vetunit

import (
	"encoding/json"
	"fmt"
	"go/build"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A unit is what the go command says about a package in a .cfg file, as far as
// it matters for how the package is analysed.
type unit struct {
	Dir           string // of the package
	ModulePath    string // empty for the standard library and outside of modules
	ModuleVersion string // empty for main modules
	VetxOnly      bool
	GoFiles       []string
	VetxOutput    string // file for facts
	Stdout        string // file for findings, or empty

	config string // name of the .cfg file
	text   []byte // of it
}

func readUnit(config string) (*unit, error) {
	text, err := os.ReadFile(config)
	if err != nil {
		return nil, err
	}
	u := &unit{config: config, text: text}
	if err := json.Unmarshal(text, u); err != nil {
		return nil, fmt.Errorf("%s: %w", config, err)
	}
	return u, nil
}

// inMainModule reports whether the package belongs to the main module, or to
// one of the workspace, or, where no module is in use, not to the standard
// library.
func (u *unit) inMainModule() bool {
	if u.ModulePath == "" {
		std := filepath.Join(build.Default.GOROOT, "src") + string(filepath.Separator)
		return !strings.HasPrefix(u.Dir+string(filepath.Separator), std)
	}
	return u.ModuleVersion == ""
}

// hasOwnTests reports whether the directory has test files that belong to the
// package itself. Its name then stands for another unit, the package with these
// files in it.
func (u *unit) hasOwnTests(tags string) bool {
	entries, err := os.ReadDir(u.Dir)
	if err != nil {
		return false
	}
	ctxt := build.Default
	ctxt.BuildTags = strings.FieldsFunc(tags, func(r rune) bool { return r == ',' || r == ' ' })
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		if match, err := ctxt.MatchFile(u.Dir, e.Name()); err != nil || !match {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(u.Dir, e.Name()), nil, parser.PackageClauseOnly)
		if err == nil && !strings.HasSuffix(f.Name.Name, "_test") {
			return true
		}
	}
	return false
}

// withoutTests takes the test files from the unit. Go vet has no flag for that.
// It reports false if nothing is left.
func (u *unit) withoutTests() bool {
	u.GoFiles = slices.DeleteFunc(u.GoFiles, func(name string) bool { return strings.HasSuffix(name, "_test.go") })
	return len(u.GoFiles) > 0
}

// writeEmpty writes the results of a package in which there is nothing to
// analyse, so that the go command has something to keep in its cache.
func (u *unit) writeEmpty() error {
	noFacts := append([]byte("vetx"), make([]byte, 8)...) // the lengths of types and facts
	if err := os.WriteFile(u.VetxOutput, noFacts, 0o666); err != nil || u.Stdout == "" {
		return err
	}
	return os.WriteFile(u.Stdout, []byte("{}\n"), 0o666)
}

// copy writes a copy of the .cfg file as the unit is now, beside the file
// itself, where the go command will clean up, and makes that its file.
func (u *unit) copy() error {
	var fields map[string]any
	if err := json.Unmarshal(u.text, &fields); err != nil {
		return fmt.Errorf("%s: %w", u.config, err)
	}
	fields["VetxOnly"] = u.VetxOnly
	fields["GoFiles"] = u.GoFiles
	text, err := json.Marshal(fields)
	if err != nil {
		return err
	}
	u.config = strings.TrimSuffix(u.config, ".cfg") + ".changed.cfg"
	return os.WriteFile(u.config, text, 0o666)
}
