package a

import "context"

// A go statement can run the cancel function itself.
func okGoCancel() {
	ctx, cancel := context.WithCancel(context.Background())
	go cancel()
	<-ctx.Done()
}
