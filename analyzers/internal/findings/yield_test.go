package findings

import (
	"go/token"
	"testing"

	"golang.org/x/tools/go/analysis"
)

// TestYields checks that a finding which yields gives way to one that names the
// mistake and touches a step of it, and to no other.
func TestYields(t *testing.T) {
	at := func(member string, pos token.Pos, related ...token.Pos) found {
		d := analysis.Diagnostic{Pos: pos, Message: member}
		for _, r := range related {
			d.Related = append(d.Related, analysis.RelatedInformation{Pos: r})
		}
		return found{member: member, mistake: pos, diagnostic: d}
	}
	weak := at("weak", 10)
	weak.rank, weak.yields = -1, []token.Pos{10, 20}
	names := at("names", 30, 20)
	names.names = true
	for _, tt := range []struct {
		name string
		with found
		want int
	}{
		{"names the mistake at a step", names, 1},
		{"advice at a step", at("advice", 30, 20), 2},
		{"elsewhere", func() found { f := at("elsewhere", 40); f.names = true; return f }(), 2},
	} {
		if got := best([]found{weak, tt.with}); len(got) != tt.want {
			t.Errorf("%s: %d findings are kept, want %d", tt.name, len(got), tt.want)
		}
	}
}
