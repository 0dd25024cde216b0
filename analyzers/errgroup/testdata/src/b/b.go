// Package b has functions with a context, as seen from another package.
package b

import (
	"context"
	"net/http"
)

type key struct{}

// Commit obeys its context.
func Commit(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPut, url, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Trace only reads a value of its context.
func Trace(ctx context.Context) string {
	s, _ := ctx.Value(key{}).(string)
	return s
}

// Wait waits for its context or the channel.
func Wait(ctx context.Context, c <-chan int) int {
	select {
	case <-ctx.Done():
		return 0
	case n := <-c:
		return n
	}
}
