// Package differential generates small concurrent programs, to compare what
// the engine says about them with what really happens.
//
// A program (generate.go) is a function that shares variables, locks and
// channels with a few goroutines. Everything shared has a discipline
// (variables.go, protocols.go): a lock that guards a variable, who sends on a
// channel and how often. A program keeps it, or breaks it now and then by
// mistake, so that sound and broken programs differ in a line or two. The
// same seed gives the same programs.
//
// # What the test claims
//
// The file is read by the engine and, with a gate in front of each visible
// operation (text.go, testdata/steer), compiled and run: each program some
// forty times, its goroutines let on one at a time in an order that is drawn,
// under the race detector. A deadlock is seen by nobody being at a gate and
// the runtime saying of all goroutines that they are blocked. (A bubble of
// testing/synctest can't tell: a goroutine that waits for a Mutex isn't
// durably blocked there, and most deadlocks have one.)
//
// What happens must be found:
//   - for a race, the engine has one that shares at least one of its two
//     lines. Not each pair of lines is asked for: states that differ in
//     vector clocks alone are taken for one. A WaitGroup's own races, of an
//     Add that comes too late, are left out, since Add is no scheduling point
//     and so always the same one begins a round; and so are races of programs
//     that panic, which for the engine end with the panic, at once.
//   - for goroutines that are blocked when nobody can move, the engine blames
//     at least one of these lines.
//   - for a panic, the engine has one of its kind.
//
// What is found must happen:
//   - a race, at these two lines: in one of the runs, or in one of up to two
//     thousand runs of the program without all other accesses of the
//     variable. (The race detector reports but one race of a variable and
//     run; focus.go.)
//   - blocked goroutines, all at the lines that the engine blames and at the
//     same time, in one of up to two thousand runs.
//   - a panic, at its line.
//
// A finding that none of these runs shows is a disagreement. That isn't
// proof that it is wrong, but programs have thirty operations or so, runs are
// steered, and so far each disagreement was a mistake of the engine or of a
// gate.
//
// The engine's budget is ample here: the comparison is about what it
// believes, not about what it has time for. That the comparison would notice
// mistakes is shown by planting some (faults_test.go).
package differential
