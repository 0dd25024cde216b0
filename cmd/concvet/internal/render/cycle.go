package render

import (
	"fmt"
	"html"
	"math"
	"strings"

	"github.com/concvet/concvet/analyzers"
	"github.com/concvet/concvet/cmd/concvet/internal/finding"
)

// A wait is one side of a deadlock: a goroutine has one thing and waits for
// another, which the next one has.
type wait struct {
	g             int
	role          string
	has, wants    string
	hasAt, wantAt finding.Position
}

// waitCycle returns the cycle in which goroutines wait for each other, or
// nothing: each is blocked after the step in which another one took what it
// wants.
func waitCycle(steps []finding.Step) []wait {
	blocked := make(map[int]*finding.Step) // by goroutine
	first := 0
	for i := range steps {
		s := &steps[i]
		if s.OK && s.Mark == analyzers.Blocked && s.After >= 1 && s.After <= len(steps) {
			blocked[s.G] = s
			if first == 0 {
				first = s.G
			}
		}
	}
	var cycle []wait
	for g := first; blocked[g] != nil && len(cycle) < len(blocked); {
		want := blocked[g]
		cycle = append(cycle, wait{g: g, role: want.Role, wants: want.Object, wantAt: want.At})
		g = steps[want.After-1].G
		if g == first {
			return withHeld(cycle, blocked, steps)
		}
	}
	return nil
}

// withHeld fills in what each goroutine has: what the one before wants.
func withHeld(cycle []wait, blocked map[int]*finding.Step, steps []finding.Step) []wait {
	for i := range cycle {
		before := blocked[cycle[(i+len(cycle)-1)%len(cycle)].g]
		taken := steps[before.After-1]
		if taken.Object == "" || taken.G != cycle[i].g {
			return nil
		}
		cycle[i].has, cycle[i].hasAt = taken.Object, taken.At
	}
	if len(cycle) < 2 {
		return nil
	}
	return cycle
}

// Measures of the picture, in pixels.
const (
	cycleWidth  = 620
	nodeWidth   = 190
	nodeHeight  = 34
	cycleRadius = 95
)

// lockCycle draws the cycle as SVG: what is held and wanted in a ring, and for
// each goroutine an arrow from what it has to what it wants. It returns nothing
// if there is none.
func lockCycle(steps []finding.Step) string {
	cycle := waitCycle(steps)
	if cycle == nil {
		return ""
	}
	n := len(cycle)
	height := 2*cycleRadius + nodeHeight + 50
	if n == 2 {
		height = 150
	}
	at := func(i int) (x, y float64) {
		if n == 2 {
			return []float64{nodeWidth/2 + margin, cycleWidth - nodeWidth/2 - margin}[i%2], float64(height) / 2
		}
		angle := 2*math.Pi*float64(i)/float64(n) - math.Pi/2
		return cycleWidth/2 + 190*math.Cos(angle), float64(height)/2 + cycleRadius*math.Sin(angle)
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="cycle" role="img" width="%d" height="%d" viewBox="0 0 %d %d" aria-label="who holds what and waits for what">`, cycleWidth, height, cycleWidth, height)
	for i, w := range cycle {
		x1, y1 := at(i)
		x2, y2 := at(i + 1)
		drawWait(&b, w, x1, y1, x2, y2)
	}
	for i, w := range cycle {
		x, y := at(i)
		fmt.Fprintf(&b, `<g class="lock"><title>%s</title><rect x="%.0f" y="%.0f" width="%d" height="%d" rx="17"/>`, html.EscapeString(w.has), x-nodeWidth/2, y-nodeHeight/2, nodeWidth, nodeHeight)
		fmt.Fprintf(&b, `<text x="%.0f" y="%.0f" text-anchor="middle">%s</text></g>`, x, y+5, html.EscapeString(shorten(w.has, 24)))
	}
	b.WriteString("</svg>")
	return b.String()
}

// drawWait draws an arrow that bends outwards, with the goroutine on it.
func drawWait(b *strings.Builder, w wait, x1, y1, x2, y2 float64) {
	dx, dy := x2-x1, y2-y1
	length := math.Hypot(dx, dy)
	nx, ny := dy/length, -dx/length // to the left of the way, which is outwards
	mx, my := (x1+x2)/2+nx*52, (y1+y2)/2+ny*52
	x1, y1 = leave(x1, y1, mx, my)
	x2, y2 = leave(x2, y2, mx, my)
	fmt.Fprintf(b, `<g class="g%d"><title>%s</title>`, colour(w.g), html.EscapeString(fmt.Sprintf("G%d (%s) holds %s and waits for %s", w.g, w.role, w.has, w.wants)))
	fmt.Fprintf(b, `<path class="waits" d="M%.0f %.0f Q%.0f %.0f %.0f %.0f"/>`, x1, y1, mx, my, x2, y2)
	angle := math.Atan2(y2-my, x2-mx) * 180 / math.Pi
	fmt.Fprintf(b, `<path class="tip" transform="translate(%.0f %.0f) rotate(%.0f)" d="M0 0 l-10 -5 v10 z"/>`, x2, y2, angle)
	tx, ty := (x1+x2)/4+mx/2, (y1+y2)/4+my/2
	fmt.Fprintf(b, `<text class="who" x="%.0f" y="%.0f" text-anchor="middle">G%d line %d → %d</text></g>`, tx+nx*12, ty+ny*12+4, w.g, w.hasAt.Line, w.wantAt.Line)
}

// leave returns where the way from the middle of a node to another point leaves
// the node.
func leave(x, y, toX, toY float64) (float64, float64) {
	dx, dy := toX-x, toY-y
	t := math.Min(nodeWidth/2/math.Max(math.Abs(dx), 1), (nodeHeight/2+3)/math.Max(math.Abs(dy), 1))
	return x + dx*math.Min(t, 1), y + dy*math.Min(t, 1)
}
