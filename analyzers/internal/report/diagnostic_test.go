package report

import (
	"go/token"
	"testing"

	"golang.org/x/tools/go/analysis"
)

func TestDiagnostic(t *testing.T) {
	f := Finding{
		Rule: "wgdone", Pos: 10, End: 20, Message: "wg.Done is skipped",
		Witness: []Step{{Pos: 5, G: 1, Role: "main", Verb: "starts", Object: "G2"}, {Pos: 12, G: 2, Role: "worker", Verb: "returns"}},
		Fixes:   []Fix{{Message: "defer wg.Done()", Edits: []analysis.TextEdit{{Pos: 10, End: 20}}}},
	}
	d := f.Diagnostic()
	if d.Pos != 10 || d.End != 20 || d.Category != "wgdone" || d.Message != f.Message || d.URL != URL("wgdone") {
		t.Errorf("diagnostic is %+v", d)
	}
	if len(d.Related) != 2 || d.Related[1].Pos != 12 || d.Related[1].Message != "G2 (worker): returns" {
		t.Errorf("related information is %+v", d.Related)
	}
	if len(d.SuggestedFixes) != 1 || d.SuggestedFixes[0].Message != "defer wg.Done()" || len(d.SuggestedFixes[0].TextEdits) != 1 {
		t.Errorf("fixes are %+v", d.SuggestedFixes)
	}
	f.Category = "wgdone/strict"
	if got := f.Diagnostic().Category; got != f.Category {
		t.Errorf("category is %q, want %q", got, f.Category)
	}
}

func TestMistake(t *testing.T) {
	for _, f := range []Finding{{Pos: 3}, {Pos: 4, Same: 3}} {
		if got := f.Mistake(); got != token.Pos(3) {
			t.Errorf("(%+v).Mistake() = %d, want 3", f, got)
		}
	}
}

func TestCheckMessage(t *testing.T) {
	for msg, ok := range map[string]bool{
		"wg.Add runs after wg.Wait: the goroutine is not waited for": true,
		"S.mu is locked twice":            true,
		"(*T).run never returns":          true,
		"":                                false,
		"Counter is wrong":                false,
		"wg is not waited for.":           false,
		"wg  is not waited for":           false,
		" wg is not waited for":           false,
		"wg is not waited for\nand leaks": false,
	} {
		if err := CheckMessage(msg); (err == nil) != ok {
			t.Errorf("CheckMessage(%q) = %v", msg, err)
		}
	}
}
