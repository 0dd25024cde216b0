package report

import "testing"

var steps = []struct {
	step Step
	text string
}{
	{Step{G: 1, Role: "main", Verb: "returns"}, "G1 (main): returns"},
	{Step{G: 2, Role: "worker", Verb: "locks", Object: "s.mu"}, "G2 (worker): locks s.mu"},
	{Step{G: 2, Role: "worker", Verb: "appends to", Object: "results[i]", Mark: Racing}, "G2 (worker): appends to results[i]: racing"},
	{Step{G: 3, Role: "test", Verb: "sends on", Object: "ch", After: 2, Mark: Blocked}, "G3 (test): sends on ch, after step 2: blocked"},
	{Step{G: 1, Role: "main", Verb: "calls", Object: "f(x, y)"}, "G1 (main): calls `f(x, y)`"},
	{Step{G: 1, Role: "main", Verb: "calls", Object: "(*T).run"}, "G1 (main): calls `(*T).run`"},
	{Step{G: 1, Role: "main", Verb: "calls", Object: "c.flush()", Place: "conn.go:12", After: 1}, "G1 (main): calls c.flush() (conn.go:12), after step 1"},
	{Step{G: 1, Role: "main", Verb: "returns", Place: "conn.go:12"}, "G1 (main): returns (conn.go:12)"},
	{Step{G: 1, Role: "main", Verb: "waits for", Object: ""}, "G1 (main): waits for ``"},
	{Step{G: 1, Role: "main", Verb: "writes", Object: `m["k: blocked"]`, Mark: Racing}, "G1 (main): writes `m[\"k: blocked\"]`: racing"},
	{Step{G: 1, Role: "main", Verb: "writes", Object: "m[`a`+\"b\"]"}, "G1 (main): writes \"m[`a`+\\\"b\\\"]\""},
	{Step{G: 1, Role: "main", Verb: "writes", Object: "x[a:b], after step 3: blocked"}, "G1 (main): writes `x[a:b], after step 3: blocked`"},
	{Step{G: 1, Role: "main", Verb: "calls", Object: "f (a.go:3)"}, "G1 (main): calls `f (a.go:3)`"},
	{Step{G: 12, Role: "worker of f(x)", Verb: "reads", Object: "*p"}, "G12 (`worker of f(x)`): reads *p"},
	{Step{G: 1, Role: "", Verb: "", Object: ""}, "G1 (``): ``"},
	{Step{G: 1, Role: "r", Verb: "a, b", Object: "c"}, "G1 (r): `a, b` c"},
	{Step{G: 1, Role: "r", Verb: "a  b", Object: "c d"}, "G1 (r): `a  b` `c d`"},
	{Step{G: 1, Role: "r", Verb: "a", Object: "line\nbreak"}, `G1 (r): a "line\nbreak"`},
	{Step{G: 1, Role: "r", Verb: "re-locks", Object: "größe", Place: "my file (1).go:3"}, "G1 (r): re-locks größe (`my file (1).go:3`)"},
}

func TestFormat(t *testing.T) {
	for _, test := range steps {
		if got := Format(test.step); got != test.text {
			t.Errorf("Format(%+v) = %q, want %q", test.step, got, test.text)
		}
		if got, err := Parse(test.text); err != nil || got != test.step {
			t.Errorf("Parse(%q) = %+v, %v, want %+v", test.text, got, err, test.step)
		}
	}
}

func TestParseRejects(t *testing.T) {
	for _, text := range []string{
		"",
		"locks s.mu",
		"G (main): locks s.mu",
		"G1 main: locks s.mu",
		"G1 (main) locks s.mu",
		"G1 (main): locks  s.mu",
		"G1 (main): locks s.mu ",
		"G1 (main): locks s.mu: stuck",
		"G1 (main): locks s.mu, after step",
		"G1 (main): locks s.mu, after step 0",
		"G1 (main): locks s.mu: blocked, after step 1",
		"G1 (main): locks `s.mu`",
		"G1 (main): locks `s.mu",
		"G1 (main): locks s.mu (a.go:1",
		"G1 (main): locks s.mu (a.go:1) more",
		"G01 (main): locks s.mu",
	} {
		if got, err := Parse(text); err == nil {
			t.Errorf("Parse(%q) = %+v, want an error", text, got)
		}
	}
}

// FuzzFormat checks that no step is ambiguous, whatever its parts are.
func FuzzFormat(f *testing.F) {
	for _, test := range steps {
		s := test.step
		f.Add(s.G, s.Role, s.Verb, s.Object, s.After, uint8(s.Mark), s.Place)
	}
	f.Fuzz(func(t *testing.T, g int, role, verb, object string, after int, mark uint8, place string) {
		s := Step{G: g, Role: role, Verb: verb, Object: object, After: after, Mark: Mark(mark % 3), Place: place}
		text := Format(s)
		if got, err := Parse(text); err != nil || got != s {
			t.Errorf("Parse(%q) = %+v, %v, want %+v", text, got, err, s)
		}
	})
}

// FuzzParse checks that a text which is read is the one text of its step.
func FuzzParse(f *testing.F) {
	for _, test := range steps {
		f.Add(test.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if s, err := Parse(text); err == nil && Format(s) != text {
			t.Errorf("Format(Parse(%q)) = %q", text, Format(s))
		}
	})
}
