package command

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/concvet/concvet/cmd/concvet/internal/render"
)

// A progress tells on a terminal how far the analysis is, in a line that it
// writes again and again, once that takes more than a moment.
type progress struct {
	w        io.Writer
	terminal bool
	start    time.Time
	done     chan struct{}
	stopped  sync.WaitGroup

	mu     sync.Mutex
	n, all int
	shown  bool // the line is on the screen
}

// patience is how long nobody wants to know.
const patience = time.Second

func newProgress(w io.Writer, start time.Time) *progress {
	p := &progress{w: w, terminal: render.IsTerminal(w), start: start, done: make(chan struct{})}
	if p.terminal {
		p.stopped.Go(p.run)
	}
	return p
}

func (p *progress) run() {
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-p.done:
			p.clear()
			return
		case <-tick.C:
			if time.Since(p.start) > patience {
				p.show()
			}
		}
	}
}

func (p *progress) show() {
	p.mu.Lock()
	defer p.mu.Unlock()
	text := "analysing dependencies"
	switch {
	case p.all > 0:
		text = fmt.Sprintf("%d of %d packages", min(p.n, p.all), p.all)
	case p.n > 0:
		text = fmt.Sprintf("%d packages", p.n)
	}
	fmt.Fprintf(p.w, "\r\x1b[Kconcvet: %s, %ds", text, int(time.Since(p.start).Seconds()))
	p.shown = true
}

// clear takes the line away, for something else to be written.
func (p *progress) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.shown = false
	}
}

// expect sets how many packages there are.
func (p *progress) expect(all int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.all = all
}

// step counts a package.
func (p *progress) step() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.n++
}

func (p *progress) stop() {
	close(p.done)
	p.stopped.Wait()
}
