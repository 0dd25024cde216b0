// Package inside has calls of Add in the goroutine that they count.
package inside

import (
	"fmt"
	"sync"

	"fixture/pool"
)

func work(i int) { fmt.Println(i) }

func badLiteral() {
	var wg sync.WaitGroup
	for i := range 10 {
		go func() {
			wg.Add(1) // want `wg.Add runs in the goroutine that it counts: wg.Wait can return before it`
			defer wg.Done()
			work(i)
		}()
	}
	wg.Wait()
}

func badOneLine() {
	var wg sync.WaitGroup
	go func() { wg.Add(1); work(1); wg.Done() }() // want `wg.Add runs in the goroutine`
	wg.Wait()
}

func badInCase(kind int) {
	var wg sync.WaitGroup
	switch kind {
	case 1:
		go func() {
			wg.Add(1) // want `wg.Add runs in the goroutine`
			defer wg.Done()
			work(kind)
		}()
	}
	wg.Wait()
}

// Outside, the parameter has no name: no fix.
func badParameter() {
	var outer sync.WaitGroup
	go func(wg *sync.WaitGroup) {
		wg.Add(1) // want `wg.Add runs in the goroutine`
		defer wg.Done()
		work(1)
	}(&outer)
	outer.Wait()
}

// The first statement is not the Add: go vet looks no further.
func badSecondStatement() {
	var wg sync.WaitGroup
	go func() {
		fmt.Println("start")
		wg.Add(1) // want `wg.Add runs in the goroutine`
		work(1)
		wg.Done()
	}()
	wg.Wait()
}

func badBranch(hard bool) {
	wg := new(sync.WaitGroup)
	go func() {
		if hard {
			wg.Add(1) // want `wg.Add runs in the goroutine`
			work(1)
			wg.Done()
		}
	}()
	wg.Wait()
}

func badWorker(wg *sync.WaitGroup) {
	wg.Add(1) // want `wg.Add runs in the goroutine that it counts`
	defer wg.Done()
	work(1)
}

func startsWorker() {
	var wg sync.WaitGroup
	go badWorker(&wg)
	wg.Wait()
}

type badPool struct {
	wg sync.WaitGroup
}

func (p *badPool) enter() {
	p.wg.Add(1) // want `p.wg.Add runs in the goroutine`
}

func (p *badPool) run() {
	p.enter()
	defer p.wg.Done()
	work(1)
}

func drain() {
	p := &badPool{}
	for range 3 {
		go p.run()
	}
	p.wg.Wait()
}

type badEmbedded struct {
	sync.WaitGroup
	n int
}

func (e *badEmbedded) run() {
	e.Add(1) // want `e.Add runs in the goroutine`
	defer e.Done()
	e.n++
}

func embeds() {
	e := new(badEmbedded)
	go e.run()
	e.Wait()
}

var global sync.WaitGroup

func badGlobal() {
	for i := 0; i < 5; i++ {
		go func() {
			global.Add(1) // want `global.Add runs in the goroutine`
			work(i)
			global.Done()
		}()
	}
	global.Wait()
}

// The handlers are not counted when the server is done accepting.
func badGrandchild(conns chan int) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for c := range conns {
			go func() {
				wg.Add(1) // want `wg.Add runs in the goroutine`
				defer wg.Done()
				work(c)
			}()
		}
	}()
	wg.Wait()
}

// Nobody has counted the goroutine that counts the others.
func badUncountedParent(items []int) {
	var wg sync.WaitGroup
	go func() {
		for _, i := range items {
			wg.Add(1) // want `wg.Add runs in the goroutine`
			go func() {
				defer wg.Done()
				work(i)
			}()
		}
	}()
	wg.Wait()
}

func badCloser(items []int) {
	var wg sync.WaitGroup
	out := make(chan int)
	for _, i := range items {
		go func() {
			wg.Add(1) // want `wg.Add runs in the goroutine`
			defer wg.Done()
			out <- i
		}()
	}
	go func() {
		wg.Wait()
		close(out)
	}()
	for i := range out {
		work(i)
	}
}

func badGeneric[T any](items []T, f func(T)) {
	var wg sync.WaitGroup
	for _, x := range items {
		go func() {
			wg.Add(1) // want `wg.Add runs in the goroutine`
			defer wg.Done()
			f(x)
		}()
	}
	wg.Wait()
}

// After GoogleCloudPlatform/testgrid#287: the Add sits behind the goroutine's
// set-up.
func badSetUp(paths []string) (n int) {
	var wg sync.WaitGroup
	var mu sync.Mutex
	for _, p := range paths {
		go func(path string) {
			size := len(path)
			if size == 0 {
				return
			}
			wg.Add(1) // want `wg.Add runs in the goroutine`
			defer wg.Done()
			mu.Lock()
			defer mu.Unlock()
			n += size
		}(p)
	}
	wg.Wait()
	return n
}

func okBefore() {
	var wg sync.WaitGroup
	for i := range 10 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			work(i)
		}()
	}
	wg.Wait()
}

// A goroutine that is counted may count its children.
func okTree(depth int) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for range depth {
			wg.Add(1)
			go func() {
				defer wg.Done()
				work(depth)
			}()
		}
	}()
	wg.Wait()
}

func okRecursive(n int, wg *sync.WaitGroup) {
	defer wg.Done()
	if n == 0 {
		return
	}
	wg.Add(2)
	go okRecursive(n-1, wg)
	go okRecursive(n-1, wg)
}

func okStartsRecursive() {
	var wg sync.WaitGroup
	wg.Add(1)
	go okRecursive(3, &wg)
	wg.Wait()
}

// The channel orders every Add before the Wait.
func okChannel() {
	var wg sync.WaitGroup
	waiting := make(chan bool, 4)
	for range 4 {
		go func() {
			wg.Add(1)
			waiting <- true
			work(1)
			wg.Done()
		}()
	}
	for range 4 {
		<-waiting
	}
	wg.Wait()
}

// The other goroutine's Done comes after the Add.
func okHeldByOther() {
	var wg sync.WaitGroup
	added := make(chan struct{})
	wg.Add(1)
	go func() {
		defer wg.Done()
		<-added
	}()
	go func() {
		wg.Add(1)
		close(added)
		work(1)
		wg.Done()
	}()
	wg.Wait()
}

func okWaitGroupGo() {
	var wg sync.WaitGroup
	wg.Go(func() {
		wg.Add(1)
		go func() {
			defer wg.Done()
			work(1)
		}()
	})
	wg.Wait()
}

// Each round has a WaitGroup of its own.
func okOwn() {
	for range 3 {
		go func() {
			var wg sync.WaitGroup
			wg.Add(1)
			go func() {
				defer wg.Done()
				work(1)
			}()
			wg.Wait()
		}()
	}
}

// The caller may have counted it.
func FnParameter(wg *sync.WaitGroup) {
	go func() {
		wg.Add(1)
		defer wg.Done()
		work(1)
	}()
	wg.Wait()
}

type job struct{ wg *sync.WaitGroup }

func (j job) run() {
	j.wg.Add(1)
	defer j.wg.Done()
	work(1)
}

// The pointer could be any WaitGroup's.
func fnPointerField() {
	var wg sync.WaitGroup
	go job{&wg}.run()
	wg.Wait()
}

// After moncho/dry#112 and carwow/umbra#128: Stop may come at once.
type badService struct {
	wg   sync.WaitGroup
	quit chan struct{}
}

func (s *badService) Start() {
	go func() {
		s.wg.Add(1) // want `s.wg.Add runs in the goroutine that it counts: s.wg.Wait can return before it`
		defer s.wg.Done()
		<-s.quit
	}()
}

func (s *badService) Stop() {
	close(s.quit)
	s.wg.Wait()
}

type okReady struct {
	wg    sync.WaitGroup
	quit  chan struct{}
	ready chan struct{}
}

// Start does not return before the Add.
func (s *okReady) Start() {
	go func() {
		s.wg.Add(1)
		defer s.wg.Done()
		close(s.ready)
		<-s.quit
	}()
	<-s.ready
}

func (s *okReady) Stop() {
	close(s.quit)
	s.wg.Wait()
}

type okState struct {
	wg      sync.WaitGroup
	mu      sync.Mutex
	running bool
}

// Stop waits only if the goroutine has got that far.
func (s *okState) Start() {
	go func() {
		s.wg.Add(1)
		defer s.wg.Done()
		s.mu.Lock()
		s.running = true
		s.mu.Unlock()
		work(1)
	}()
}

func (s *okState) Stop() {
	s.mu.Lock()
	running := s.running
	s.mu.Unlock()
	if running {
		s.wg.Wait()
	}
}

type fnUnexported struct {
	wg   sync.WaitGroup
	quit chan struct{}
}

// Who calls stop, and when, is not asked.
func (s *fnUnexported) start() {
	go func() {
		s.wg.Add(1)
		defer s.wg.Done()
		<-s.quit
	}()
}

func (s *fnUnexported) stop() {
	close(s.quit)
	s.wg.Wait()
}

func badOtherPackage() {
	var wg sync.WaitGroup
	go pool.Late(&wg) // want `wg.Add runs in the goroutine that it counts`
	wg.Wait()
}

// The same as GoogleCloudPlatform/testgrid#287, put right: each is counted before
// it starts, and the Done is deferred first.
func okSetUp(paths []string) (n int) {
	var wg sync.WaitGroup
	var mu sync.Mutex
	for _, p := range paths {
		wg.Add(1)
		go func(path string) {
			defer wg.Done()
			size := len(path)
			if size == 0 {
				return
			}
			mu.Lock()
			defer mu.Unlock()
			n += size
		}(p)
	}
	wg.Wait()
	return n
}

// The same, fixed as in moncho/dry#112 and carwow/umbra#128.
type okService struct {
	wg   sync.WaitGroup
	quit chan struct{}
}

func (s *okService) Start() {
	s.wg.Add(1)
	go func() {
		defer s.wg.Done()
		<-s.quit
	}()
}

func (s *okService) Stop() {
	close(s.quit)
	s.wg.Wait()
}
