// Package explore searches the schedules of a scope for goroutines that block
// for ever.
//
// It is the second view of the threads of package scope, beside
// happens-before. A scope is projected to a [Machine]: per thread an automaton
// over the operations on those channels, locks, WaitGroups, Conds and Onces
// that are fully known, because they are made in the scope and never leave it.
// All other operations always proceed. The search is explicit: it visits the
// states of the machine, at most maxStates of them, and asks of each whether a
// goroutine is blocked on an object that no other can ever operate on again.
//
// What is over-approximated is progress. Operations on unknown objects never
// block here; since they may order goroutines in fact, they are late: they
// happen only when nothing else can. So a schedule of the machine is one that
// the program has, up to branches on data. These are counted, see [Leak].
//
// To keep the number of states small, threads are compiled with what is known
// on each path (how often a loop has run, which edge a phi was reached by, how
// a condition came out), steps that no other thread can notice are taken alone,
// and goroutines of one go statement that are at the same point are the same.
package explore
