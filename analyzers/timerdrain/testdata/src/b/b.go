// Package b hands timers to another package.
package b

import (
	"time"

	"fixture/lib"
)

func badOther(changed <-chan string, d time.Duration) {
	t := time.NewTimer(d)
	for {
		select {
		case <-t.C:
		case name := <-changed:
			if name == lib.Name() {
				return
			}
			if !t.Stop() {
				<-t.C // want `t.C`
			}
			t.Reset(d)
		}
	}
}

// What another package does with the timer is not known.
func okRestarted(changed <-chan string, d time.Duration) {
	t := time.NewTimer(d)
	for {
		select {
		case <-t.C:
			lib.Restart(t, d)
		case <-changed:
			if !t.Stop() {
				<-t.C
			}
			lib.Restart(t, d)
		}
	}
}
