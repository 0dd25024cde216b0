// Package lockorder reports locks that are taken in opposite orders.
//
// # Analyzer lockorder
//
// lockorder: find two or more locks that functions take in opposite orders
//
// # What
//
// One function waits for lock B while it holds A, another one for A while it
// holds B, directly or through calls, in this package or in one below it; and so
// on for up to four locks in a ring. Locks are told apart by the field or
// variable that holds them: all locks T.mu are one. A lock in a type that is made to
// be a lock, as struct{ sync.Mutex } or one that declares Lock and Unlock itself, is
// told by the field or variable of that type, if there is one.
//
// Two locks of one field, or two local ones, are reported only if they are shown
// to be the same two: a parent and its child by the fields that link them, two
// fields of one struct, two variables, or what one function gives to two
// goroutines, as in go transfer(a, b) and go transfer(b, a).
//
// Reported once for each ring, in the package that closes it, and once for a
// function that holds one lock over many others which are taken before it
// elsewhere.
//
// # Why it hurts
//
// Two goroutines that do this at once, each with its first lock in hand, wait
// for each other for ever, and everybody else who comes for one of the locks
// waits with them. It takes a coincidence of moments that no test meets and a
// busy server does.
//
// # Wrong
//
//	func (a *account) pay(b *bank) {
//		a.mu.Lock()
//		defer a.mu.Unlock()
//		b.mu.Lock() // bank.audit locks in the other order
//		b.total--
//		b.mu.Unlock()
//	}
//
//	func (b *bank) audit() {
//		b.mu.Lock()
//		defer b.mu.Unlock()
//		for _, a := range b.accounts {
//			a.mu.Lock()
//			b.sum += a.sum
//			a.mu.Unlock()
//		}
//	}
//
// # Right
//
//	func (a *account) pay(b *bank) {
//		b.mu.Lock() // always before an account's
//		defer b.mu.Unlock()
//		a.mu.Lock()
//		…
//
// # Precision
//
// It assumes that the locks of the two functions may belong together: that the
// account is one of that bank's. Objects that two fields hold, each made for its
// field, are not taken for each other.
//
// Silent if both take a third lock first, if all that meets are read locks, if
// both orders are in one function, about objects that are still being made or that
// a constructor has just returned, as long as nobody else can know them or has to
// wait for the first lock to get at them, and if the functions run in
// initialisation only; of two goroutines of one function, if data decide which
// lock comes first, as in if a.id < b.id. TryLock does not wait. Silent too if a
// bool or an atomic value in the second lock's object decides whether the lock is
// taken at all, except for a bool that the first lock guards: such a state tells
// who may come for the lock. And silent if a test takes a lock of the code that it
// tests, as tests do to look at what nobody uses any more.
//
// It misses rings that go through an interface or a func value of unknown
// origin or through more than five calls (fnLongChain), two locks of the same
// field in objects of which nobody knows whether they are the same two, as the
// arguments of two exported functions are (fnApart, fnElements), and a ring whose
// two halves are in packages that do not import each other: it is closed only
// where a third one imports both.
//
// # Since
//
// concvet 0.1
package lockorder

import _ "embed"

//go:embed doc.go
var doc string
