// Package effect is the domain of summaries: what a function does that its
// callers have to know, said in places relative to its formals. It knows no
// syntax, no SSA and no facts.
package effect

import (
	"cmp"

	"github.com/goconclint/goconclint/passes/internal/place"
)

// A Mode is how a lock is held.
type Mode int

// The modes of locks.
const (
	Exclusive Mode = iota
	Shared         // for reading
)

// A Lock is a lock that is held.
type Lock struct {
	Place place.Place
	Mode  Mode
}

// Compare orders locks.
func (l Lock) Compare(k Lock) int {
	return cmp.Or(l.Place.Compare(k.Place), cmp.Compare(l.Mode, k.Mode))
}

// An Acquisition is a lock that a function takes on some path, whatever it
// does with it later.
type Acquisition struct {
	Lock
	Via string // the calls by which it is reached, "" if the function takes it itself: "(*T).Len"
}

// A Run is a call of a function that the function is given.
type Run struct {
	Formal int
	Held   []Lock // by the function and those it calls
	Async  bool   // on another goroutine
	Many   bool   // in a loop
	Once   bool   // at most once, before anybody gets by
}

// A Hook is a call of a function that lies in a field of what the function is
// given, with locks held.
type Hook struct {
	Field place.Place
	Held  []Lock
}

// An Ending is how a call can end other than by returning, and what it does
// to panics.
type Ending struct {
	Recovers bool // deferred, the function recovers: its own body calls recover
	Handles  bool // and there is nothing else that it does
	Panics   bool // with an error, of which neither its name nor its documentation tells
	Exits    bool // on some path it ends the process, deferred calls left out
	Ends     bool // on every path, unless it goes on for ever
}
