package lockblocked

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// channel judges a channel on which a function waits with a lock held.
func (s *search) channel(w wait) {
	census := s.census(w.Place)
	if census == nil || census.Escapes || len(census.Makes) == 0 || w.Kind == sharing.Sends && !census.Unbuffered(s.pass) {
		return
	}
	others := s.otherSide(w)
	if len(others) == 0 {
		return // that nobody is there is chanleak's
	}
	var first *wake
	for _, other := range others {
		needed, ok := s.needed(w, other)
		if !ok || other.Instr.Parent() == w.Instr.Parent() {
			s.deserted(w, others)
			return
		}
		if first == nil {
			first = &needed
		}
	}
	s.add(w, *first)
}

// otherSide lists what meets the operation: the receives of a send, the sends
// and closes of a receive.
func (s *search) otherSide(w wait) []sharing.Meeting {
	var list []sharing.Meeting
	for _, meeting := range s.meetings[w.Place.Class()] {
		if (meeting.Kind == sharing.Receives) == (w.Kind == sharing.Sends) {
			list = append(list, meeting)
		}
	}
	return list
}

// census returns all that the package does to a channel that only it knows,
// nil for any other.
func (s *search) census(channel *sharing.Place) *match.Census {
	if s.closed == nil {
		s.closed = make(map[any]*match.Census)
		for _, c := range match.TakeCensus(s.pass, match.IsChan) {
			s.closed[c.Var] = c
		}
	}
	switch class := channel.Class().(type) {
	case *types.Var:
		return s.closed[class]
	case *ssa.Global:
		return s.closed[class.Object()]
	}
	return nil
}

// deserted judges a send whose receivers may all have left for good, by
// another case of their select that a closed channel chooses:
//
//	q.mu.Lock()                    select {
//	q.get <- item                  case item := <-q.get:
//	q.mu.Unlock()                  case <-q.done: return
//
// The send then waits for ever, and so does everybody who needs the lock. The
// receivers can't leave if the one who closes needs the lock for that.
func (s *search) deserted(w wait, receives []sharing.Meeting) {
	if w.Kind != sharing.Sends {
		return
	}
	for _, receive := range receives {
		choice, ok := receive.Instr.(*ssa.Select)
		if !ok || receive.Instr.Parent() == w.Instr.Parent() || !s.leaves(w, choice) {
			return
		}
	}
	s.addDeserted(w, receives[0].Instr.(*ssa.Select))
}

// leaves reports whether a case of the select is chosen when a channel is
// closed, which happens without the lock.
func (s *search) leaves(w wait, choice *ssa.Select) bool {
	for _, state := range choice.States {
		at := s.evidence.PlaceOf(state.Chan)
		if state.Dir != types.RecvOnly || at.Class() == w.Place.Class() {
			continue
		}
		if s.stops(w, at) {
			return true
		}
	}
	return false
}

// stops reports whether a channel is there to be closed, and never sent on.
func (s *search) stops(w wait, channel *sharing.Place) bool {
	census := s.census(channel)
	if census == nil || census.Escapes || census.Closes == 0 || len(census.Sends) > 0 {
		return false
	}
	return !slices.ContainsFunc(s.meetings[channel.Class()], func(other sharing.Meeting) bool {
		return other.Kind == sharing.Closes && slices.ContainsFunc(s.held(other.Instr), func(lock sharing.Lock) bool { return lock.Class() == w.held.Class() })
	})
}
