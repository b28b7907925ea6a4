package explore

import (
	"fmt"
	"go/token"
	"maps"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Counters says what was done with each entry and what that came to in the
// package, for -debug=explore.
func (r *Result) Counters() []string {
	var lines []string
	for i := range r.Entries {
		lines = append(lines, r.Entries[i].String())
	}
	for _, name := range r.Skipped {
		lines = append(lines, "entry "+name+": not explored, the package's budget is spent")
	}
	if r.Functions > 0 {
		lines = append(lines, r.sum())
	}
	return lines
}

// sum sums up a package on a line: how much of it was seen, and how much of
// that to the end.
func (r *Result) sum() string {
	var ends, cut, out int
	for i := range r.Entries {
		s := &r.Entries[i]
		ends, cut = ends+s.Paths, cut+s.Truncated
		if s.OutOfBudget {
			out++
		}
	}
	return fmt.Sprintf("together: %d of %d functions entered, %d of %d paths cut, %d of %d entries out of budget, %d not explored",
		r.Entered, r.Functions, cut, ends, out, len(r.Entries), len(r.Skipped))
}

// Stats says what the exploration of an entry came to.
type Stats struct {
	Entry         string
	Steps, States int
	Spawned       int // goroutines started, on all paths
	Covered       int // basic blocks entered for the first time
	Paths         int // that came to an end, whole or cut short
	Truncated     int // of these, those that a bound cut short
	OutOfBudget   bool
	Ended         map[string]int
}

func (m *machine) stats(e *Entry) Stats {
	return Stats{Entry: e.Name, Steps: m.allSteps, States: m.allStates, Spawned: m.spawned, Covered: m.covered,
		Paths: m.ends, Truncated: m.cutEnds, OutOfBudget: m.states >= m.budget.States || m.steps >= m.budget.Steps, Ended: m.ended}
}

// String sums up an entry on a line.
func (s *Stats) String() string {
	line := fmt.Sprintf("entry %s: %d steps, %d states, %d goroutines started, %d blocks covered, %d of %d paths cut",
		s.Entry, s.Steps, s.States, s.Spawned, s.Covered, s.Truncated, s.Paths)
	for _, why := range slices.Sorted(maps.Keys(s.Ended)) {
		line += fmt.Sprintf(", %d ended: %s", s.Ended[why], why)
	}
	if s.OutOfBudget {
		line += ", out of budget"
	}
	return line
}

// enter notes which functions an entry has come to. They go by their places,
// which instances and wrappers share with what was written.
func (r *Result) enter(entered map[*ssa.Function]bool) {
	if r.entered == nil {
		r.entered = make(map[token.Pos]bool)
	}
	for fn := range entered {
		r.entered[fn.Pos()] = true
	}
}

// cover counts how many functions there are, and how many were entered.
func (r *Result) cover(funcs []*ssa.Function) {
	for _, fn := range funcs {
		if fn.Blocks == nil {
			continue // written in another language
		}
		r.Functions++
		if r.entered[fn.Pos()] {
			r.Entered++
		}
	}
}
