package a

import (
	"context"
	"testing"

	"fixture/b"
)

// The process of a test ends soon.
func okTest(t *testing.T) {
	ctx, _ := b.WithBudget(context.Background(), 3)
	if use(ctx) != nil {
		t.Fatal("used")
	}
}
