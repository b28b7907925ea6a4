package lockblocked

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// Who sends to each member of a set under the lock of the set waits for a
// member that no longer receives, and that member waits for the lock to leave
// the set:
//
//	h.mu.Lock()                        defer h.leave(c) // takes h.mu
//	for c := range h.clients {         for msg := range c.send {
//		c.send <- msg // reported          if write(msg) != nil {
//	}                                          return
//	h.mu.Unlock()                          }
//	                                   }
//
// A buffer only delays it. Where members are code outside of the package, they
// are known by the channel, or the method to receive from it, that they are
// given, and leave by an exported function. A set that the sender itself takes
// members out of gets one value each, for which there is room, perhaps.

// A membership is a set and the channel of one of its members.
type membership struct {
	set     any // its class
	channel any // class of the members' field; nil if they are channels themselves
	element types.Type
}

// sentFor lists the sends of a function on a channel that it is given, or whose
// owner it is given, where its callers hold a lock:
//
//	for c := range h.clients {
//		c.push(msg) // sends on c.send
//	}
func (s *search) sentFor(fn *ssa.Function, send sharing.Meeting) []wait {
	if send.Kind != sharing.Sends || !s.evidence.HeldAt(send.Instr).None() {
		return nil
	}
	var list []wait
	for _, site := range s.evidence.CallSites(fn) {
		call, ok := site.(*ssa.Call)
		if !ok || match.InTestFile(s.pass.Fset, call.Pos()) {
			continue
		}
		for _, lock := range s.held(call) {
			list = append(list, wait{send, lock, call})
		}
	}
	return list
}

// memberOf returns the set that the channel of a send belongs to, or whose
// member has it in a field.
func (s *search) memberOf(w wait) (membership, bool) {
	send, ok := w.Instr.(*ssa.Send)
	if !ok {
		return membership{}, false
	}
	m := membership{element: send.Chan.Type().Underlying().(*types.Chan).Elem()}
	v := send.Chan
	for range maxSteps {
		switch x := v.(type) {
		case *ssa.UnOp:
			v = x.X
		case *ssa.ChangeType:
			v = x.X
		case *ssa.Parameter:
			if w.via == nil {
				return membership{}, false
			}
			if v = program.Argument(&w.via.Call, x); v == nil {
				return membership{}, false
			}
		case *ssa.FieldAddr:
			v, m.channel = x.X, class(match.Field(x.X.Type(), x.Field))
		case *ssa.Extract:
			v = x.Tuple
			if next, isNext := x.Tuple.(*ssa.Next); isNext {
				v = next.Iter
			}
		case *ssa.Range:
			return m.in(s.evidence.PlaceOf(x.X))
		case *ssa.Lookup:
			return m.in(s.evidence.PlaceOf(x.X))
		case *ssa.IndexAddr:
			return m.in(s.evidence.PlaceOf(x.X))
		default:
			return membership{}, false
		}
	}
	return membership{}, false
}

// maxSteps bounds the way from a channel to the set of its member.
const maxSteps = 8

func class(field *types.Var) any {
	if field == nil {
		return nil
	}
	return field.Origin()
}

func (m membership) in(set *sharing.Place) (membership, bool) {
	m.set = set.Class()
	return m, isVariable(m.set)
}

// isVariable reports whether a class is a field or a package-level variable.
func isVariable(class any) bool {
	switch class.(type) {
	case *types.Var, *ssa.Global:
		return true
	}
	return false
}

// member judges a send to a member of a set.
func (s *search) member(w wait) bool {
	m, ok := s.memberOf(w)
	if !ok || s.spares(w.Instr, m) || w.via != nil && s.spares(w.via, m) {
		return false
	}
	for _, fn := range s.evidence.Functions() {
		removal := s.removes(fn, m)
		if removal == nil || s.drains(fn) {
			continue
		}
		needs := s.takes(fn, w.held)
		if needs != nil && s.isLeft(w, m, fn) {
			s.add(w, wake{fn, needs})
			return true
		}
	}
	return false
}

// takes returns the call by which a function takes a lock of a class for
// itself.
func (s *search) takes(fn *ssa.Function, held sharing.Lock) ssa.Instruction {
	for _, taken := range s.acquisitions.Of(fn) {
		if s.blocks(held, taken) && len(taken.Calls) == 1 {
			return taken.Calls[0]
		}
	}
	return nil
}
