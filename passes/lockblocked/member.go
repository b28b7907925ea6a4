package lockblocked

import (
	"go/types"
	"slices"

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
		case *ssa.FieldAddr:
			v, m.channel = x.X, class(match.Field(x.X.Type(), x.Field))
		case *ssa.Extract:
			v, ok = x.Tuple.(ssa.Value)
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
const maxSteps = 6

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
	if !ok || s.removes(w.Instr.Parent(), m) != nil || s.measures(w.Instr.Parent()) || s.marks(w.Instr) {
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

// removes returns the instruction by which a function takes members out of a
// set, nil if it doesn't: delete, or an assignment of a shorter list.
func (s *search) removes(fn *ssa.Function, m membership) ssa.Instruction {
	var found ssa.Instruction
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		if store, ok := instr.(*ssa.Store); ok && s.evidence.Assigned(store.Addr).Class() == m.set && !grows(store.Val) {
			found = instr
		}
		if name, args := builtin(instr); (name == "delete" || name == "clear") && s.evidence.PlaceOf(args[0]).Class() == m.set {
			found = instr
		}
	})
	return found
}

// marks reports whether a send is made under a condition on something that the
// function sets: each member gets its value once.
func (s *search) marks(send ssa.Instruction) bool {
	asked := make(map[any]bool)
	for _, f := range program.Decided(send) {
		computed, ok := f.Cond.(ssa.Instruction)
		if !ok {
			continue
		}
		for _, v := range append(computed.Operands(nil), &f.Cond) {
			asked[s.evidence.PlaceOf(*v).Class()] = true
		}
	}
	found := false
	sharing.Instructions(send.Parent(), func(instr ssa.Instruction) {
		store, ok := instr.(*ssa.Store)
		found = found || ok && isVariable(s.evidence.Assigned(store.Addr).Class()) && asked[s.evidence.Assigned(store.Addr).Class()]
	})
	return found
}

// grows reports whether a value is a list with more elements than before, or
// a new set.
func grows(v ssa.Value) bool {
	instr, ok := v.(ssa.Instruction)
	if !ok {
		return false
	}
	if _, made := instr.(*ssa.MakeMap); made {
		return true
	}
	name, args := builtin(instr)
	if name != "append" {
		return false
	}
	_, cut := args[0].(*ssa.Slice) // append(list[:i], list[i+1:]...)
	return !cut
}

// builtin returns the predeclared function that an instruction calls, and its
// arguments.
func builtin(instr ssa.Instruction) (name string, args []ssa.Value) {
	call, ok := instr.(*ssa.Call)
	if !ok {
		return "", nil
	}
	fn, ok := call.Call.Value.(*ssa.Builtin)
	if !ok {
		return "", nil
	}
	return fn.Name(), call.Call.Args
}

// measures reports whether a function asks how full channels are.
func (s *search) measures(fn *ssa.Function) bool {
	found := false
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		name, args := builtin(instr)
		found = found || (name == "len" || name == "cap") && match.IsChan(args[0].Type())
	})
	return found
}

// drains reports whether a function receives, or starts a goroutine that may:
// so that nobody is held up who sends to the one that leaves.
func (s *search) drains(fn *ssa.Function) bool {
	found := false
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		_, starts := instr.(*ssa.Go)
		found = found || starts
	})
	return found || slices.ContainsFunc(s.evidence.Meetings(fn), func(m sharing.Meeting) bool { return m.Kind == sharing.Receives })
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
