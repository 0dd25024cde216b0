//nolint:concvet
package nolint

func wholeFile() {
	bad()
}
