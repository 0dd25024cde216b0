// Command badmain waits for an answer that nobody gives.
package main

// Worker is exported, but nobody imports a command.
type Worker struct{ Answer chan int }

// Run works.
func (w *Worker) Run() {}

func main() {
	w := &Worker{Answer: make(chan int)}
	go w.Run()
	<-w.Answer // want `receive from w.Answer blocks for ever: nothing sends on it or closes it`
}
