// Package elements has races on the elements of slices and arrays.
package elements

func use(...any) {}

func badElement() {
	s := make([]int, 3)
	go func() {
		s[1] = 1 // want `s\[1\] is written by the goroutine that badElement starts while badElement reads it`
	}()
	use(s[1])
}

func okOtherElement() {
	s := make([]int, 3)
	go func() { s[1] = 1 }()
	use(s[2])
}

func badArray() {
	var a [4]int
	go func() {
		a[0] = 1 // want `a\[0\] is written by the goroutine that badArray starts while badArray reads it`
	}()
	use(a[0])
}

func badHeader() {
	s := make([]int, 3)
	go func() {
		s = nil // want "s is written by the goroutine that badHeader starts while badHeader reads it"
	}()
	use(len(s))
}

func badAlias() {
	s := make([]int, 3)
	t := s
	go func() {
		t[0] = 1 // want `t\[0\] is written by the goroutine that badAlias starts while badAlias reads s\[0\]`
	}()
	use(s[0])
}

func badRange() {
	s := make([]int, 3)
	go func() {
		s[2] = 1 // want `s\[2\] is written by the goroutine that badRange starts`
	}()
	sum := 0
	for _, x := range s {
		sum += x
	}
	use(sum)
}

func badCopy() {
	src, dst := make([]int, 3), make([]int, 3)
	go func() {
		copy(dst, src) // want `dst is written by the goroutine that badCopy starts while badCopy reads dst\[0\]`
	}()
	use(dst[0])
}

func badCopySource() {
	src, dst := make([]int, 3), make([]int, 3)
	go func() {
		copy(dst, src)
	}()
	src[0] = 1 // want `src\[0\] is written by badCopySource while the goroutine that badCopySource starts reads src`
}

func badClear() {
	s := make([]int, 3)
	go func() {
		clear(s) // want "s is written by the goroutine that badClear starts"
	}()
	use(s[0])
}

func badBytes() {
	b := []byte("abc")
	go func() {
		b[0] = 'x' // want `b\[0\] is written by the goroutine that badBytes starts`
	}()
	use(string(b) + "d")
}

func badReadWhileAppend() {
	var s []int
	go func() {
		s = append(s, 1) // want "s is appended to by the goroutine that badReadWhileAppend starts while badReadWhileAppend reads it"
	}()
	use(len(s))
}

// okLen reads the length, which nobody changes.
func okLen() {
	s := make([]int, 3)
	go func() { s[0] = 1 }()
	use(len(s), cap(s))
}

// okSharded has an element for each goroutine.
func okSharded(f func(int) int) {
	res := make([]int, 10)
	done := make(chan bool)
	for i := range res {
		go func() {
			res[i] = f(i)
			done <- true
		}()
	}
	for range res {
		<-done
	}
	use(res[0])
}

// okShardedParam gets its index as a parameter.
func okShardedParam(f func(int) int) {
	res := make([]int, 10)
	for i := 0; i < 10; i++ {
		go func(i int) { res[i] = f(i) }(i)
	}
}

// okHalves shares a slice by halves.
func okHalves() {
	s := make([]int, 10)
	go fill(s[:5])
	fill(s[5:])
}

func fill(s []int) {
	for i := range s {
		s[i] = i
	}
}

// okStripes has a lock for each element.
func okStripes(f func(int) int) {
	var s [8]struct {
		n int
	}
	for i := range 8 {
		go func() { s[i].n = f(i) }()
	}
}

// fnUnknownIndex may hit one element twice.
func fnUnknownIndex(idx []int) {
	s := make([]int, 10)
	for _, i := range idx {
		go func() { s[i]++ }()
	}
}
