package a

// What the turn of a loop leaves locked the next one locks again: that is relock's.
func (s *server) okToldByRelock(items []int) {
	for _, it := range items {
		s.mu.Lock()
		if it < 0 {
			continue
		}
		s.n++
		s.mu.Unlock()
	}
}
