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

// delayGC sets this up. From the first collection on the collector works as
// usual.
func delayGC() {
	const minHeap = 4 // MiB, at 100 %
	old := debug.SetGCPercent(100 * quietHeap / minHeap)
	collected := new([16]byte) // not so small that it shares its memory
	runtime.SetFinalizer(collected, func(*[16]byte) { debug.SetGCPercent(old) })
}
