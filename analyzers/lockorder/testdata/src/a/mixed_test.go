package a

import "testing"

// The test holds the locks of what it made itself while it calls into the code,
// where others take them in this order. (As in nats-server's tests.)
func TestOkHolds(t *testing.T) {
	p := &parent{kids: []*kid{{}}}
	p.kids[0].mu.Lock()
	p.grow()
	p.kids[0].mu.Unlock()
}
