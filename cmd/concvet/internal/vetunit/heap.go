package vetunit

import (
	"runtime"
	"runtime/debug"
)

// quietHeap is how large the heap of a process becomes before the first
// collection, in MiB. Most packages are analysed before that, and their garbage
// never matters: the process ends. Every package, of the standard library too, is
// a process, in which the collector would otherwise start at 4 MiB and take a
// tenth of the time.
const quietHeap = 176

// largeUnit is from how much source text on, in bytes, it pays to have the heap
// in large pages: to ask for them takes about 2 ms.
const largeUnit = 100 << 10

// setHeap sets up the heap for a package with so much source text, in bytes.
// From the first collection on the collector works as usual.
func setHeap(source int64) {
	const minHeap = 4 // MiB, at 100 %
	old := debug.SetGCPercent(-1)
	if canEnlarge && source >= largeUnit {
		enlargePages()
	}
	debug.SetGCPercent(100 * quietHeap / minHeap)
	collected := new([16]byte) // not so small that it shares its memory
	runtime.SetFinalizer(collected, func(*[16]byte) { debug.SetGCPercent(old) })
}

// enlargePages has the heap laid out in large pages, as far as it goes until the
// first collection. A heap that only grows is a page fault every 4 KiB, in which
// a large package spends a fifth of its time.
//
// The memory that is advised is given back at once, for which it has to be
// collected, and is what the heap then grows into.
func enlargePages() {
	adviseLarge(make([]byte, quietHeap<<20))
	runtime.GC()
}
