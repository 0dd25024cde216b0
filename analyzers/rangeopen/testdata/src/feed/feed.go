// Package feed sends on channels of its callers.
package feed

// Fill sends n numbers.
func Fill(c chan<- int, n int) {
	for i := range n {
		c <- i
	}
}

// FillAll sends n numbers and closes the channel.
func FillAll(c chan<- int, n int) {
	defer close(c)
	Fill(c, n)
}
