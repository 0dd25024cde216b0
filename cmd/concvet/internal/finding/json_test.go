package finding

import (
	"bytes"
	"reflect"
	"strings"
	"testing"
)

// TestRoundTrip: what is written is read back, as a sequence of objects.
func TestRoundTrip(t *testing.T) {
	at := Position{File: "/a:b/p.go", Line: 3, Col: 4}
	want := []Finding{
		{Package: "example.com/p", Rule: "race", Category: "race", Pos: at, End: at, Message: "m",
			Steps: []Step{NewStep(at, at, "G1 (main): locks mu"), NewStep(at, at, "no step")},
			Fixes: []Fix{{Message: "fix", Edits: []Edit{{"/p.go", 1, 2, "x"}}}}},
		{Package: "example.com/q", Rule: "wgadd", Pos: at, End: Position{File: "q.y", Line: 7}, Message: "n"},
	}
	var text bytes.Buffer
	for i := range want {
		if err := Write(&text, want[i:i+1]); err != nil {
			t.Fatal(err)
		}
	}
	text.WriteString(`{} {"example.com/r [example.com/r.test]": {"race": {"error": "it failed"}}}`)
	var got []Finding
	var errs []string
	err := Read(&text, func(p Package) {
		got = append(got, p.Findings...)
		errs = append(errs, p.Errors...)
	})
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v\nwant %+v", got, err, want)
	}
	if want := []string{"example.com/r: race: it failed"}; !reflect.DeepEqual(errs, want) {
		t.Errorf("errors %q, want %q", errs, want)
	}
	if !want[0].Steps[0].OK || want[0].Steps[1].OK {
		t.Error("steps are not told from other text")
	}
	if err := Read(strings.NewReader("not JSON"), func(Package) {}); err == nil {
		t.Error("text is read as JSON")
	}
}

func TestPosition(t *testing.T) {
	for _, text := range []string{"-", "p.go", "p.go:3", "p.go:3:4", "C:\\p.go:3:4", "3:4"} {
		if got := ParsePosition(text).String(); got != text && text != "3:4" {
			t.Errorf("%s becomes %s", text, got)
		}
	}
}

func TestSort(t *testing.T) {
	a := Finding{Rule: "a", Pos: Position{"f", 1, 2}, Message: "m", Package: "p"}
	b := a
	b.Package = "p_test" // a variant
	c := a
	c.Pos.Line = 0
	if got := Sort([]Finding{a, b, c}); len(got) != 2 || got[0].Pos.Line != 0 || got[1].Package != "p" {
		t.Errorf("sorted: %+v", got)
	}
}
