package loops

import "sync"

// okFirst has the first goroutine do it, and no other.
func okFirst(n int) (x int) {
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			if i == 0 {
				x = 1
			}
			if i == 0 {
				x++
			}
		})
	}
	wg.Wait()
	return x
}

func okLast(n int) (x int) {
	var wg sync.WaitGroup
	for i := 0; i < n; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if i == n-1 {
				x = i
			}
		}()
	}
	wg.Wait()
	return x
}

func okGiven(items []string, index int) (found string) {
	var wg sync.WaitGroup
	for i, it := range items {
		wg.Add(1)
		go func(k int) {
			defer wg.Done()
			if k != index {
				return
			}
			found = it
		}(i)
	}
	wg.Wait()
	return found
}

// badRead is read by all.
func badRead(n int) (x int) {
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			if i == 0 {
				x = 1 // want `x is written by a goroutine that badRead starts while another reads it`
			}
			use(x)
		})
	}
	wg.Wait()
	return x
}

// badTwo are two goroutines of one number.
func badTwo(n int) (x int) {
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			if i == 0 {
				x = 1 // want `x is written by a goroutine that badTwo starts while another goroutine that it starts writes it`
			}
		})
		wg.Go(func() {
			if i == 0 {
				x = 2
			}
		})
	}
	wg.Wait()
	return x
}

type job struct{ kind string }

// badKind: several may be of that kind.
func badKind(jobs []job) (n int) {
	var wg sync.WaitGroup
	for _, j := range jobs {
		wg.Go(func() {
			if j.kind == "special" {
				n++ // want `n is written by a goroutine that badKind starts while another writes it`
			}
		})
	}
	wg.Wait()
	return n
}

// badStep may step by nothing, and all goroutines are of one number.
func badStep(n, by int) (x int) {
	var wg sync.WaitGroup
	for i := 0; i < n; i += by {
		wg.Go(func() {
			if i == 0 {
				x++ // want `x is written by a goroutine that badStep starts while another writes it`
			}
		})
	}
	wg.Wait()
	return x
}
