package lsp

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/concvet/concvet/cmd/concvet/internal/driver"
	"github.com/concvet/concvet/cmd/concvet/internal/finding"
	"github.com/concvet/concvet/cmd/concvet/internal/lsp/lsptest"
)

// TestActions: findings with a proof, with alternatives and of the advice tier,
// as the editor is told of them.
func TestActions(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "m.go")
	const text = "package m\n\nvar a = 1\n\nvar b = 2\n"
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	at := func(line, col, end int) (from, to finding.Position) {
		return finding.Position{File: file, Line: line, Col: col}, finding.Position{File: file, Line: line, Col: end}
	}
	set := func(offset int, value string) finding.Fix {
		return finding.Fix{Message: "set " + value, Edits: []finding.Edit{{File: file, Start: offset, End: offset + 1, New: value}}}
	}
	first := finding.Finding{Rule: "race", Message: "a is *wrong*", Fixes: []finding.Fix{set(19, "3"), set(19, "4")}}
	first.Pos, first.End = at(3, 5, 6)
	first.Steps = []finding.Step{finding.NewStep(first.Pos, first.End, "something happens")}
	second := finding.Finding{Rule: "race", Message: "b", Fixes: []finding.Fix{set(30, "5")}}
	second.Pos, second.End = at(5, 5, 6)
	hidden := finding.Finding{Rule: "sleepsync", Message: "not asked for", Pos: second.Pos, End: second.End}

	c, wait := start(t, func(_ context.Context, _ driver.Config, emit func(finding.Package)) ([]string, error) {
		emit(finding.Package{Findings: []finding.Finding{hidden, second, first}})
		return nil, nil
	})
	c.Initialize("file://" + dir)
	uri := "file://" + file
	c.Open(uri, text)
	d := c.Diagnostics(uri, 1, 2)
	if d[0].Message != first.Message || len(d[0].Related) != 1 || !strings.Contains(string(d[0].Related[0]), "something happens") || d[1].Message != "b" {
		t.Errorf("diagnostics: %+v", d)
	}

	type action struct {
		Title, Kind string
		IsPreferred bool
		Edit        struct {
			DocumentChanges []struct{ Edits []struct{ NewText string } }
		}
	}
	actions := func(d lsptest.Diagnostic, only ...string) (list []action) {
		t.Helper()
		c.Request("textDocument/codeAction", map[string]any{
			"textDocument": map[string]any{"uri": uri},
			"range":        d.Range,
			"context":      map[string]any{"only": only},
		}, &list)
		return list
	}
	if list := actions(d[0]); len(list) != 3 || list[0].Title != "set 3" || list[0].IsPreferred || list[1].Title != "set 4" || list[2].Kind != fixAll {
		t.Errorf("actions: %+v", list)
	}
	if list := actions(d[1], quickFix); len(list) != 1 || !list[0].IsPreferred || list[0].Edit.DocumentChanges[0].Edits[0].NewText != "var b = 5\n" {
		t.Errorf("quick fixes: %+v", list)
	}
	if list := actions(d[1], "source.fixAll"); len(list) != 1 || list[0].Edit.DocumentChanges[0].Edits[0].NewText != "var a = 3\n\nvar b = 5\n" {
		t.Errorf("fix all: %+v", list)
	}
	if list := actions(d[1], "refactor"); len(list) != 0 {
		t.Errorf("refactorings: %+v", list)
	}
	var h struct{ Contents struct{ Value string } }
	c.Request("textDocument/hover", map[string]any{"textDocument": map[string]any{"uri": uri}, "position": d[0].Range.Start}, &h)
	if v := h.Contents.Value; !strings.Contains(v, `**race**: a is \*wrong\*`) || !strings.Contains(v, "1. something happens ([m.go:3]("+uri+"#L3))") || strings.Contains(v, ": b\n") {
		t.Errorf("hover: %s", v)
	}
	c.Leave()
	if err := wait(); err != nil {
		t.Error(err)
	}
}
