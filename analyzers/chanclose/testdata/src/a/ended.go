package a

// A worker is told to stop once, and found stopped after that. (As go-ethereum's
// conversion queue.)
type okWorker struct{ quit, ended chan struct{} }

func newOkWorker() *okWorker {
	w := &okWorker{quit: make(chan struct{}), ended: make(chan struct{})}
	go func() {
		defer close(w.ended)
		<-w.quit
	}()
	return w
}

func (w *okWorker) stop() {
	select {
	case <-w.ended:
	default:
		close(w.quit)
		<-w.ended
	}
}

func okStopTwice() {
	w := newOkWorker()
	defer w.stop()
	w.stop()
}

// It does not wait until the worker has ended.
type badWorker struct{ quit, ended chan struct{} }

func newBadWorker() *badWorker {
	w := &badWorker{quit: make(chan struct{}), ended: make(chan struct{})}
	go func() {
		defer close(w.ended)
		<-w.quit
	}()
	return w
}

func (w *badWorker) stop() {
	select {
	case <-w.ended:
	default:
		close(w.quit) // want `w.quit is closed again after close\(w.quit\): the second close panics`
	}
}

func stopTwice() {
	w := newBadWorker()
	defer w.stop()
	w.stop()
}
