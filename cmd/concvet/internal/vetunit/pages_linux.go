//go:build amd64 || arm64

package vetunit

import (
	"os"
	"runtime"
	"syscall"
)

// canEnlarge is whether [adviseLarge] does anything.
const canEnlarge = true

// adviseLarge asks the kernel to back memory that nobody has touched yet with
// pages of 2 MiB. Without support for them nothing changes. Where small pages
// are larger than usual large ones are too large.
//
//go:noinline
func adviseLarge(b []byte) {
	if os.Getpagesize() == 4<<10 {
		_ = syscall.Madvise(b, syscall.MADV_HUGEPAGE)
	}
	runtime.KeepAlive(b)
}
