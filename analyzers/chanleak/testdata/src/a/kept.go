package a

import "sync"

// A slot is lost with each request that fails.
func badSlot(urls []string, get func(string) error) {
	slots := make(chan struct{}, 4)
	var wg sync.WaitGroup
	for _, url := range urls {
		wg.Add(1)
		slots <- struct{}{}
		go func() {
			defer wg.Done()
			if get(url) != nil {
				return // want `this return keeps the slot of slots taken at kept.go:\d+: once all are lost so, that send blocks for ever`
			}
			<-slots
		}()
	}
	wg.Wait()
}

func badSlotInside(urls []string, get func(string) error) {
	slots := make(chan struct{}, len(urls)/2+1)
	var wg sync.WaitGroup
	for _, url := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			slots <- struct{}{}
			if err := get(url); err != nil {
				println(err.Error())
				return // want `this return keeps the slot of slots`
			}
			println(url)
			<-slots
		}()
	}
	wg.Wait()
}

func badSlotAround(urls []string, get func(string) error) {
	slots := make(chan struct{}, 4)
	for _, url := range urls {
		slots <- struct{}{}
		go func() {
			if get(url) == nil {
				<-slots // want `the way around this receive keeps the slot of slots`
			}
		}()
	}
}

func okSlotDeferred(urls []string, get func(string) error) {
	slots := make(chan struct{}, 4)
	for _, url := range urls {
		slots <- struct{}{}
		go func() {
			defer func() { <-slots }()
			if get(url) != nil {
				return
			}
			println(url)
		}()
	}
}

func okSlotBoth(urls []string, get func(string) error) {
	slots := make(chan struct{}, 4)
	for _, url := range urls {
		slots <- struct{}{}
		go func() {
			if get(url) != nil {
				<-slots
				return
			}
			println(url)
			<-slots
		}()
	}
}

// Given back early on one way.
func okSlotOnce(urls []string, get func(string) error) {
	slots := make(chan struct{}, 4)
	for _, url := range urls {
		slots <- struct{}{}
		go func() {
			held := true
			if get(url) != nil {
				<-slots
				held = false
			}
			println(url)
			if held {
				<-slots
			}
		}()
	}
}

// Taken only by some, who give it back.
func okSlotSome(urls []string, limited bool, get func(string) error) {
	slots := make(chan struct{}, 4)
	for _, url := range urls {
		if limited {
			slots <- struct{}{}
		}
		go func() {
			get(url)
			if limited {
				<-slots
			}
		}()
	}
}

// The caller gives back the slots of those that fail.
func okSlotCaller(urls []string, get func(string) error) {
	slots, failed := make(chan struct{}, 4), make(chan string, 100)
	for _, url := range urls {
		slots <- struct{}{}
		go func() {
			if get(url) != nil {
				failed <- url
				return
			}
			<-slots
		}()
	}
	for range failed {
		<-slots
	}
}

// One goroutine loses one slot, and there are four.
func okSlotSingle(get func() error) {
	slots := make(chan struct{}, 4)
	slots <- struct{}{}
	go func() {
		if get() != nil {
			return
		}
		<-slots
	}()
}
