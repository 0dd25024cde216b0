// Package loop has a Wait in the loop that starts the goroutines.
package loop

import (
	"fmt"
	"sync"
)

type plugin struct{ name string }

func (p *plugin) restore() { fmt.Println(p.name) }

// As in moby/moby#25384: the plugins are counted together, but each is waited
// for alone.
func badRestore(plugins []*plugin) {
	var group sync.WaitGroup
	group.Add(len(plugins))
	for _, p := range plugins {
		go func(p *plugin) {
			defer group.Done()
			p.restore()
		}(p)
		group.Wait() // want `group.Wait is inside the loop that starts the goroutines: the first turn waits for those of the turns to come, for ever`
	}
}

// And its repair.
func okRestore(plugins []*plugin) {
	var group sync.WaitGroup
	group.Add(len(plugins))
	for _, p := range plugins {
		go func(p *plugin) {
			defer group.Done()
			p.restore()
		}(p)
	}
	group.Wait()
}

func badConstant(plugins []*plugin) {
	var group sync.WaitGroup
	group.Add(2)
	for _, p := range plugins {
		go func() {
			defer group.Done()
			p.restore()
		}()
		group.Wait() // want `group.Wait is inside the loop`
		fmt.Println("restored")
	}
}

// Counted and waited for in each turn: one at a time, but no deadlock.
func okTurns(plugins []*plugin) {
	var group sync.WaitGroup
	for _, p := range plugins {
		group.Add(1)
		go func() {
			defer group.Done()
			p.restore()
		}()
		group.Wait()
	}
}

// Batches of ten.
func okBatches(plugins []*plugin) {
	var group sync.WaitGroup
	for i, p := range plugins {
		group.Add(1)
		go func() {
			defer group.Done()
			p.restore()
		}()
		if i%10 == 9 {
			group.Wait()
		}
	}
	group.Wait()
}

func okNested(batches [][]*plugin) {
	var group sync.WaitGroup
	for _, batch := range batches {
		group.Add(len(batch))
		for _, p := range batch {
			go func() {
				defer group.Done()
				p.restore()
			}()
		}
		group.Wait()
	}
}

// Two for two.
func okPair(plugins []*plugin) {
	for _, p := range plugins {
		var group sync.WaitGroup
		group.Add(2)
		go func() { defer group.Done(); p.restore() }()
		go func() { defer group.Done(); p.restore() }()
		group.Wait()
	}
}

// Only the last turn waits.
func okLastTurn(plugins []*plugin) {
	var group sync.WaitGroup
	group.Add(len(plugins))
	for i, p := range plugins {
		go func() {
			defer group.Done()
			p.restore()
		}()
		if i == len(plugins)-1 {
			group.Wait()
		}
	}
}

// The count is a number of its own.
func fnOtherCount(plugins []*plugin, n int) {
	var group sync.WaitGroup
	group.Add(n)
	for _, p := range plugins {
		go func() {
			defer group.Done()
			p.restore()
		}()
		group.Wait()
	}
}
