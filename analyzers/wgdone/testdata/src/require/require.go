// Package require ends tests.
package require

// A TB is what it needs of a test.
type TB interface {
	Errorf(format string, args ...any)
	FailNow()
}

// NoError ends the test if err is not nil.
func NoError(t TB, err error) {
	if err != nil {
		t.Errorf("error: %v", err)
		t.FailNow()
	}
}

// An Errorer can only be told that it has failed.
type Errorer interface {
	Errorf(format string, args ...any)
}

// Check tells the test if err is not nil.
func Check(t Errorer, err error) {
	if err != nil {
		t.Errorf("error: %v", err)
	}
}
