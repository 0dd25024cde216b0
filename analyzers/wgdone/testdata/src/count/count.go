// Package count has WaitGroups without Done, with too many, and copies.
package count

import (
	"fmt"
	"sync"

	"fixture/pool"
)

func work(i int) { fmt.Println(i) }

// After docker-archive/tutum-cleanup#8: the goroutines know of no WaitGroup.
func badNoDone(items []int) {
	var wg sync.WaitGroup
	for _, i := range items {
		wg.Add(1) // want `nothing calls wg.Done: wg.Wait never returns`
		go func() { work(i) }()
	}
	wg.Wait()
}

func badBlocks() {
	var wg sync.WaitGroup
	wg.Add(1) // want `nothing calls wg.Done`
	wg.Wait()
}

// After cockroachdb/cockroach#1055: tasks are counted in, never out.
type badStopper struct {
	mu    sync.Mutex
	drain sync.WaitGroup
}

func (s *badStopper) startTask() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.drain.Add(1) // want `nothing calls s.drain.Done: s.drain.Wait never returns`
}

func (s *badStopper) Quiesce() {
	s.drain.Wait()
}

func badTwice(items []int) {
	var wg sync.WaitGroup
	for _, i := range items {
		wg.Add(1)
		go func() {
			defer wg.Done()
			work(i)
			wg.Done() // want `wg.Done runs twice in this goroutine: the counter goes negative and panics, or wg.Wait returns early`
		}()
	}
	wg.Wait()
}

// After micro/go-micro#681: an error path calls Done, and so does the defer.
func badTwiceEarly(i int) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		if i == 0 {
			wg.Done() // want `wg.Done runs twice in this goroutine`
			return
		}
		work(i)
	}()
	wg.Wait()
}

func badGo(items []int) {
	var wg sync.WaitGroup
	for _, i := range items {
		wg.Go(func() {
			defer wg.Done() // want `wg.Go calls wg.Done itself when the function returns: this one makes the counter negative`
			work(i)
		})
	}
	wg.Wait()
}

func badCopy(i int, wg sync.WaitGroup) {
	defer wg.Done() // want `wg.Done counts down a copy: wg.Wait waits for the original and never returns`
	work(i)
}

func startsCopy() {
	var wg sync.WaitGroup
	wg.Add(1)
	go badCopy(1, wg)
	wg.Wait()
}

func badCopyLiteral() {
	var wg sync.WaitGroup
	wg.Add(1)
	go func(wg sync.WaitGroup) {
		defer wg.Done() // want `wg.Done counts down a copy`
		work(1)
	}(wg)
	wg.Wait()
}

type badValue struct{ wg sync.WaitGroup }

func (v badValue) run() {
	defer v.wg.Done() // want `v.wg.Done counts down a copy: v.wg.Wait waits for the original`
	work(1)
}

func startsValue() {
	var v badValue
	v.wg.Add(1)
	go v.run()
	v.wg.Wait()
}

func okOnce(items []int) {
	var wg sync.WaitGroup
	for _, i := range items {
		wg.Add(1)
		go func() {
			defer wg.Done()
			work(i)
		}()
	}
	wg.Wait()
}

func okExclusive(i int) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		if i == 0 {
			wg.Done()
			return
		}
		work(i)
		wg.Done()
	}()
	wg.Wait()
}

func okTwo() {
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		work(1)
		wg.Done()
		work(2)
		wg.Done()
	}()
	wg.Wait()
}

func okGoPlus() {
	var wg sync.WaitGroup
	wg.Add(1)
	wg.Go(func() {
		defer wg.Done()
		work(1)
	})
	wg.Wait()
}

func okNegative() {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		work(1)
		wg.Add(-1)
	}()
	wg.Wait()
}

func okMethodValue(run func(func())) {
	var wg sync.WaitGroup
	wg.Add(1)
	run(wg.Done)
	wg.Wait()
}

func worker(i int, done func()) {
	defer done()
	work(i)
}

func okDoneGiven(items []int) {
	var wg sync.WaitGroup
	wg.Add(len(items))
	for _, i := range items {
		go worker(i, wg.Done)
	}
	wg.Wait()
}

func okDoneVariable(i int) {
	var wg sync.WaitGroup
	done := wg.Done
	wg.Add(1)
	go func() {
		defer done()
		work(i)
	}()
	wg.Wait()
}

func badDoneGiven(i int, done func()) {
	if i == 0 {
		return
	}
	work(i)
	done() // want `wg.Done is skipped where the goroutine returns early`
}

func givesDone(items []int) {
	var wg sync.WaitGroup
	for _, i := range items {
		wg.Add(1)
		go badDoneGiven(i, wg.Done)
	}
	wg.Wait()
}

type embeds struct {
	sync.WaitGroup
	n int
}

func okPromoted(run func(func())) {
	e := &embeds{n: 1}
	e.Add(e.n)
	run(e.Done)
	e.Wait()
}

type badEmbeds struct {
	sync.WaitGroup
	n int
}

func (e *badEmbeds) start() {
	e.Add(1)
	go func() {
		if e.n == 0 {
			return
		}
		e.Done() // want `e.Done is skipped where the goroutine returns early`
	}()
}

func (e *badEmbeds) stop() { e.WaitGroup.Wait() }

func badOtherPackage() {
	var wg sync.WaitGroup
	wg.Add(1) // want `nothing calls wg.Done`
	go pool.Nothing(&wg)
	wg.Wait()
}

func badOtherPackageTwice() {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		pool.Work(&wg) // want `wg.Done runs twice`
	}()
	wg.Wait()
}

func okOtherPackage() {
	var wg sync.WaitGroup
	wg.Add(1)
	go pool.Work(&wg)
	wg.Wait()
}

// The worker in pool leaves without Done if it has nothing to do.
func fnOtherPackage(i int) {
	var wg sync.WaitGroup
	wg.Add(1)
	go pool.Try(&wg, i)
	wg.Wait()
}

func okPassed(wgs map[string]*sync.WaitGroup) {
	var wg sync.WaitGroup
	wg.Add(1)
	wgs["x"] = &wg
	wg.Wait()
}

// Exported: another package may call Done.
type Group struct{ WG sync.WaitGroup }

func (g *Group) okExported() {
	g.WG.Add(1)
	g.WG.Wait()
}

// Done is in a file for another system.
type elsewhere struct{ group sync.WaitGroup }

func (e *elsewhere) okElsewhere() {
	e.group.Add(1)
	e.group.Wait()
}

// The slice's WaitGroups are not told apart.
func fnElements() {
	wgs := make([]sync.WaitGroup, 2)
	for i := range wgs {
		wgs[i].Add(1)
	}
	for i := range wgs {
		wgs[i].Wait()
	}
}

// The same as docker-archive/tutum-cleanup#8, put right as was proposed there.
func okDone(items []int) {
	var wg sync.WaitGroup
	for _, i := range items {
		wg.Add(1)
		go func() {
			defer wg.Done()
			work(i)
		}()
	}
	wg.Wait()
}

// The same as cockroachdb/cockroach#1055, put right: tasks are counted out as well.
type okStopper struct {
	mu    sync.Mutex
	drain sync.WaitGroup
}

func (s *okStopper) startTask() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.drain.Add(1)
}

func (s *okStopper) finishTask() { s.drain.Done() }

func (s *okStopper) Quiesce() { s.drain.Wait() }

// The same as micro/go-micro#681, put right: only the defer calls it.
func okOnceEarly(i int) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		if i == 0 {
			return
		}
		work(i)
	}()
	wg.Wait()
}
