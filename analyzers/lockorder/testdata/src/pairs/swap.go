package pairs

import "sync"

// Two goroutines of one function, about the same two objects.

type account struct {
	mu  sync.Mutex
	id  int
	sum int
}

func badTransfer(from, to *account, n int) {
	from.mu.Lock()
	defer from.mu.Unlock()
	to.mu.Lock() // want `badTransfer locks to.mu holding from.mu while another goroutine does so with the two swapped: they wait for each other for ever`
	defer to.mu.Unlock()
	from.sum -= n
	to.sum += n
}

func swap() {
	a, b := &account{}, &account{}
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		badTransfer(a, b, 1)
	}()
	go func() {
		defer wg.Done()
		badTransfer(b, a, 1)
	}()
	wg.Wait()
}

// A method, and the starter itself is one of the two.
func (a *account) badPay(b *account) {
	a.mu.Lock()
	b.mu.Lock() // want `badPay locks b.mu holding a.mu while another goroutine does so with the two swapped`
	b.sum++
	b.mu.Unlock()
	a.mu.Unlock()
}

func backAndForth(a, b *account) {
	go a.badPay(b)
	b.badPay(a)
}

// Locks without a name.
func badLocal() {
	var a, b sync.Mutex
	done := make(chan bool)
	go func() {
		a.Lock()
		b.Lock() // want `the function literal locks b holding a while another goroutine locks the same two the other way round .swap.go:\d+.`
		b.Unlock()
		a.Unlock()
		close(done)
	}()
	b.Lock()
	a.Lock()
	a.Unlock()
	b.Unlock()
	<-done
}

// What is right.

// One after the other.
func okAfter() {
	a, b := &account{}, &account{}
	done := make(chan bool)
	go func() {
		move(a, b)
		close(done)
	}()
	<-done
	move(b, a)
}

func move(from, to *account) {
	from.mu.Lock()
	to.mu.Lock()
	to.sum++
	to.mu.Unlock()
	from.mu.Unlock()
}

// Both in the same order, or of different objects.
func okSameOrder(a, b, c *account) {
	go move(a, b)
	go move(a, b)
	go move(b, c)
}

// An order among the objects.
func ordered(from, to *account) {
	first, second := from, to
	if to.id < from.id {
		first, second = to, from
	}
	first.mu.Lock()
	second.mu.Lock()
	second.mu.Unlock()
	first.mu.Unlock()
}

func okOrdered(a, b *account) {
	go ordered(a, b)
	go ordered(b, a)
}

// The same, in two branches.
func byNumber(x, y *account) {
	if x.id < y.id {
		x.mu.Lock()
		y.mu.Lock()
	} else {
		y.mu.Lock()
		x.mu.Lock()
	}
	x.sum, y.sum = y.sum, x.sum
	x.mu.Unlock()
	y.mu.Unlock()
}

func okByNumber(a, b *account) {
	go byNumber(a, b)
	go byNumber(b, a)
}

func badLoops(a, b *account) {
	go func() {
		for i := 0; i < 100; i++ {
			a.mu.Lock()
			if b != nil {
				b.mu.Lock() // want `the function literal locks b.mu holding a.mu while another goroutine locks the same two the other way round`
				b.mu.Unlock()
			}
			a.mu.Unlock()
		}
	}()
	for range 100 {
		b.mu.Lock()
		a.mu.Lock()
		a.mu.Unlock()
		b.mu.Unlock()
	}
}

// A lock that both take first.
func gate(mu *sync.Mutex, from, to *account) {
	mu.Lock()
	defer mu.Unlock()
	move(from, to)
}

func okGate(a, b *account) {
	var mu sync.Mutex
	go gate(&mu, a, b)
	go gate(&mu, b, a)
}

// Known misses.

// The two calls are in functions of which nobody knows whether they get the
// same objects.
func fnApart(a, b *account) { move(a, b) }

func fnOther(a, b *account) { move(b, a) }

// Which elements these are is computed.
func fnElements(all []*account) {
	for i := range all {
		go move(all[i], all[(i+1)%len(all)])
	}
}
