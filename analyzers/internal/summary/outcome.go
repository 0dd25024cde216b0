package summary

import (
	"slices"

	"github.com/concvet/concvet/analyzers/internal/lockset"
)

// lose adds a lock that callers cannot name.
func (o *Outcome) lose(l Lost) {
	i := slices.IndexFunc(o.Lost, func(k Lost) bool { return k.Class == l.Class })
	if i < 0 {
		o.Lost = append(o.Lost, l)
		return
	}
	o.Lost[i].Held = o.Lost[i].Held || l.Held
	o.Lost[i].Mode = max(o.Lost[i].Mode, l.Mode)
}

// outcomes merges the ways that have the same effect on locks and bounds their
// number.
func outcomes(all []Outcome) []Outcome {
	var out []Outcome
	for _, o := range all {
		i := slices.IndexFunc(out, func(q Outcome) bool { return sameEffects(q, o) })
		if i < 0 {
			out = append(out, o)
			continue
		}
		old := slices.DeleteFunc(slices.Clone(o.Conds), func(c PathCond) bool { return !c.Old })
		out[i].Conds = intersect(out[i].Conds, o.Conds, PathCond.equal)
		for j, c := range out[i].Conds {
			out[i].Conds[j].Old = c.Old || slices.ContainsFunc(old, c.equal)
		}
		out[i].Results = intersect(out[i].Results, o.Results, func(a, b ResultVal) bool { return a == b })
	}
	blind := slices.ContainsFunc(out, func(o Outcome) bool { return len(o.Conds) == 0 && len(o.Results) == 0 })
	if len(out) > maxOutcomes || len(out) > 1 && blind {
		out = []Outcome{mixture(out)}
	}
	return out
}

func intersect[T any](a, b []T, equal func(a, b T) bool) []T {
	var out []T
	for _, x := range a {
		if slices.ContainsFunc(b, func(y T) bool { return equal(x, y) }) {
			out = append(out, x)
		}
	}
	return out
}

func sameEffects(a, b Outcome) bool {
	return slices.EqualFunc(a.Effects, b.Effects, func(x, y Effect) bool {
		return x.Excl == y.Excl && x.Share == y.Share && x.Depth == y.Depth && x.Ref.equal(y.Ref)
	}) && slices.Equal(a.Lost, b.Lost)
}

// mixture is the outcome of which it is only known that it is one of out.
func mixture(out []Outcome) Outcome {
	var m Outcome
	join := func(a, b lockset.Status) lockset.Status {
		if a == b {
			return a
		}
		return lockset.Unknown
	}
	for _, o := range out {
		for _, e := range o.Effects {
			if slices.ContainsFunc(m.Effects, func(x Effect) bool { return x.Ref.equal(e.Ref) }) {
				continue
			}
			for _, q := range out {
				x := Effect{Ref: e.Ref}
				if i := slices.IndexFunc(q.Effects, func(x Effect) bool { return x.Ref.equal(e.Ref) }); i >= 0 {
					x = q.Effects[i]
				}
				if x.Depth != e.Depth {
					x.Share = lockset.Unknown
				}
				e.Excl, e.Share, e.Depth = join(e.Excl, x.Excl), join(e.Share, x.Share), min(e.Depth, x.Depth)
			}
			m.Effects = append(m.Effects, e)
		}
		for _, l := range o.Lost {
			l.Held = l.Held && !slices.ContainsFunc(out, func(q Outcome) bool { return !slices.Contains(q.Lost, l) })
			m.lose(l)
		}
	}
	return m
}
