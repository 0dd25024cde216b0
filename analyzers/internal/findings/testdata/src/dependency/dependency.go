// Package dependency has its mistake in a test.
package dependency

func bad() {}
