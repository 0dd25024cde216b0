package locks

import "sync"

type index struct {
	mu    sync.Mutex
	words map[string]int
}

// find locks if it is asked to.
func (x *index) find(word string, lock bool) int {
	if lock {
		x.mu.Lock()
	}
	n := x.words[word]
	if lock {
		x.mu.Unlock()
	}
	return n
}

func (x *index) add(word string, mode int) {
	if mode == 0 {
		x.words[word]++
		return
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.words[word]++
}

// okAsksForLock has every call take the lock.
func okAsksForLock(x *index) int {
	go x.add("a", 1)
	return x.find("a", true)
}

// okAsksThrough passes the wish on.
func okAsksThrough(x *index) int {
	get := func(word string, careless bool) int { return x.find(word, !careless) }
	go x.add("a", 1)
	return x.find("b", true) + get("a", false)
}

func badAsksForNone(x *index) int {
	find := func(word string, lock bool) int {
		if lock {
			x.mu.Lock()
			defer x.mu.Unlock()
		}
		return x.words[word] // want "nothing orders the two"
	}
	go x.add("a", 1)
	return find("a", false)
}
