package render

import (
	"cmp"
	"fmt"
	"html"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/concvet/concvet/analyzers"
	"github.com/concvet/concvet/cmd/concvet/internal/finding"
)

// Measures of the picture, in pixels.
const (
	boxHeight = 42
	rowHeight = 66
	headRoom  = 44
	margin    = 14
	laneGap   = 40 // between boxes, for arrows
	minChars  = 20 // of text in a box
)

// mostChars returns how much text a box has room for at most, in characters, so
// that the picture fits into a page of 80 columns if there are few lanes.
func mostChars(lanes int) int {
	switch lanes {
	case 1:
		return 60
	case 2:
		return 33
	}
	return 30
}

// swimLanes draws the steps of a witness as SVG: a lane for each goroutine,
// time downwards, an arrow from each step to those that come after it. It
// returns nothing if there is no witness.
func swimLanes(steps []finding.Step) string {
	p := layOut(steps)
	if len(p.boxes) == 0 {
		return ""
	}
	var b strings.Builder
	width, height := margin*2+p.laneWidth()*len(p.lanes), headRoom+rowHeight*p.rows+margin
	fmt.Fprintf(&b, `<svg class="lanes" role="img" width="%d" height="%d" viewBox="0 0 %d %d" aria-label="goroutines and their steps, time downwards">`, width, height, width, height)
	for i := range p.lanes {
		p.drawLane(&b, i)
	}
	p.drawOrder(&b)
	p.drawRaces(&b)
	for i := range p.boxes {
		p.drawBox(&b, &p.boxes[i])
	}
	b.WriteString("</svg>")
	return b.String()
}

// A picture is a witness with everything in its place.
type picture struct {
	lanes []lane
	boxes []box
	of    map[int]int // step, from 1 → box
	rows  int
	chars int // of text in a box
}

type lane struct {
	g     int
	label string
	first int // row of the first step
	last  int
	stuck bool // it ends blocked
}

type box struct {
	step      *finding.Step
	n         int // of the step, from 1
	lane, row int
}

// layOut gives each goroutine a lane, in the order of their numbers, and each
// step a row. Steps that race share theirs, as nothing orders them.
func layOut(steps []finding.Step) *picture {
	p := &picture{of: make(map[int]int)}
	for i := range steps {
		if s := &steps[i]; s.OK && p.laneOf(s.G) < 0 {
			p.lanes = append(p.lanes, lane{g: s.G, label: fmt.Sprintf("G%d %s", s.G, s.Role), first: -1})
		}
	}
	slices.SortFunc(p.lanes, func(a, b lane) int { return cmp.Compare(a.g, b.g) })
	for i := range steps {
		s := &steps[i]
		if !s.OK {
			continue
		}
		at := box{s, i + 1, p.laneOf(s.G), p.rows}
		if p.shares(at) {
			at.row--
		}
		p.rows = at.row + 1
		p.of[at.n] = len(p.boxes)
		p.boxes = append(p.boxes, at)
		l := &p.lanes[at.lane]
		if l.first < 0 {
			l.first = at.row
		}
		l.last = at.row
		l.stuck = s.Mark == analyzers.Blocked
	}
	p.chars = minChars
	for i := range p.boxes {
		what, where := p.boxes[i].text()
		p.chars = max(p.chars, utf8.RuneCountInString(what), utf8.RuneCountInString(where))
	}
	p.chars = min(p.chars, mostChars(len(p.lanes)))
	return p
}

// boxWidth is that of the text, of which a character is 7.2 pixels wide, and of
// some space around it.
func (p *picture) boxWidth() int  { return 18 + p.chars*72/10 }
func (p *picture) laneWidth() int { return p.boxWidth() + laneGap }
func (p *picture) laneX(i int) int {
	return margin + p.laneWidth()*i + p.laneWidth()/2
}

func (p *picture) laneOf(g int) int {
	return slices.IndexFunc(p.lanes, func(l lane) bool { return l.g == g })
}

// shares reports whether a step goes into the row above: it races with all that
// is there.
func (p *picture) shares(at box) bool {
	if at.step.Mark != analyzers.Racing || at.row == 0 {
		return false
	}
	for _, b := range p.boxes {
		if b.row == at.row-1 && (b.step.Mark != analyzers.Racing || b.lane == at.lane || at.step.After == b.n) {
			return false
		}
	}
	return true
}

func (p *picture) drawLane(b *strings.Builder, i int) {
	l := &p.lanes[i]
	x := p.laneX(i)
	fmt.Fprintf(b, `<g class="lane g%d"><text class="head" x="%d" y="22" text-anchor="middle">%s</text>`, colour(l.g), x, html.EscapeString(shorten(l.label, p.chars)))
	fmt.Fprintf(b, `<line class="life" x1="%d" y1="32" x2="%d" y2="%d"/>`, x, x, rowY(l.last))
	class := "life later"
	if l.stuck {
		class = "life stuck"
	}
	fmt.Fprintf(b, `<line class="%s" x1="%d" y1="%d" x2="%d" y2="%d"/></g>`, class, x, rowY(l.last), x, headRoom+rowHeight*p.rows)
}

// drawOrder draws what comes after what, where that is another goroutine's.
func (p *picture) drawOrder(b *strings.Builder) {
	for _, to := range p.boxes {
		i, ok := p.of[to.step.After]
		if !ok || p.boxes[i].lane == to.lane {
			continue
		}
		from := p.boxes[i]
		side := 1
		if from.lane > to.lane {
			side = -1
		}
		x1, y1 := p.laneX(from.lane)+side*p.boxWidth()/2, rowY(from.row)
		if side*(to.lane-from.lane) > 1 && from.row < to.row { // over the lanes between, and in from above
			x2, y2 := p.laneX(to.lane)-side*p.boxWidth()/4, rowY(to.row)-boxHeight/2
			fmt.Fprintf(b, `<path class="order" d="M%d %d H%d Q%d %d %d %d V%d"/>`, x1, y1, x2-side*12, x2, y1, x2, y1+12, y2-8)
			fmt.Fprintf(b, `<path class="tip" d="M%d %d l-5 -9 h10 z"/>`, x2, y2)
			continue
		}
		x2, y2 := p.laneX(to.lane)-side*p.boxWidth()/2, rowY(to.row)
		bend := side * 26
		fmt.Fprintf(b, `<path class="order" d="M%d %d C%d %d %d %d %d %d"/>`, x1, y1, x1+bend, y1, x2-bend, y2, x2-side*8, y2)
		fmt.Fprintf(b, `<path class="tip" d="M%d %d l%d -5 v10 z"/>`, x2, y2, -side*9)
	}
}

// drawRaces joins racing steps that share a row.
func (p *picture) drawRaces(b *strings.Builder) {
	for i, from := range p.boxes {
		for _, to := range p.boxes[i+1:] {
			if from.row != to.row {
				continue
			}
			left, right := min(from.lane, to.lane), max(from.lane, to.lane)
			if right == left+1 {
				fmt.Fprintf(b, `<line class="race" x1="%d" y1="%d" x2="%d" y2="%d"/>`, p.laneX(left)+p.boxWidth()/2, rowY(from.row), p.laneX(right)-p.boxWidth()/2, rowY(to.row))
			}
		}
	}
}

// text returns the two lines of a box: what is done, and where.
func (x *box) text() (what, where string) {
	place := x.step.At
	if i := strings.LastIndexAny(place.File, `/\`); i >= 0 {
		place.File = place.File[i+1:]
	}
	place.Col = 0
	where = place.String()
	if x.step.Mark != analyzers.Plain {
		where += " · " + x.step.Mark.String()
	}
	return fmt.Sprintf("%d. %s", x.n, Action(x.step)), where
}

func (p *picture) drawBox(b *strings.Builder, x *box) {
	class := "step"
	if x.step.Mark != analyzers.Plain {
		class += " " + x.step.Mark.String()
	}
	left, top := p.laneX(x.lane)-p.boxWidth()/2, rowY(x.row)-boxHeight/2
	what, where := x.text()
	fmt.Fprintf(b, `<g class="%s" data-step="%d"><title>%s</title>`, class, x.n, html.EscapeString(x.step.Text))
	fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="%d" rx="6"/>`, left, top, p.boxWidth(), boxHeight)
	fmt.Fprintf(b, `<text x="%d" y="%d">%s</text>`, left+9, top+17, html.EscapeString(shorten(what, p.chars)))
	fmt.Fprintf(b, `<text class="place" x="%d" y="%d">%s</text></g>`, left+9, top+33, html.EscapeString(shorten(where, p.chars)))
}

func rowY(row int) int { return headRoom + rowHeight*row + boxHeight/2 + 4 }
func colour(g int) int { return ((g-1)%6+6)%6 + 1 }
func shorten(text string, n int) string {
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	return string([]rune(text)[:n-1]) + "…"
}
