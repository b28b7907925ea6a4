// Package explore is engine 1: an abstract machine that runs the SSA form of
// one package on every schedule, within a bound, and reports data races,
// leaked goroutines and deadlocks with the schedule that leads to them. It is
// `go test -race`, a leak detector and a deadlock detector at lint time, with
// no test run and no input. docs/engine-explore.md explains it by an example.
//
// # The machine
//
// A [machine] starts at an [Entry] (main, a test, a function that spawns) and
// interprets instructions (step.go, memory.go, arith.go, convert.go,
// mapops.go, builtin.go, call.go, unwind.go). Values (value.go) are immutable
// trees; what the program doesn't make itself is a symbol (symbol.go), an
// unknown with an identity. A branch on an unknown goes both ways, and what
// was assumed is kept as facts (facts.go), which decide what follows from
// them. An unknown pointer refers to one object that is made when it is first
// followed (lazy initialisation; Khurshid, Păsăreanu, Visser, TACAS 2003).
//
// Heap, goroutines and frames make up a state (state.go, heap.go,
// goroutine.go), copy-on-write by generation numbers, so that forking is
// cheap. Names of goroutines, objects and symbols don't depend on the
// schedule, so states reached by different schedules can be compared by a
// hash (hash.go).
//
// # Schedules
//
// Only synchronisation is a scheduling point: every goroutine runs up to its
// next visible operation (op.go) and rests there. What can happen next is a
// list of transitions (transition.go, channel.go, primitives.go, sync.go, atomics.go). The
// search (search.go) is depth first, ordered by the number of preemptions
// (iterative context bounding), prunes states that it has seen, lets only one
// of several groups of goroutines act that share nothing (groups.go), and
// falls back to small constants (scale.go) and delay bounding when its budget
// is gone. Budgets count steps and states, never time.
//
// # Verdicts
//
// Each location has a shadow of vector clocks (race.go, clock.go; FastTrack).
// When nobody can move, goroutines that nothing live can wake are stuck
// (quiesce.go, reach.go), and the wait-for graph says whose fault it is
// (blame.go). Both become a [Finding] (finding.go, verdict.go), one for a
// root cause.
//
// # Libraries
//
// Library bodies aren't run. About thirty primitives are native (natives.go,
// atomics.go, contract.go), others are Go code in model/prelude that the
// machine interprets (models.go). A call that nothing is known of returns
// unknown values, and what it was given counts as escaped.
//
// # Limits
//
// A path that hits a bound (recursion, a loop on unknowns, a long loop) is
// truncated: it may show races, never leaks or deadlocks. Two parameters
// don't alias. Integers don't overflow in facts. Arrays above 512 elements
// are one unknown.
package explore
