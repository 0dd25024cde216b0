package a

// A turn that goes on early lacks the lock that the next one gives up. (As in
// pion/interceptor's leaky bucket pacer, where the unlock behind the loop fails too.)
func (s *server) badContinue(items []int) {
	s.mu.Lock()
	for _, it := range items {
		s.mu.Unlock() // want `s.mu is unlocked again in the next turn of the loop, without a lock in between`
		if it < 0 {
			continue
		}
		s.mu.Lock()
	}
	s.mu.Unlock()
}
