package explore

import (
	"go/token"
)

// A Kind says what went wrong.
type Kind string

// The kinds of findings.
const (
	KindRace        Kind = "race"         // two unordered accesses, one a write
	KindMapRace     Kind = "map race"     // the same for the structure of a map
	KindSyncRace    Kind = "sync race"    // misuse of a channel or WaitGroup, seen as a race on its memory
	KindRelock      Kind = "relock"       // waits for a lock that it holds
	KindLockOrder   Kind = "lock order"   // a cycle of locks
	KindLockBlock   Kind = "lock blocked" // blocked for ever while others need the lock it holds
	KindHeld        Kind = "held at end"  // waits for a lock whose holder has ended
	KindSend        Kind = "send"         // a send that nobody receives
	KindReceive     Kind = "receive"      // a receive that nobody sends
	KindSelect      Kind = "select"       // no case can ever be ready
	KindEndless     Kind = "endless"      // only timers keep a goroutine going
	KindNeverClose  Kind = "never closed" // a range over a channel that nobody closes
	KindWaitGroup   Kind = "waitgroup"    // a Wait that nobody ends
	KindCond        Kind = "cond"         // a Cond.Wait that nobody ends
	KindOnce        Kind = "once"         // Once.Do called by its own function
	KindSendClosed  Kind = "send on closed"
	KindDoubleClose Kind = "double close"
	KindCloseNil    Kind = "close of nil"
	KindNegative    Kind = "negative waitgroup"
	KindUnlock      Kind = "unlock of unlocked"
)

// A Finding is one mistake, with one way in which it happens.
type Finding struct {
	Kind       Kind
	Ops        []Operation // the operations to blame, the primary one first
	Goroutines []Goroutine // those that take part, by number
	Steps      []Step      // how it comes about, in order
	Entry      string      // the function that exploration started from

	// Unknowns counts the places whose answers about unknown values matter
	// to the mistake, and Foreign says that an object involved was not made
	// by the program: both make the finding less certain.
	Unknowns int
	Foreign  bool
	Drawn    bool // a channel was taken from an unknown map or slice
	Returned bool // the entry had returned: what leaks lives on after it
	Main     bool // the entry was main.main
	Hurried  bool // of a test: sleeping wasn't enough to wait for others
	Idle     bool // a test is over, and what it called has started a goroutine that goes on
	Self     bool // only the entry waits for something, by assumptions, or it stands for others: a benchmark of any length, an example
	Empty    bool // it is written to wait for ever
	Client   bool // the entry was made up: clients that share a value
	Private  bool // of a client: the operation waits for what can't be reached from the value
	Deserted bool // of a client: only goroutines that have ended would serve the operation
	Scaled   bool // constants that were made small have an influence
	Alone    bool // no goroutine was started, by assumptions: there was nothing to do

	// Environment says that the world outside may order the two accesses of
	// a race.
	Environment bool
	raced       []racer

	// Of a client: the value that it uses, and how.
	client  objID
	user    *client
	assumed []assumption

	unlikely unlikelihood // of what was assumed
}

// Pos returns the position to blame.
func (f *Finding) Pos() token.Pos { return f.Ops[0].Pos }

// An Operation is something a goroutine does or waits to do.
type Operation struct {
	Goroutine int // index in Finding.Goroutines, -1 if it isn't known
	What      string
	Pos       token.Pos
	Stack     []token.Pos // of calls, innermost first
	Locks     []Lock
	Object    Object
	Nil       bool     // it waits for a nil channel
	Others    []Object // the other channels of a select
}

// On reports whether a step worked on one of the operation's objects.
func (o *Operation) On(s *Step) bool {
	if s.Object.at.obj == 0 {
		return false
	}
	for _, other := range o.Others {
		if other.at == s.Object.at {
			return true
		}
	}
	return o.Object.at == s.Object.at
}

// A Lock is one that a goroutine holds.
type Lock struct {
	Pos    token.Pos // where it was locked
	Shared bool
	Tried  bool // by TryLock
	Object Object
}

// An Object is what an operation works on.
type Object struct {
	Pos token.Pos // where it was made, if known
	at  pointer
}

// Is reports whether two descriptions are of one object.
func (o Object) Is(other Object) bool { return o.at.obj != 0 && o.at == other.at }

// A Goroutine is one that takes part in a finding.
type Goroutine struct {
	Spawn  []token.Pos // the go statement and the calls that lead to it; empty for the entry's own
	Parent int         // index of the parent in the same list, -1 if not listed
	Client bool        // it stands for code outside of the package
}

// A Step is one step of a schedule.
type Step struct {
	Goroutine int
	What      string
	Pos       token.Pos
	Object    Object
	Other     int // goroutine started or met, or -1
}

// Low reports whether a finding is too uncertain to be shown by default: it
// rests on many decisions about unknown values, or on constants made small,
// or on there being nothing to start a goroutine for or no channel in a map,
// or says that a goroutine is stuck after main has returned.
func (f *Finding) Low() bool {
	stuck := len(f.Ops) > 0 && f.Kind.isStuck()
	switch {
	case f.Unknowns > maxUnknowns:
		return true
	case f.Environment:
		return true
	case stuck && f.Alone && !f.Kind.isLock() && f.Kind != KindWaitGroup: // who counts on somebody was to start them
		return true
	case stuck && (f.unlikely.unmanned || f.unlikely.negative) && !f.Kind.isLock(): // whoever sets their number sees to it that there are some
		return true
	case f.Kind.isRace() && (f.unlikely.unmanned || f.unlikely.unawaited): // whoever waits for them all waits for some
		return true
	case f.unlikely.early: // a test runs for a moment, timers are set for long
		return true
	case f.Kind.isClose() && f.unlikely.unseen:
		return true
	case stuck && f.Hurried:
		return true
	case f.Client && f.Foreign && f.Kind.isClose():
		return true // others may take what lies in the channel
	case stuck && !f.Kind.isLock() && f.Self:
		return true // whoever ran it would have seen it hang: others come that we don't see
	case f.Drawn:
		return true // under one key or two?
	case f.Idle && f.Kind == KindSelect:
		return true
	case f.Empty: // select {}: it is meant to wait
		return true
	case f.Scaled && f.Kind == KindNegative:
		return true
	case (stuck && f.Ops[0].Nil || f.Kind == KindCloseNil) && f.Unknowns > 0: // as for panics: the input was impossible
		return true
	case stuck && f.Scaled && !f.Kind.isLock():
		return true
	}
	return stuck && f.Main && f.Returned
}

// maxUnknowns is the number of decisions about unknown values up to which a
// finding is believed.
const maxUnknowns = 4

func (k Kind) isStuck() bool {
	switch k {
	case KindSend, KindReceive, KindSelect, KindEndless, KindNeverClose, KindWaitGroup, KindCond:
		return true
	}
	return k.isLock()
}

func (k Kind) isRace() bool { return k == KindRace || k == KindMapRace }

func (k Kind) isClose() bool { return k == KindSendClosed || k == KindDoubleClose }

func (k Kind) isLock() bool {
	switch k {
	case KindRelock, KindOnce, KindLockOrder, KindLockBlock, KindHeld:
		return true
	}
	return false
}

// weight orders findings of one mistake: the surest first.
func (f *Finding) weight() int {
	w := f.Unknowns * 4
	if f.Foreign {
		w += 2
	}
	if f.remote() {
		w += 8
	}
	return w + len(f.Steps)/64
}
