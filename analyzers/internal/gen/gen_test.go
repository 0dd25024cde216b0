package main

import (
	"bytes"
	"go/format"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/concvet/concvet/analyzers/internal/report"
)

// TestUpToDate checks that the registry and the table of rules are those of
// the directories.
func TestUpToDate(t *testing.T) {
	root, err := moduleRoot()
	if err != nil {
		t.Fatal(err)
	}
	files, err := generate(root)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Error(err)
		} else if !bytes.Equal(got, want) {
			t.Errorf("%s is out of date: run go generate ./analyzers", name)
		}
	}
}

func TestScaffold(t *testing.T) {
	root := t.TempDir()
	for _, name := range []string{"spinwait", "aloof"} {
		if err := scaffold(root, name); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"spinwait", "Spin", "spin_wait", "go", "internal", ""} {
		if err := scaffold(root, name); err == nil {
			t.Errorf("scaffold accepts the name %q", name)
		}
	}
	dir := filepath.Join(root, "analyzers", "spinwait")
	checkGo(t, dir)
	src, err := os.ReadFile(filepath.Join(dir, "doc.go"))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := report.Doc("spinwait", string(src))
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Check(false); err != nil {
		t.Error(err)
	}

	files, err := generate(root)
	if err != nil {
		t.Fatal(err)
	}
	text := string(files[registryFile])
	if i, j := strings.Index(text, "aloof.Rule"), strings.Index(text, "spinwait.Rule"); i < 0 || j < i {
		t.Errorf("registry is\n%s", text)
	}
}

// checkGo checks that the Go files below dir are formatted.
func checkGo(t *testing.T, dir string) {
	err := filepath.Walk(dir, func(name string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		src, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if want, err := format.Source(src); err != nil || !bytes.Equal(src, want) {
			t.Errorf("%s is not formatted: %v", name, err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestReadRule(t *testing.T) {
	root := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		name = filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("slow/slow.go", "package slow\n\nvar Rule = &rule.Rule{Name: \"slow\", Tier: rule.Advice, Check: check}\n")
	write("slow/doc.go", "// Package slow is slow.\n//\n// # Analyzer slow\n//\n// slow: find a|b\npackage slow\n")
	rules, err := findRules(root)
	if err != nil || len(rules) != 1 || rules[0] != (ruleInfo{"slow", true, "find a|b"}) {
		t.Errorf("rules are %+v, %v", rules, err)
	}
	if want := "| [slow](analyzers/slow/doc.go) | advice | find a\\|b |\n"; !strings.HasSuffix(string(table(rules)), want) {
		t.Errorf("table is\n%s", table(rules))
	}
	write("fast/fast.go", "package fast\n\nvar Rule = &rule.Rule{Name: \"quick\", Check: check}\n")
	if _, err := findRules(root); err == nil || !strings.Contains(err.Error(), "fast.go") {
		t.Errorf("a rule of another name than its directory gives error %v", err)
	}
	write("fast/fast.go", "package fast\n")
	if _, err := findRules(root); err == nil || !strings.Contains(err.Error(), "no variable Rule") {
		t.Errorf("a directory without a rule gives error %v", err)
	}
}

func TestReplaceTable(t *testing.T) {
	readme := "# x\n\n" + tableBegin + "old\n" + tableEnd + "\nmore\n"
	got, err := replaceTable([]byte(readme), []byte("new\n"))
	if want := strings.Replace(readme, "old", "new", 1); err != nil || string(got) != want {
		t.Errorf("replaceTable = %q, %v, want %q", got, err, want)
	}
	if _, err := replaceTable([]byte("# x\n"), nil); err == nil {
		t.Error("a README without a place for the table is accepted")
	}
}
