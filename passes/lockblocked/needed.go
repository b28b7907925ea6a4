package lockblocked

import (
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/sharing"
	"github.com/goconclint/goconclint/passes/internal/summarize"
)

// Where exploration doesn't come, the package's own code shows the mistake,
// too: a function waits with a lock held, a must, and all who could end that
// have to take the lock first.
//
//	s.mu.Lock()                    go func() {
//	defer s.mu.Unlock()                defer s.workers.Done()
//	s.workers.Wait()                   s.mu.Lock()
//
// Of a WaitGroup one goroutine is enough that needs the lock before its Done.
// Of a channel it must be everybody who is on its other side, in a package
// that keeps the channel to itself. Whether the two sides have the same
// object isn't known: they reach lock and channel the same way from it.

// A wait is where a function stands still, perhaps, with a lock held.
type wait struct {
	sharing.Meeting
	held sharing.Lock
	via  *ssa.Call // of a send in a callee: the call with the lock held
}

// A wake is what the waker does first: it takes the lock.
type wake struct {
	fn    *ssa.Function
	needs ssa.Instruction // from which on it has, or needs, the lock
}

type search struct {
	pass         *analysis.Pass
	evidence     *sharing.Evidence
	acquisitions *summarize.Acquisitions
	meetings     map[any][]sharing.Meeting // by the class of the channel
	goroutines   []*sharing.Spawn
	closed       map[any]*match.Census // channels that only this package knows, made on first use
	runs         map[*ssa.Function]map[*ssa.Function]bool
	found        []report.Finding
}

// withoutSchedule finds waits under a lock that others need to end them.
func withoutSchedule(pass *analysis.Pass, evidence *sharing.Evidence) []report.Finding {
	s := &search{pass: pass, evidence: evidence, acquisitions: summarize.NewAcquisitions(evidence), runs: make(map[*ssa.Function]map[*ssa.Function]bool)}
	waits := s.waits()
	if len(waits) == 0 {
		return nil
	}
	for _, entry := range evidence.Entries() {
		if entry.Spawn != nil && !entry.Test {
			s.goroutines = append(s.goroutines, entry.Spawn)
		}
	}
	for _, w := range waits {
		switch {
		case w.Kind == sharing.Waits:
			s.group(w)
		case !s.member(w) && w.via == nil:
			s.channel(w)
		}
	}
	return s.found
}

// waits lists where functions wait with a lock held, and notes what the
// package does to channels. Tests make their deadlocks on purpose.
func (s *search) waits() []wait {
	var list []wait
	s.meetings = make(map[any][]sharing.Meeting)
	for _, fn := range s.evidence.Functions() {
		if match.InTestFile(s.pass.Fset, fn.Pos()) {
			continue
		}
		for _, meeting := range s.evidence.Meetings(fn) {
			class := meeting.Place.Class()
			s.meetings[class] = append(s.meetings[class], meeting)
			if !meeting.Alone || meeting.Kind == sharing.Closes {
				continue
			}
			for _, lock := range s.held(meeting.Instr) {
				if !s.evidence.Owns(fn, lock.Place) {
					list = append(list, wait{Meeting: meeting, held: lock})
				}
			}
			list = append(list, s.sentFor(fn, meeting)...)
		}
	}
	return list
}

// held returns the locks that are certainly held at an instruction. One in a
// literal that is asked whether to go on, func(item) bool, runs where it
// stands.
func (s *search) held(instr ssa.Instruction) []sharing.Lock {
	held := s.evidence.HeldAt(instr)
	if held.Unseen {
		return nil
	}
	fn := instr.Parent()
	results := fn.Signature.Results()
	if len(held.May) > 0 || fn.Parent() == nil || results.Len() != 1 || results.At(0).Type().String() != "bool" {
		return held.Must
	}
	for _, site := range sitesOf(fn) {
		if around := s.evidence.HeldAt(site); !around.Unseen {
			return around.Must
		}
	}
	return nil
}

// sitesOf returns the call to which a literal is given, if that is all that
// becomes of it.
func sitesOf(fn *ssa.Function) []ssa.Instruction {
	var list []ssa.Instruction
	sharing.Instructions(fn.Parent(), func(instr ssa.Instruction) {
		closure, ok := instr.(*ssa.MakeClosure)
		if !ok || closure.Fn != ssa.Value(fn) || len(*closure.Referrers()) != 1 {
			return
		}
		if call, ok := (*closure.Referrers())[0].(*ssa.Call); ok && slices.Contains(call.Call.Args, ssa.Value(closure)) {
			list = append(list, call)
		}
	})
	return list
}

// group judges a WaitGroup that is waited for: the first goroutine counts
// that takes the lock before its Done.
func (s *search) group(w wait) {
	for _, spawn := range s.goroutines {
		for _, signal := range spawn.Signals {
			if signal.Place.Class() != w.Place.Class() || signal.Instr == nil {
				continue
			}
			for _, taken := range s.acquisitions.Of(spawn.Body) {
				first := taken.Calls[0]
				if s.blocks(w.held, taken) && (signal.Deferred && !isDeferred(first) || sharing.Reaches(first, signal.Instr)) &&
					s.sameObject(w, signal.Place, s.evidence.OfStarter(spawn, taken.Lock)) {
					s.add(w, wake{spawn.Body, first})
					return
				}
			}
		}
	}
}

func isDeferred(call ssa.CallInstruction) bool {
	_, ok := call.(*ssa.Defer)
	return ok
}

// blocks reports whether who holds the one lock keeps others from taking it.
// A lock that is taken if its object is in some state may not be taken while
// anybody waits.
func (s *search) blocks(held sharing.Lock, taken summarize.Acquisition) bool {
	return taken.Lock.Class() == held.Class() && taken.Mode != summarize.Once && !(held.Shared && taken.Mode == summarize.Shared) &&
		!slices.ContainsFunc(taken.Guards, func(g summarize.Guard) bool { return !g.IsMode() || g.Concerns(taken.Lock) })
}

// sameObject reports whether a waker reaches lock and channel from one object,
// as the one who waits does.
func (s *search) sameObject(w wait, meets, lock *sharing.Place) bool {
	if meets == w.Place && lock == w.held.Place {
		return true
	}
	ours, ok := sharing.Relate(w.Place, w.held.Place)
	theirs, also := sharing.Relate(meets, lock)
	return ok && also && ours == theirs
}

// needed returns what the other side of a channel does first, and false if
// that isn't to take the lock. Who receives has to come back to the lock: one
// that has let go of it before may be the one for whom the value is.
func (s *search) needed(w wait, other sharing.Meeting) (wake, bool) {
	fn := other.Instr.Parent()
	for _, lock := range s.held(other.Instr) {
		if lock.Class() == w.held.Class() && !(lock.Shared && w.held.Shared) && s.sameObject(w, other.Place, lock.Place) {
			return wake{fn, other.Instr}, true
		}
	}
	var found *wake
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		call, ok := instr.(*ssa.Call)
		if !ok || found != nil || !sharing.Reaches(call, other.Instr) {
			return
		}
		if !sharing.Reaches(other.Instr, call) && (other.Kind == sharing.Receives || !call.Block().Dominates(other.Instr.Block())) {
			return
		}
		for _, taken := range s.acquisitions.At(call) {
			if s.blocks(w.held, taken) && s.sameObject(w, other.Place, taken.Lock) {
				found = &wake{fn, call}
			}
		}
	})
	if found == nil {
		return wake{}, false
	}
	return *found, true
}
