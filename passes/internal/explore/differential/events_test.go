package differential

import (
	"fmt"
	"go/token"
	"slices"
	"strings"

	"github.com/goconclint/goconclint/passes/internal/explore"
)

// events are an engine's findings, as a run would show them.
type events struct {
	races  map[[2]int]bool
	sync   map[[2]int]bool // those of them that are misuse of a channel or WaitGroup
	stuck  [][]int
	panics map[int]explore.Kind
	cut    bool // not all schedules were explored
}

func eventsOf(r *explore.Result, fset *token.FileSet) *events {
	e := &events{races: make(map[[2]int]bool), sync: make(map[[2]int]bool), panics: make(map[int]explore.Kind)}
	for _, f := range r.Findings {
		var lines []int
		for _, o := range f.Ops {
			lines = append(lines, fset.Position(o.Pos).Line)
		}
		switch f.Kind {
		case explore.KindRace, explore.KindMapRace:
			e.races[pairOf(lines[0], lines[1])] = true
		case explore.KindSyncRace:
			e.races[pairOf(lines[0], lines[1])] = true
			e.sync[pairOf(lines[0], lines[1])] = true
		case explore.KindSendClosed, explore.KindDoubleClose, explore.KindCloseNil, explore.KindNegative, explore.KindUnlock:
			e.panics[lines[0]] = f.Kind
		case explore.KindHeld: // the second one is the lock that was taken
			e.stuck = append(e.stuck, lines[:1])
		default:
			e.stuck = append(e.stuck, lines)
		}
	}
	return e
}

// unconfirmed lists the findings that no run has shown.
func (e *events) unconfirmed(o *outcome) []string {
	var list []string
	for _, p := range sortedPairs(e.races) {
		if !o.Unseen && !o.Races[p] && !(e.sync[p] && o.Races[unknown]) {
			list = append(list, fmt.Sprintf("race %v", p))
		}
	}
	for _, lines := range e.stuck {
		if !o.stuckAt(lines) {
			list = append(list, fmt.Sprintf("stuck %v", lines))
		}
	}
	for line, kind := range e.panics {
		if o.Panics[line] == "" {
			list = append(list, fmt.Sprintf("%s %d", kind, line))
		}
	}
	slices.Sort(list)
	return list
}

// missing lists what happened and the engine didn't find.
func (o *outcome) missing(e *events, src *Source) []string {
	var list []string
	for _, p := range sortedPairs(o.Races) {
		if !e.touches(p) && !src.ofGroup(p) && len(e.panics) == 0 {
			list = append(list, fmt.Sprintf("race %v", p))
		}
	}
	for _, where := range o.Stuck {
		found := slices.ContainsFunc(e.stuck, func(lines []int) bool {
			return slices.ContainsFunc(lines, func(line int) bool { return slices.Contains(where, line) })
		})
		if !found {
			list = append(list, fmt.Sprintf("stuck %v", where))
		}
	}
	for line, what := range o.Panics {
		if !e.panicked(kindOf(what)) {
			list = append(list, fmt.Sprintf("panic %d %s", line, strings.TrimSpace(what)))
		}
	}
	slices.Sort(list)
	return list
}

// ofGroup reports whether a race is on the memory of a WaitGroup: of an Add
// that begins a round and a Wait. Which Add begins one depends on an order
// that the engine doesn't vary, so these aren't asked for.
func (s *Source) ofGroup(p [2]int) bool {
	return p == unknown || slices.ContainsFunc(s.shared(p), func(name string) bool { return strings.HasPrefix(name, "wg") })
}

// kindOf returns the kind of a panic by its message, none for one whose
// message nobody saw.
func kindOf(what string) explore.Kind {
	switch {
	case strings.Contains(what, "send on closed"):
		return explore.KindSendClosed
	case strings.Contains(what, "close of closed"):
		return explore.KindDoubleClose
	case strings.Contains(what, "negative WaitGroup"):
		return explore.KindNegative
	}
	return ""
}

// panicked reports whether a kind of panic was found. (Which of two calls of
// Done is the one too many depends on their order, which the engine doesn't
// vary.)
func (e *events) panicked(kind explore.Kind) bool {
	for _, k := range e.panics {
		if k == kind || kind == "" {
			return true
		}
	}
	return false
}

// touches reports whether a race was found that has a line in common with
// one that happened.
func (e *events) touches(p [2]int) bool {
	for q := range e.races {
		if q[0] == p[0] || q[0] == p[1] || q[1] == p[0] || q[1] == p[1] {
			return true
		}
	}
	return false
}

func sortedPairs(set map[[2]int]bool) [][2]int {
	list := make([][2]int, 0, len(set))
	for p := range set {
		list = append(list, p)
	}
	slices.SortFunc(list, func(a, b [2]int) int { return slices.Compare(a[:], b[:]) })
	return list
}
