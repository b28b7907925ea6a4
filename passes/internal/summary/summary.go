// Package summary says what a function does, in a form that its callers can
// use wherever they are: in places relative to its formals, small, and with
// a codec of its own, so that it is one short string in the facts of a
// package.
//
// A summary says what it says for certain or not at all. What is missing is
// unknown, and unknown means silence; a summary that grew too long is cut at
// its least useful end, which can only hide a finding.
package summary

import (
	"cmp"
	"slices"

	"github.com/goconclint/goconclint/passes/internal/effect"
	"github.com/goconclint/goconclint/passes/internal/place"
)

// A Summary is what a function does.
type Summary struct {
	Takes    []effect.Lock        // held at every return and not before
	MayTake  []effect.Lock        // held at some return and not before
	Releases []place.Place        // held before, and not at some return
	Acquires []effect.Acquisition // taken on some path, given back or not
	Runs     []effect.Run         // functions that it is given and calls
	Hooks    []effect.Hook        // functions in fields that it calls with locks held
	effect.Ending
}

// Empty reports whether there is nothing to say.
func (s *Summary) Empty() bool {
	return len(s.Takes)+len(s.MayTake)+len(s.Releases)+len(s.Acquires)+len(s.Runs)+len(s.Hooks) == 0 && s.Ending == effect.Ending{}
}

// Bounds: of each list, and of the calls named on the way to a lock.
const (
	maxList = 8
	maxVia  = 120
)

// Normalize puts the lists in order, takes out what is said twice, and cuts
// what is too long. Two summaries that say the same are then equal.
func (s *Summary) Normalize() {
	s.Takes = bounded(s.Takes, effect.Lock.Compare)
	s.MayTake = bounded(s.MayTake, effect.Lock.Compare)
	s.Releases = bounded(s.Releases, place.Place.Compare)
	s.Acquires = bounded(s.Acquires, compareAcquisitions)
	for i := range s.Acquires {
		s.Acquires[i].Via = s.Acquires[i].Via[:min(len(s.Acquires[i].Via), maxVia)]
	}
	s.Acquires = slices.CompactFunc(s.Acquires, sameLock) // the shortest way is enough
	s.Runs = bounded(s.Runs, compareRuns)
	s.Hooks = bounded(s.Hooks, compareHooks)
}

func bounded[E any](list []E, compare func(a, b E) int) []E {
	if len(list) == 0 {
		return nil
	}
	slices.SortFunc(list, compare)
	list = slices.CompactFunc(list, func(a, b E) bool { return compare(a, b) == 0 })
	return list[:min(len(list), maxList)]
}

func compareAcquisitions(a, b effect.Acquisition) int {
	return cmp.Or(a.Lock.Compare(b.Lock), cmp.Compare(len(a.Via), len(b.Via)), cmp.Compare(a.Via, b.Via))
}

func sameLock(a, b effect.Acquisition) bool { return a.Lock == b.Lock }

func compareRuns(a, b effect.Run) int {
	flags := func(r effect.Run) int { return b2i(r.Async) | b2i(r.Many)<<1 | b2i(r.Once)<<2 }
	return cmp.Or(cmp.Compare(a.Formal, b.Formal), cmp.Compare(flags(a), flags(b)), slices.CompareFunc(a.Held, b.Held, effect.Lock.Compare))
}

func compareHooks(a, b effect.Hook) int {
	return cmp.Or(a.Field.Compare(b.Field), slices.CompareFunc(a.Held, b.Held, effect.Lock.Compare))
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
