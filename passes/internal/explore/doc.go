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
// cheap. States are compared by a hash under canonical names (canonical.go,
// canonnames.go): what differs only in names, in garbage or in registers that
// nobody reads any more (liveness.go) is one state.
//
// # Schedules
//
// Only synchronisation is a scheduling point: every goroutine runs up to its
// next visible operation (op.go) and rests there. What can happen next is a
// list of transitions (transition.go, channel.go, primitives.go, sync.go,
// atomics.go). The search (search.go) is depth first, ordered by the number of
// preemptions (iterative context bounding), and prunes states that it has
// seen. Who polls in vain gives its turn away (fairness). Of several groups of
// goroutines that share nothing (groups.go, globals.go) one acts at a time,
// and those that begin alike act once; of goroutines that a loop starts alike
// and that share nothing, two are started (twins.go). When the budget is gone,
// the search falls back to small constants (scale.go; prefix.go tells what
// they had an influence on) and to delay bounding. Budgets count steps and
// states, never time; a package's total is spent by plan.go.
//
// # Verdicts
//
// Each location has a shadow of vector clocks (race.go, clock.go; FastTrack).
// When nobody can move, goroutines that nothing live can wake are stuck
// (quiesce.go, reach.go), and the wait-for graph says whose fault it is
// (blame.go). Both become a [Finding] (finding.go, verdict.go), one for a
// root cause. How sure it is depends on the answers about unknowns that matter
// to it (decisions.go), and on whether the world outside may order its
// operations (environment.go).
//
// # Libraries
//
// Library bodies aren't run. About thirty primitives are native (natives.go,
// atomics.go, contract.go), others are Go code in model/prelude that the
// machine interprets (models.go). A call that nothing is known of (unknown.go)
// returns unknown values, and what it was given counts as escaped; functions
// that are known to call back before they return do so. Loop variables follow
// the version of their file, timers that of the module (version.go).
//
// # Limits
//
// A path that hits a bound (recursion, a loop on unknowns, a long loop) is
// truncated: it may show races, never leaks or deadlocks. Two parameters
// don't alias. Integers don't overflow in facts. Arrays above 512 elements
// are one unknown.
package explore
