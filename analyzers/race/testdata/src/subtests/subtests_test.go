package subtests

import (
	"testing"
	"testing/synctest"
)

// TestBadShared has one err for all subtests.
func TestBadShared(t *testing.T) {
	var err error
	for _, f := range []func() error{nil, nil} {
		t.Run("x", func(t *testing.T) {
			t.Parallel()
			err = f() // want "err is written by a subtest of TestBadShared while another writes it"
			if err != nil {
				t.Error(err)
			}
		})
	}
}

type config struct{ size int }

// TestBadConfig has subtests change what they share.
func TestBadConfig(t *testing.T) {
	c := &config{}
	t.Run("small", func(t *testing.T) {
		t.Parallel()
		c.size = 1 // want "c.size is written by a subtest of TestBadConfig while another subtest writes it"
		use(c)
	})
	t.Run("big", func(t *testing.T) {
		t.Parallel()
		c.size = 9
		use(c)
	})
}

// TestBadLate forgets that the part before Parallel runs alone.
func TestBadLate(t *testing.T) {
	seen := map[string]bool{}
	for _, name := range []string{"a", "b"} {
		t.Run(name, func(t *testing.T) {
			seen[name] = false
			t.Parallel()
			seen[name] = true // want "seen is updated by a subtest of TestBadLate while another updates it"
		})
	}
}

// TestBadRunParallel shares a sink.
func BenchmarkBadRunParallel(b *testing.B) {
	sink := 0
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			sink++ // want "sink is written by a goroutine that BenchmarkBadRunParallel starts while another writes it"
		}
	})
	use(sink)
}

// TestOkSequential has subtests that do not run at once.
func TestOkSequential(t *testing.T) {
	n := 0
	for range 3 {
		t.Run("x", func(t *testing.T) { n++ })
	}
	use(n)
}

// TestOkBefore writes before the subtests go on.
func TestOkBefore(t *testing.T) {
	n := 0
	for range 3 {
		t.Run("x", func(t *testing.T) {
			t.Parallel()
			use(n)
		})
	}
	n = 1
}

// TestOkGroup waits for the subtests of a group.
func TestOkGroup(t *testing.T) {
	n := 0
	t.Run("group", func(t *testing.T) {
		t.Run("x", func(t *testing.T) {
			t.Parallel()
			n = 1
		})
	})
	t.Run("group2", func(t *testing.T) {
		t.Run("x", func(t *testing.T) {
			t.Parallel()
			n = 2
		})
	})
	use(n)
}

// TestOkOwn has a variable for each subtest.
func TestOkOwn(t *testing.T) {
	for _, f := range []func() error{nil, nil} {
		t.Run("x", func(t *testing.T) {
			t.Parallel()
			err := f()
			use(err)
		})
	}
}

// TestOkSerialPart writes before it is parallel.
func TestOkSerialPart(t *testing.T) {
	n := 0
	for range 2 {
		t.Run("x", func(t *testing.T) {
			n++
			t.Parallel()
		})
	}
}

func BenchmarkOkRunParallel(b *testing.B) {
	n := 0
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			use(n)
		}
	})
	n = 1
	use(n)
}

func TestOkBubble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		done := false
		go func() { done = true }()
		synctest.Wait()
		use(done)
	})
}

func TestOkBubbleEnd(t *testing.T) {
	done := false
	synctest.Test(t, func(t *testing.T) {
		go func() { done = true }()
	})
	use(done)
}
