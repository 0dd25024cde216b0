package count

import "sync"

// A go statement can run Done itself.
func okGoDone() {
	var wg sync.WaitGroup
	wg.Add(1)
	go wg.Done()
	wg.Wait()
}

func okGoAdd() {
	var wg sync.WaitGroup
	wg.Add(1)
	go wg.Add(-1)
	wg.Wait()
}

// Another's Done is no help.
func badGoDoneOfAnother() {
	var wg, other sync.WaitGroup
	wg.Add(1) // want `nothing calls wg.Done: wg.Wait never returns`
	go other.Done()
	other.Add(1)
	other.Wait()
	wg.Wait()
}
