package a

import "time"

// Since Go 1.23 a timer that nobody refers to is collected.
func okNew(work chan int) {
	for {
		select {
		case v := <-work:
			handle(v)
		case <-time.After(time.Minute):
			return
		}
	}
}
