package a

import "context"

type outcome struct {
	v   int
	err error
}

func attempt(ctx context.Context, x int) (int, error) { return x, ctx.Err() }

// The one who sends goes on whatever it has sent, so an error is not its last
// message.
func badErrorOfMany(ctx context.Context, xs []int) (int, error) {
	out := make(chan outcome)
	go func() {
		defer close(out)
		for _, x := range xs {
			v, err := attempt(ctx, x)
			out <- outcome{v, err} // want `this send on out blocks for ever when badErrorOfMany leaves early, without another receive`
		}
	}()
	total := 0
	for r := range out {
		if r.err != nil {
			return 0, r.err
		}
		total += r.v
	}
	return total, nil
}

func okErrorIsTheLast(ctx context.Context, xs []int) (int, error) {
	out := make(chan outcome)
	go func() {
		defer close(out)
		for _, x := range xs {
			v, err := attempt(ctx, x)
			out <- outcome{v, err}
			if err != nil {
				return
			}
		}
	}()
	total := 0
	for r := range out {
		if r.err != nil {
			return 0, r.err
		}
		total += r.v
	}
	return total, nil
}

func okSenderIsCancelled(ctx context.Context, xs []int) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	out := make(chan outcome)
	go func() {
		defer close(out)
		for _, x := range xs {
			v, err := attempt(ctx, x)
			select {
			case out <- outcome{v, err}:
			case <-ctx.Done():
				return
			}
		}
	}()
	for r := range out {
		if r.err != nil {
			return r.err
		}
	}
	return nil
}

// What says that it is enough may be the last message.
func okLastOfMany(n int) {
	out := make(chan int)
	go func() {
		for i := range n {
			out <- i
		}
	}()
	for v := range out {
		if v == n-1 {
			break
		}
	}
}

// The channel is returned by the function that makes it.
func badOutcomes(ctx context.Context, xs []int) <-chan outcome {
	out := make(chan outcome)
	go func() {
		defer close(out)
		for _, x := range xs {
			v, err := attempt(ctx, x)
			out <- outcome{v, err} // want `this send on out blocks for ever when firstError leaves early, without another receive`
		}
	}()
	return out
}

func firstError(ctx context.Context, xs []int) error {
	for r := range badOutcomes(ctx, xs) {
		if r.err != nil {
			return r.err
		}
	}
	return nil
}

func okAllOfReturned(ctx context.Context, xs []int) int {
	total := 0
	for r := range badOutcomes(ctx, xs) {
		total += r.v
	}
	return total
}

func badPair(x int) <-chan int {
	out := make(chan int)
	go func() {
		out <- x
		out <- -x // want `this send on out blocks for ever when firstOfPair leaves without another receive`
	}()
	return out
}

func firstOfPair() int { return <-badPair(1) }

func okBothOfPair() int {
	ch := badPair(2)
	return <-ch + <-ch
}

// Each round has a channel of its own.
func okPairs(n int) (total int) {
	for i := range n {
		ch := badPair(i)
		total += <-ch + <-ch
	}
	return total
}

// Workers go on until the work is done, whatever their results are.
func badWorkersGoOn(ctx context.Context, xs []int) error {
	jobs := make(chan int, len(xs))
	results := make(chan error)
	for range 4 {
		go func() {
			for x := range jobs {
				_, err := attempt(ctx, x)
				results <- err // want `this send on results blocks for ever when badWorkersGoOn leaves early, without another receive`
			}
		}()
	}
	for _, x := range xs {
		jobs <- x
	}
	close(jobs)
	for range xs {
		if err := <-results; err != nil {
			return err
		}
	}
	return nil
}

func okWorkersWithRoom(ctx context.Context, xs []int) error {
	jobs := make(chan int, len(xs))
	results := make(chan error, len(xs))
	for range 4 {
		go func() {
			for x := range jobs {
				_, err := attempt(ctx, x)
				results <- err
			}
		}()
	}
	for _, x := range xs {
		jobs <- x
	}
	close(jobs)
	for range xs {
		if err := <-results; err != nil {
			return err
		}
	}
	return nil
}

func okWorkersAreDrained(ctx context.Context, xs []int) (first error) {
	jobs := make(chan int, len(xs))
	results := make(chan error)
	for range 4 {
		go func() {
			for x := range jobs {
				_, err := attempt(ctx, x)
				results <- err
			}
		}()
	}
	for _, x := range xs {
		jobs <- x
	}
	close(jobs)
	for range xs {
		if err := <-results; err != nil && first == nil {
			first = err
		}
	}
	return first
}

// A worker that fails is the last one to say something.
func okWorkerStops(ctx context.Context, jobs chan int) error {
	results := make(chan error)
	go func() {
		defer close(results)
		for x := range jobs {
			_, err := attempt(ctx, x)
			results <- err
			if err != nil {
				return
			}
		}
	}()
	for err := range results {
		if err != nil {
			return err
		}
	}
	return nil
}

// The first round tells the size of the others. (As in tailscale's bench of tunnels.)
func okFirstRound(next func() int, stop func() bool) {
	size := make(chan int)
	go func() {
		i := 0
		for {
			i++
			n := next()
			if n == 0 {
				return
			}
			if i == 1 {
				size <- n
			}
		}
	}()
	go func() {
		n := <-size
		for !stop() {
			n--
		}
	}()
}
