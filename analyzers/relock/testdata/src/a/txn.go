package a

import "sync"

// The transaction gives up the lock that it was begun with, through an
// interface. (As in etcd's mvcc store.)
type store struct {
	mu sync.RWMutex
	n  int
}

type txn interface {
	put(string)
	end()
}

type write struct{ s *store }

func (w *write) put(string) { w.s.n++ }
func (w *write) end()       { w.s.mu.RUnlock() }

type measured struct{ txn }

func (m *measured) end() { m.txn.end() }

func (s *store) write() txn {
	s.mu.RLock()
	return &measured{&write{s}}
}

func (s *store) restore() {
	s.mu.Lock()
	s.n = 0
	s.mu.Unlock()
}

func okTxns(s *store, keys []string) {
	for _, k := range keys {
		w := s.write()
		w.put(k)
		w.end()
	}
}
