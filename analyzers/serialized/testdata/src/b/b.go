// Package b is another package.
package b

import "os"

// Prepare makes a file ready.
func Prepare(name string) { os.Chmod(name, 0o666) }

// Slow returns the size of a file.
func Slow(name string) int {
	data, _ := os.ReadFile(name)
	return len(data)
}
