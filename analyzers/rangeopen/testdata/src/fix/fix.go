// Package fix has senders that own their channel.
package fix

func use(any) {}

func badProducer(list []string) {
	items := make(chan string)
	go func() {
		for _, s := range list {
			items <- s
		}
	}()
	for s := range items { // want `nothing closes items: once the senders are done, this range over it waits for ever`
		use(s)
	}
}

// Each of several closes what the others still send on.
func badProducers(lists [][]string) {
	items := make(chan string)
	for _, list := range lists {
		go func() {
			for _, s := range list {
				items <- s
			}
		}()
	}
	for s := range items { // want `nothing closes items: once the senders are done, this range over it waits for ever`
		use(s)
	}
}
