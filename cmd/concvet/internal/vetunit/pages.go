//go:build !linux || !(amd64 || arm64)

package vetunit

// canEnlarge is whether [adviseLarge] does anything.
const canEnlarge = false

func adviseLarge([]byte) {}
