package a

// okUnlockOnce gives the lock up early, and the flag tells the deferred call so. (As
// in twmb/franz-go's CommitOffsetsForTransaction.)
func (s *server) okUnlockOnce(fail func() bool) {
	s.mu.Lock()
	var done bool
	unlock := func() {
		if !done {
			s.mu.Unlock()
		}
		done = true
	}
	defer unlock()
	if fail() {
		return
	}
	s.n++
	unlock()
	fail()
}
