// Package sink ranges over channels that package source hands out.
package sink

import (
	"errors"
	"log"
	"os"

	"fixture/source"
)

func save(int) { os.Remove("x") }

func badEvents(s *source.Source) {
	for e := range s.Events() { // want `nothing closes s.Events\(\): this range over it never ends, and line \d+ is never reached`
		save(e)
	}
	save(-1)
}

func badCount() error {
	numbers, err := source.Count(3)
	if err != nil {
		return err
	}
	done := make(chan struct{})
	go func() {
		for n := range numbers { // want `nothing closes numbers: this range over it never ends, and line \d+ is never reached`
			save(n)
		}
		close(done)
	}()
	<-done
	return nil
}

func okClosed(s *source.Source) {
	for e := range s.Ended() {
		save(e)
	}
	for n := range source.CountAll(3) {
		save(n)
	}
	for err := range s.Errors() {
		log.Print(err)
	}
	for e := range s.Both() {
		save(e)
	}
	save(-1)
}

func okLeft(s *source.Source) {
	for e := range s.Events() {
		if e < 0 {
			break
		}
		save(e)
	}
	save(-1)
}

// The error is what the compiler wants behind the loop.
func okEndless(s *source.Source) error {
	for e := range s.Events() {
		save(e)
	}
	return errors.New("no more events")
}

// Nothing tells whether the goroutine is meant to end.
func fnGoroutine(s *source.Source) {
	go func() {
		for e := range s.Events() {
			save(e)
		}
	}()
}

type events interface{ Events() <-chan int }

// What an interface holds is not known.
func fnInterface(s events) {
	for e := range s.Events() {
		save(e)
	}
	save(-1)
}
