package fix

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/concvet/concvet/cmd/concvet/internal/finding"
)

const src = `package p

import (
	"fmt"
	"sync"
)

func f() {
	var mu sync.Mutex
	fmt.Println()
}
`

// edit returns the edit that replaces old, which is in src once.
func edit(t *testing.T, file, old, text string) finding.Edit {
	t.Helper()
	if strings.Count(src, old) != 1 {
		t.Fatalf("%q is in the source %d times", old, strings.Count(src, old))
	}
	at := strings.Index(src, old)
	return finding.Edit{File: file, Start: at, End: at + len(old), New: text}
}

func withFix(edits ...finding.Edit) finding.Finding {
	return finding.Finding{Fixes: []finding.Fix{{Edits: edits}}}
}

func TestPlan(t *testing.T) {
	file := filepath.Join(t.TempDir(), "p.go")
	if err := os.WriteFile(file, []byte(src), 0o600); err != nil {
		t.Fatal(err)
	}
	unlock := edit(t, file, "var mu sync.Mutex", "x := 1;_ = x")
	overlaps := edit(t, file, "sync.Mutex\n", "int\n")
	changes, left, err := Plan([]finding.Finding{
		withFix(unlock),
		withFix(unlock), // the same remedy for another mistake
		withFix(overlaps, edit(t, file, "fmt.Println()", "panic(0)")),
		{Message: "no fix"},
	}, os.ReadFile)
	if err != nil {
		t.Fatal(err)
	}
	if len(left) != 2 || left[1].Message != "no fix" {
		t.Errorf("left: %+v", left)
	}
	want := "package p\n\nimport (\n\t\"fmt\"\n)\n\nfunc f() {\n\tx := 1\n\t_ = x\n\tfmt.Println()\n}\n"
	if len(changes) != 1 || string(changes[0].New) != want {
		t.Fatalf("changes: %q\nwant %q", changes[0].New, want)
	}

	var patch bytes.Buffer
	if err := Print(&patch, changes, filepath.Base); err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"--- p.go.orig\n", "+++ p.go\n", "-\t\"sync\"\n", "-\tvar mu sync.Mutex\n", "+\tx := 1\n"} {
		if !strings.Contains(patch.String(), line) {
			t.Errorf("the patch lacks %q:\n%s", line, patch.String())
		}
	}
	if err := Write(changes); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(file); err != nil || string(got) != want {
		t.Errorf("the file is %q, %v", got, err)
	}
	if _, _, err := Plan([]finding.Finding{withFix(finding.Edit{File: file, Start: 1, End: 1 << 20})}, os.ReadFile); err == nil {
		t.Error("an edit behind the end of the file is accepted")
	}
}
