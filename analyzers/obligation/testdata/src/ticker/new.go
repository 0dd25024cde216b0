package ticker

import "time"

// Since Go 1.23 a ticker that nobody refers to is collected.
func okNew() {
	t := time.NewTicker(time.Second)
	<-t.C
}
