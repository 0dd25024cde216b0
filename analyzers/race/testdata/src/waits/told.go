package waits

import (
	"context"
	"time"

	"golang.org/x/sync/singleflight"
)

// okPoll runs the condition again only when it has answered. (As testify's
// Eventually.)
func okPoll(after time.Duration, every time.Duration) int {
	tries := 0
	ch := make(chan bool, 1)
	timer := time.NewTimer(after)
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for tick := ticker.C; ; {
		select {
		case <-timer.C:
			return 0
		case <-tick:
			tick = nil
			go func() {
				tries++
				ch <- tries > 3
			}()
		case v := <-ch:
			if v {
				return 1
			}
			tick = ticker.C
		}
	}
}

// badPoll runs it whenever the ticker says so.
func badPoll(after time.Duration, every time.Duration) int {
	tries := 0
	ch := make(chan bool, 1)
	timer := time.NewTimer(after)
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-timer.C:
			return 0
		case <-ticker.C:
			go func() {
				tries++ // want `tries is written by a goroutine that badPoll starts while another writes it`
				ch <- true
			}()
		case v := <-ch:
			if v {
				return 1
			}
		}
	}
}

type value struct{ n int }

// get waits for what the group runs, or for the context.
func get(ctx context.Context, g *singleflight.Group, v *value) error {
	done := g.DoChan("key", func() (any, error) {
		v.n++
		return nil, nil
	})
	select {
	case res := <-done:
		return res.Err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// okNoEnd has a context that never ends. (As in the credentials of mongo-driver.)
func okNoEnd() {
	v := &value{}
	get(context.Background(), new(singleflight.Group), v)
	v.n = 2
}
