package models

import (
	"go/types"
	"slices"
	"testing"
)

// TestComplete fails when a new Go version adds a function or method to one of
// the packages whose default effect no addition would fit: it needs a row.
func TestComplete(t *testing.T) {
	least := map[string]int{ // how many there are in Go 1.26
		"sync":             36,
		"sync/atomic":      86,
		"context":          16,
		"iter":             2,
		"os/signal":        6,
		"testing/synctest": 2,
	}
	count := make(map[string]int)
	for k, fn := range stdWorld(t) {
		if _, ok := least[k.pkg]; !ok {
			continue
		}
		count[k.pkg]++
		if _, ok := Lookup(fn); !ok {
			t.Errorf("%v has no entry", fn)
		}
	}
	for pkg, n := range least {
		if count[pkg] < n {
			t.Errorf("found only %d functions of %s, want at least %d", count[pkg], pkg, n)
		}
	}
}

// TestEntriesExist fails when a row names something that the standard library
// does not have, or when two rows name the same.
func TestEntriesExist(t *testing.T) {
	std := stdWorld(t)
	seen := make(map[key]bool)
	for _, rows := range groups {
		for _, r := range rows {
			r.each(func(k key) {
				if seen[k] {
					t.Errorf("%v has two rows", k)
				}
				seen[k] = true
				if _, ok := std[k]; !ok && IsStd(k.pkg) {
					t.Errorf("%v does not exist", k)
				}
			})
		}
	}
	if len(seen) != len(table()) {
		t.Errorf("%d names in rows, %d in the table", len(seen), len(table()))
	}
}

func TestPassiveExist(t *testing.T) {
	imp := newStdImporter(t)
	for k := range passive() {
		switch obj := imp.mustImport(t, k.pkg).Scope().Lookup(k.name).(type) {
		case *types.TypeName, *types.Var:
			if !Passive(obj) {
				t.Errorf("%v is not Passive", obj)
			}
		default:
			t.Errorf("%v does not exist", k)
		}
	}
}

// TestCallbacksAreKnown fails when a function of the standard library is given
// code to run, a func or an interface, and has neither an entry nor a default
// effect that says so.
func TestCallbacksAreKnown(t *testing.T) {
	for _, fn := range stdWorld(t) {
		m, exact := Of(fn)
		if exact || m.Effect.MayWait() {
			continue
		}
		for param := range fn.Signature().Params().Variables() {
			if runsCode(param.Type()) {
				t.Errorf("%v has no entry, runs %s, and its bound is %v", fn, param.Name(), m.Effect)
			}
		}
	}
}

// runsCode reports whether a value of type t brings code of the caller.
func runsCode(t types.Type) bool {
	if slice, ok := t.(*types.Slice); ok {
		t = slice.Elem()
	}
	if slices.Contains(computing, types.TypeString(t, nil)) {
		return false
	}
	switch u := t.Underlying().(type) {
	case *types.Signature:
		return true
	case *types.Interface:
		if _, ok := t.(*types.TypeParam); ok {
			return false // a constraint: comparable, ordered, a slice
		}
		return u.NumMethods() > 0 && open(u)
	}
	return false
}

// computing are the interfaces whose methods are taken to compute and no more.
var computing = []string{
	"context.Context",
	"error",
	"crypto/cipher.Block",
	"crypto/ecdh.KeyExchanger",
	"crypto/elliptic.Curve",
	"crypto.Decapsulator",
	"crypto.Encapsulator",
	"go/ast.Node",
	"go/types.Sizes",
	"go/types.Type",
	"image/color.Color",
	"os.Signal",
}
