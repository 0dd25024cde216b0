package summary

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/lockset"
	"github.com/concvet/concvet/analyzers/internal/place"
)

// A function may write a variable of its callers that it has asked before, as one that
// tells whether a lock is held: if !locked { mu.Lock(); locked = true }. What it has
// found is about the variable as it was at entry, which callers know. A path keeps it
// as a condition of its own, and as another one that it has not written yet.

// atEntry is the operand of a condition on what a variable held at entry.
type atEntry struct{ cell *place.Place }

// unwritten, as the second operand, makes a condition of whether it still does.
const unwritten = "unwritten"

// findEntries notes the variables of callers that are asked and written.
func (c *conds) findEntries() {
	for k := range c.list[:len(c.list):len(c.list)] {
		cell, ok := c.list[k].x.(*place.Place)
		if !ok || !c.want[k] || !c.testable(k) || !c.ofCaller(cell) || !c.writes(cell) {
			continue
		}
		mark := c.number(condKey{x: atEntry{cell}, y: unwritten})
		if !slices.Contains(c.marks, mark) {
			c.marks = append(c.marks, mark)
		}
	}
}

// testable reports whether a condition is one that callers can be told: a bool, or
// something that may be nil.
func (c *conds) testable(k int) bool {
	key := c.list[k]
	return key.op == token.ILLEGAL && key.y == nil || key.op == token.EQL && key.y == nilOperand
}

// ofCaller reports whether the variable may be one of a caller's.
func (c *conds) ofCaller(cell *place.Place) bool {
	if cell.Root.V.Parent() != c.sk.Fn {
		return true
	}
	_, ok := cell.Root.V.(*ssa.Parameter)
	return ok
}

// writes reports whether the function itself stores to the variable.
func (c *conds) writes(cell *place.Place) bool {
	return slices.ContainsFunc(c.written, func(w *place.Place) bool { return place.Overlap(w, cell) })
}

// enter records that nothing is written yet.
func (c *conds) enter(p lockset.Path) lockset.Path {
	for _, k := range c.marks {
		p, _ = p.Assume(k, true)
	}
	return p
}

// sinceEntry reports whether what is known of cell in p has been so since entry.
func (c *conds) sinceEntry(p lockset.Path, cell *place.Place) bool {
	return !c.writes(cell) || c.marked(p, cell)
}

// marked reports whether cell is known not to be written yet.
func (c *conds) marked(p lockset.Path, cell *place.Place) bool {
	k, ok := c.keys[condKey{x: atEntry{cell}, y: unwritten}]
	if !ok {
		return false
	}
	_, ok = p.Known(k)
	return ok
}

// overwritten is the effect of a store at q: what is known of variables there is known
// of what they were at entry, if that.
func (c *conds) overwritten(p lockset.Path, q *place.Place) lockset.Path {
	hit := func(r *place.Place) bool { return place.Overlap(r, q) }
	for _, cond := range p.Conds {
		key := c.list[cond.Key]
		if cell, ok := key.x.(*place.Place); ok && hit(cell) && c.testable(cond.Key) && c.marked(p, cell) {
			key.x = atEntry{cell}
			p, _ = p.Assume(c.number(key), cond.Val)
		}
	}
	return p.Unlearn(func(k int) bool {
		old, ok := c.list[k].x.(atEntry)
		return ok && c.list[k].y == unwritten && hit(old.cell) || c.mentions(k, hit)
	})
}
