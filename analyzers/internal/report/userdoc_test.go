package report

import (
	"slices"
	"strings"
	"testing"
)

const example = `// Package wgx reports things.
//
// # Analyzer wgx
//
// wgx: find counters that
// count wrong
//
// # What
//
// It reports x.
//
// # Why it hurts
//
// Wait returns early.
//
// # Wrong
//
//	wg.Add(1)
//	# not a heading
//
// # Right
//
//	wg.Go(f)
//
// # Precision
//
// Assumes nothing.
//
// # Since
//
// v0.1
package wgx
`

func TestDoc(t *testing.T) {
	d, err := Doc("wgx", example)
	if err != nil {
		t.Fatal(err)
	}
	if want := "find counters that count wrong"; d.Title != want {
		t.Errorf("title is %q, want %q", d.Title, want)
	}
	if want := []string{"What", "Why it hurts", "Wrong", "Right", "Precision", "Since"}; !slices.Equal(d.Sections, want) {
		t.Errorf("sections are %q, want %q", d.Sections, want)
	}
	if s := d.String(); !strings.HasPrefix(s, d.Title+"\n\n# What\n\nIt reports x.\n") || !strings.HasSuffix(s, "\nv0.1") {
		t.Errorf("text is %q", s)
	}
	if err := d.Check(false); err != nil {
		t.Error(err)
	}
	if err := d.Check(true); err == nil {
		t.Error("a rule with flags passes without a section on them")
	}
}

func TestDocErrors(t *testing.T) {
	for name, src := range map[string]string{
		"no Go":      "hello",
		"no comment": "package wgx\n",
		"no heading": "// Package wgx reports things.\npackage wgx\n",
		"other rule": strings.ReplaceAll(example, "wgx", "wgy"),
		"no summary": strings.ReplaceAll(example, "wgx: find", "Find"),
	} {
		if d, err := Doc("wgx", src); err == nil {
			t.Errorf("%s: Doc = %+v, want an error", name, d)
		}
	}
}

func TestDocCheck(t *testing.T) {
	for name, src := range map[string]string{
		"section missing": strings.ReplaceAll(example, "# Right", "Right"),
		"wrong order":     strings.NewReplacer("# Right", "# Wrong", "# Wrong", "# Right").Replace(example),
		"capital title":   strings.ReplaceAll(example, "wgx: find", "wgx: Find"),
		"period":          strings.ReplaceAll(example, "count wrong", "count wrong."),
	} {
		d, err := Doc("wgx", src)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if d.Check(false) == nil {
			t.Errorf("%s: passes", name)
		}
	}
}
