// Package race reports accesses to one variable by two goroutines that nothing
// orders.
//
// # Analyzer race
//
// race: find variables that two goroutines use at once, one of them writing
//
// # What
//
// Two goroutines access one variable, field, element or map, at least one of
// the accesses is a write, and neither happens before the other in the sense
// of the Go memory model (https://go.dev/ref/mem): no go statement, channel,
// lock, WaitGroup, Once, context or atomic operation puts one first, and the
// two do not hold a lock in common. Both accesses are shown, with the
// statement that starts each goroutine and the locks that each side holds.
//
// The finding is at the access that holds no lock if the other one holds one,
// and at the write otherwise. Of many accesses to one variable by the same two
// goroutines one pair is reported, and of several variables that the same two
// statements access, such as n, err = f(), one.
//
// What functions of the standard library read and write counts too: a
// strings.Builder, a bytes.Buffer or a list that two goroutines write, a slice
// that one sorts. HTTP handlers are goroutines, any number of each, where the
// package starts a server; what a test gives to httptest is not.
//
// A constructor that starts a goroutine may leave it behind. If the goroutine
// writes a field, some function uses that field with a lock of the same struct
// held, and an exported method uses it first thing without, the method is
// reported.
//
// # Why it hurts
//
// The reader may see the old value, the new one, or for interfaces, strings
// and slices half of each. A map that is written while it is used ends the
// program. The compiler may assume that there are no races, and keep a value
// in a register for ever.
//
// # Wrong
//
//	go func() {
//		_, err = io.Copy(dst, src) // writes the err of the function
//	}()
//	if err = check(dst); err != nil {
//		return err
//	}
//
// # Right
//
//	go func() {
//		_, err := io.Copy(dst, src) // an err of its own
//		errs <- err
//	}()
//	if err = check(dst); err != nil {
//		return err
//	}
//	return <-errs
//
// # Precision
//
// Assumes that what it does not know orders the accesses: calls of unknown
// functions, channels and WaitGroups that get away, locks that it cannot name.
// Locks that may be the same count as the same. Input and output may order
// goroutines by way of the network or a file. Where just one of two accesses to a
// field holds a lock of the struct, what is only taken in (a connection that is
// accepted, a message that is read) is not believed to let anybody go on. A
// function that somebody calls with the lock held, which one side has and the
// other lacks, is taken to be called so.
//
// A loop that starts goroutines in turns and waits for each, or for a message of
// each before the next round, runs one at a time. What only the goroutine of one
// number does it does alone (`if i == 0`). Nothing is proven of a goroutine that is
// started only if a variable allows it that an earlier call may have set, nor of one
// that a case of a select starts whose channel is nil at times.
//
// Misses races between goroutines that are not started below one function of
// the package, through pointers that it cannot follow, and those that depend
// on values. Two statements of the form x = append(x, …) are the business of
// sharedappend.
//
// Of a goroutine that a constructor starts it also tells races with methods of
// the object: if the method leaves out the lock that others take, or if the
// goroutine does, works by itself and never takes that lock.
//
// May wrongly report accesses that the logic of the program keeps apart, such
// as flags in different variables that are never set together.
//
// # Since
//
// 0.1
package race
