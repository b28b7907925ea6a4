package lockblocked

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// spares reports whether a function sees to it that nobody waits long for a
// send that it makes, or leads to.
func (s *search) spares(send ssa.Instruction, m membership) bool {
	return s.removes(send.Parent(), m) != nil || s.replaces(send.Parent(), m) || s.measures(send.Parent()) || s.marks(send)
}

// replaces reports whether a function puts another member in the place of one:
// each gets one value from it.
func (s *search) replaces(fn *ssa.Function, m membership) bool {
	found := false
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		update, ok := instr.(*ssa.MapUpdate)
		found = found || ok && s.evidence.PlaceOf(update.Map).Class() == m.set
	})
	return found
}

// removes returns the instruction by which a function takes members out of a
// set, nil if it doesn't: delete, or an assignment of a shorter list.
func (s *search) removes(fn *ssa.Function, m membership) ssa.Instruction {
	var found ssa.Instruction
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		if store, ok := instr.(*ssa.Store); ok && s.evidence.Assigned(store.Addr).Class() == m.set && !grows(store.Val) {
			found = instr
		}
		if update, ok := instr.(*ssa.MapUpdate); ok && s.evidence.PlaceOf(update.Map).Class() == m.set && shortens(update.Value) {
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

// shortens reports whether a value is a list without some of the elements of
// one before, as an entry of a map of lists is when a member leaves.
func shortens(v ssa.Value) bool {
	_, isList := v.Type().Underlying().(*types.Slice)
	return isList && !grows(v)
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
	if call, ok := instr.(*ssa.Call); ok {
		return program.Builtin(&call.Call), call.Call.Args
	}
	return "", nil
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
