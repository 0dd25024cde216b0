package models

import (
	_ "embed"
	"strings"
	"sync"
)

//go:generate go test -run=^TestStdList$ -update

// stdList names every package of the standard library, one a line, of the Go
// versions and platforms that have been seen so far. A list and not a rule
// about dots: a user's module may be called "bench".
//
//go:embed std.txt
var stdList string

var std = sync.OnceValue(func() map[string]struct{} {
	m := make(map[string]struct{})
	for path := range strings.FieldsSeq(stdList) {
		m[path] = struct{}{}
	}
	return m
})

// IsStd reports whether path is a package of the standard library, including
// its internal and vendored ones, but not its external tests and not cmd.
func IsStd(path string) bool {
	path, _, _ = strings.Cut(path, " ") // "sync [sync.test]"
	_, ok := std()[path]
	return ok
}
