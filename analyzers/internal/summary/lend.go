package summary

import (
	"github.com/concvet/concvet/analyzers/internal/lockset"
)

// loans returns the locks of the caller that path p has given up, or may have.
func (f *flow) loans(p lockset.Path) []Loan {
	var out []Loan
	for _, l := range p.Locks {
		loan := Loan{Class: f.locks[l.ID].class}
		switch {
		case l.Excl == lockset.Lent || l.Blurred():
		case l.Share == lockset.Lent:
			loan.Mode = lockset.Shared
		default:
			continue
		}
		loan.Ref, _ = f.ref(f.locks[l.ID].place)
		out = append(out, loan)
	}
	return out
}

func (l Loan) equal(m Loan) bool {
	return l.Class == m.Class && l.Mode == m.Mode && l.Ref.equal(m.Ref)
}

// lend returns p at a point of the callee where that has given up some locks,
// but for the lock numbered id, which it is about to take.
func (b *binding) lend(loans []Loan, id int, p lockset.Path) lockset.Path {
	for _, loan := range loans {
		other, class := b.lock(loan.Ref)
		switch {
		case other >= 0 && other == id:
		case other >= 0:
			m, held := p.Lock(other).Held()
			if !held {
				m = loan.Mode
			}
			p, _ = p.Release(other, m, b.f.locks[other].fresh, p.Lock(other).Site)
		case class.Obj != nil:
			p = b.f.blurClass(p, class)
		default:
			p = b.f.blurClass(p, loan.Class)
		}
	}
	return p
}
