// Package analyzers holds the rules of concvet, a linter for mistakes in
// concurrent Go code, ready for any driver of go/analysis: [Default] for most
// uses, [All] with advice, [Analyzer] where one analyzer is wanted, and [New]
// for a driver with options of its own. This page is the map of the code below.
//
// # The picture
//
//	package ─▶ SSA ── models ─▶ skeleton ── dataflow ─▶ relative locksets ─┐
//	                facts of imports ── instantiated at calls ─────────────┤  callees first
//	                                                                       ▼
//	                              summary of each function ─▶ facts for importers
//	                                                                       ▼
//	                scope: threads of a spawning function, and the order of their events
//	                explore: the schedules of a scope
//	                                                                       ▼
//	                rules ─▶ findings ─▶ façades, one analyzer each ─▶ drivers ─▶ people
//
// The packages, lowest first; each imports only those before it:
//
//	internal/place     what an operation is applied to: abstract locations
//	internal/models    what calls of the standard library and x/sync do: a table
//	internal/report    findings, and how they are worded for drivers
//	internal/skeleton  the control flow of one function, reduced to its events
//	internal/dataflow  forward problems on skeletons; functions, callees first
//	internal/lockset   which locks are held, relative to the function's entry
//	internal/summary   what each function does to its callers: the one provider of facts
//	internal/census    all that a package does with its channels, WaitGroups, Conds, cancel functions
//	internal/scope     the threads of a function that starts goroutines, happens-before
//	internal/explore   bounded search of a scope's schedules for goroutines that block for ever
//	internal/rule      what a rule is: data
//	<rule>             one directory each: a predicate on the above, at most 150 lines
//	internal/findings  runs all rules; ranks, drops duplicates, suppresses
//	.                  the list of all rules, generated
//	internal/conctest  the test harness of every rule
//	internal/gen       the generator of lists of rules, and of new ones
//
// # Principles
//
// What orders, hides or unblocks is over-approximated, what is shared is
// under-approximated: unknown means ordered, not shared, not blocked, and so
// silent. Every miss is then deliberate, and every report can be explained by
// its witness.
//
// A package is analysed with facts of its imports, never with their bodies.
// What the standard library does is a table, since drivers do not agree on
// whether it has facts.
//
// Rules are thin questions to one engine. They do not walk callees, do not
// import each other and do not format witnesses. All of them always run;
// package findings decides what is shown, so that one bug gives one finding
// whichever rules are on.
//
// The same input gives the same bytes, whatever the driver, the order and the
// parallelism. Every set, depth and search has a limit, past which the answer is
// unknown.
//
// # Glossary
//
//	place          root (parameter, variable, allocation, …) and selectors that name memory
//	instance       identity of a place: this very object (two locks of one mutex)
//	class          identity of a place: any object's field (two locks of a.mu, for some a)
//	event          an operation on a place: lock, send, spawn, wait, read, write, call
//	skeleton       the control flow graph of a function's events, defers replayed
//	lockset        the locks held at a point; must: on every path, may: on some path
//	summary        what of a function's events its callers must know
//	fact           a summary, or part of it, in serialised form for importing packages
//	census         every operation of the package on an object, and whether others can add to them
//	scope          a function that starts goroutines, with everything that it starts
//	draft          a scope with few calls followed: what it shows is confirmed in a whole one
//	position       nodes of a thread between which nothing synchronises: they have one order
//	thread         one goroutine of a scope, or several of one go statement (multiplicity)
//	happens-before the order of events of different threads, as in go.dev/ref/mem
//	witness        the steps that prove a finding, each by one goroutine
//	finding        a mistake as a rule states it; a diagnostic is what the driver gets
//	façade         the analyzer of one rule, which reports the rule's share of findings
//	tier           default: proofs; advice: performance, style, policy, off unless asked for
//
// # Adding a rule
//
//  1. go run ./analyzers/internal/gen -new NAME makes the directory and adds it
//     to the lists. The name says the mistake, in a lower-case word or two run
//     together.
//  2. Write the fixtures, from a real bug: functions named bad…, ok…, fn… (a known
//     miss) and fp… (a known wrong report) with the comments // want "…". See
//     package conctest for what it checks.
//  3. Write doc.go, which users see: what, why it hurts, wrong, right, precision.
//  4. Write the predicate. What it lacks in the engine is added there, for all.
//  5. go generate ./analyzers && go test ./analyzers/..., then run the corpus in
//     testdata/corpus and read every new finding.
//
// Nothing else is edited by hand.
//
// # Suppression
//
// A finding that is not a mistake is suppressed by a comment
//
//	//concvet:ignore rule[,rule] reason
//
// on its line, or alone on the line above. The reason is for whoever reads the
// code next, and must be there. A comment that lacks it, that names a rule which
// does not exist, or that suppresses nothing is itself reported, by [Ignore].
//
// Comments for other tools are honoured as these do:
//
//	//lint:ignore rule[,rule] reason      staticcheck's: the same lines
//	//nolint                              golangci-lint's: its line, or, alone above a
//	//nolint:concvet                      statement or declaration, all of it
//	//nolint:rule[,rule]
//	//nolint:govet                        the rules that are go vet's
//
// Suppression is decided before anything reaches a driver, so it is alike in
// all of them. In generated files findings are reported, but no fixes offered.
// A package that is generated as a whole is only looked at if it starts a
// goroutine, has a channel, or uses more of package sync than a Once, itself.
package analyzers
