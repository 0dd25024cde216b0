package vetunit

import (
	"encoding/json"
	"fmt"
	"go/build"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
)

// A unit is what the go command says about a package in a .cfg file, as far as
// it matters for how the package is analysed.
type unit struct {
	Dir           string // of the package
	ModulePath    string // empty for the standard library and outside of modules
	ModuleVersion string // empty for main modules
	VetxOnly      bool

	text []byte // of the file
}

func readUnit(config string) (*unit, error) {
	text, err := os.ReadFile(config)
	if err != nil {
		return nil, err
	}
	u := &unit{text: text}
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

// copyInFull writes a copy of the .cfg file that asks for findings as well as
// facts, beside the file itself, where the go command will clean up.
func (u *unit) copyInFull(config string) (string, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(u.text, &fields); err != nil {
		return "", fmt.Errorf("%s: %w", config, err)
	}
	fields["VetxOnly"] = json.RawMessage("false")
	text, err := json.Marshal(fields)
	if err != nil {
		return "", err
	}
	full := strings.TrimSuffix(config, ".cfg") + ".full.cfg"
	return full, os.WriteFile(full, text, 0o666)
}
