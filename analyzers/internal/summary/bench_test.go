package summary

import (
	"testing"
)

// BenchmarkSummary measures summaries with all that they are made of but
// type-checking: SSA, skeletons, locksets, facts. The size of facts is that of
// all exported functions with one, also in packages whose facts nobody reads.
func BenchmarkSummary(b *testing.B) {
	for _, path := range []string{"net/http", "golang.org/x/tools/go/packages"} {
		s := load(b, path)
		b.Run(path, func(b *testing.B) {
			b.ReportAllocs()
			var p *Package
			for b.Loop() {
				p = s.summarise(b)
			}
			facts, bytes, longest := 0, 0, 0
			for _, n := range p.factSizes() {
				facts, bytes, longest = facts+1, bytes+n, max(longest, n)
			}
			instrs := 0
			for _, fn := range p.Funcs {
				for _, blk := range fn.Blocks {
					instrs += len(blk.Instrs)
				}
			}
			b.ReportMetric(float64(facts), "facts")
			b.ReportMetric(float64(bytes)/float64(max(facts, 1)), "B/fact")
			b.ReportMetric(float64(longest), "B-longest")
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(max(instrs, 1)), "ns/instr")
		})
	}
}

// factSizes returns the sizes of the facts on the exported functions.
func (p *Package) factSizes() (sizes []int) {
	for _, fn := range p.Funcs {
		f := p.funcs[fn]
		if obj := fn.Object(); obj == nil || !obj.Exported() || f == nil || f.plain() {
			continue
		}
		if data := p.encode(fn, f); data != nil {
			sizes = append(sizes, len(data))
		}
	}
	return sizes
}
