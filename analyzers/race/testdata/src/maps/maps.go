// Package maps has races on maps: every use of a map reads or writes all of it.
package maps

func use(...any) {}

func badUpdate() {
	m := map[string]int{}
	go func() {
		m["a"] = 1 // want "m is updated by the goroutine that badUpdate starts while badUpdate reads it"
	}()
	use(m["b"])
}

func badWriteWrite() {
	m := map[string]int{}
	go func() {
		m["a"] = 1 // want "m is updated by the goroutine that badWriteWrite starts while badWriteWrite updates it"
	}()
	m["b"] = 2
}

func badDelete() {
	m := map[string]int{}
	go func() {
		delete(m, "a") // want "m is updated by the goroutine that badDelete starts"
	}()
	_, ok := m["b"]
	use(ok)
}

func badLen() {
	m := map[string]int{}
	go func() {
		m["a"]++ // want "m is updated by the goroutine that badLen starts"
	}()
	use(len(m))
}

func badRange() {
	m := map[string]int{}
	go func() {
		clear(m) // want "m is updated by the goroutine that badRange starts while badRange reads it"
	}()
	for k := range m {
		use(k)
	}
}

func badNested() {
	m := map[string]map[string]int{"a": {}}
	go func() {
		m["a"]["x"] = 1
	}()
	m["b"] = nil // want "m is updated by badNested while the goroutine that badNested starts reads it"
}

func badVariable() {
	m := map[string]int{}
	go func() {
		m = nil // want "m is written by the goroutine that badVariable starts while badVariable reads it"
	}()
	use(m["a"])
}

type registry struct {
	byName map[string]int
}

func (r *registry) badField() {
	go func() {
		r.byName["a"] = 1 // want "r.byName is updated by the goroutine that badField starts while badField reads it"
	}()
	use(r.byName["b"])
}

func badLoop(keys []string) {
	m := map[string]int{}
	for _, k := range keys {
		go func() {
			m[k] = len(k) // want "m is updated by a goroutine that badLoop starts while another updates it"
		}()
	}
}

func badOperand() {
	m := map[int]int{}
	k := 1
	go func() {
		k = 2 // want "k is written by the goroutine that badOperand starts while badOperand reads it"
	}()
	m[k] = 3
}

func okReads() {
	m := map[string]int{"a": 1}
	go func() { use(m["a"]) }()
	use(m["b"], len(m))
}

func okTwoMaps() {
	m, n := map[string]int{}, map[string]int{}
	go func() { m["a"] = 1 }()
	n["a"] = 1
}

// okOwnMap makes a map for each goroutine.
func okOwnMap(keys []string) {
	for _, k := range keys {
		m := map[string]int{}
		go func() { m[k] = 1 }()
	}
}

// badInner has two goroutines use one inner map.
func badInner() {
	m := map[string]map[string]int{"a": {}}
	go func() {
		m["a"]["x"] = 1 // want `m\["a"\] is updated by the goroutine that badInner starts while badInner updates it`
	}()
	m["a"]["y"] = 2
}

// okInner has different inner maps.
func okInner() {
	m := map[string]map[string]int{"a": {}, "b": {}}
	go func() { m["a"]["x"] = 1 }()
	m["b"]["y"] = 2
}

// okInnerUnknown has keys that nobody knows.
func okInnerUnknown(m map[string]map[string]int, j, k string) {
	go func() { m[j]["x"] = 1 }()
	m[k]["y"] = 2
}
