package chanleak

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/paths"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// A slotCall names a function that may work on the slots of a semaphore.
type slotCall struct {
	fn    *ssa.Function
	class any
}

// A callee is what a call of a function does, of a path that owes no slot and
// of one that does.
type callee struct{ free, owed paths.Deed }

// follow walks the paths of a function for the slots of one semaphore.
func (s *semaphores) follow(fn *ssa.Function, class any, start paths.Standing) (*paths.Duty, bool) {
	d := &paths.Duty{Effect: func(instr ssa.Instruction, now paths.Standing) paths.Effect { return s.effect(class, instr, now) }}
	return d, d.Follow(s.evidence, fn, start)
}

// effect says what an instruction does to the slot that a path may have.
func (s *semaphores) effect(class any, instr ssa.Instruction, now paths.Standing) paths.Effect {
	switch instr := instr.(type) {
	case *ssa.Send:
		switch {
		case s.class(instr.Chan) == class:
			return paths.Effect{Does: paths.Takes}
		case now == paths.Owed && s.passesOn(class, instr.Chan):
			return paths.Effect{Does: paths.HandsOn}
		}
	case *ssa.UnOp:
		if instr.Op == token.ARROW && s.class(instr.X) == class {
			return paths.Effect{Does: paths.Meets}
		}
	case *ssa.Select:
		return s.choice(class, instr)
	case *ssa.MakeClosure:
		if !paths.OnlyCalled(instr) && s.gives(instr, class) {
			return paths.Effect{Does: paths.HandsOn}
		}
	case *ssa.Go:
		if s.gives(instr.Call.Value, class) {
			return paths.Effect{Does: paths.HandsOn}
		}
	case ssa.CallInstruction:
		return s.call(class, instr.Common(), now)
	}
	return paths.Effect{}
}

// passesOn reports whether a signal on another channel gives the slot to who
// waits for one: a function that takes slots receives from it.
func (s *semaphores) passesOn(class any, channel ssa.Value) bool {
	return isToken(channel.Type()) && slices.ContainsFunc(s.of(s.class(channel)).receives, func(receive ssa.Instruction) bool {
		return slices.ContainsFunc(s.of(class).sends, func(take ssa.Instruction) bool { return take.Parent() == receive.Parent() })
	})
}

// choice is the effect of a select: to give back can't fail.
func (s *semaphores) choice(class any, choice *ssa.Select) paths.Effect {
	for i, state := range choice.States {
		switch {
		case s.class(state.Chan) != class:
		case state.Dir == types.SendOnly:
			return paths.Effect{Does: paths.Tries, Case: i}
		case choice.Blocking:
			return paths.Effect{Does: paths.Loses}
		default:
			return paths.Effect{Does: paths.Meets}
		}
	}
	return paths.Effect{}
}

func (s *semaphores) call(class any, call *ssa.CallCommon, now paths.Standing) paths.Effect {
	for _, arg := range call.Args {
		if fn, ok := arg.(*ssa.Function); ok && s.gives(fn, class) {
			return paths.Effect{Does: paths.HandsOn}
		}
	}
	if fn := sharing.CalleeObject(call); fn != nil && model.FailsTest(fn) {
		return paths.Effect{Does: paths.Stops}
	}
	fn, _ := s.evidence.Callee(call)
	if fn == nil {
		return paths.Effect{}
	}
	does := s.does(fn, class)
	if now == paths.Owed {
		return paths.Effect{Does: does.owed}
	}
	return paths.Effect{Does: does.free}
}

// does says what a call of a function of the package does. Of a recursion
// nothing is known.
func (s *semaphores) does(fn *ssa.Function, class any) callee {
	key := slotCall{fn, class}
	known, ok := s.effects[key]
	if !ok {
		s.effects[key] = callee{paths.Loses, paths.Loses}
		if s.mentions(fn, class, maxDepth) {
			known = callee{s.fromFree(fn, class), s.fromOwed(fn, class)}
		}
		s.effects[key] = known
	}
	return known
}

// fromFree judges a function that may take a slot for its caller: always, or
// if it succeeds.
func (s *semaphores) fromFree(fn *ssa.Function, class any) paths.Deed {
	d, followed := s.follow(fn, class, paths.Free)
	switch {
	case !followed:
		return paths.Loses
	case !d.Comes(paths.Owed) && !d.Comes(paths.Tried):
		return paths.Nothing
	case d.Only(paths.Owed):
		return paths.Takes
	case d.OwesOnSuccess():
		return paths.Tries
	}
	return paths.Loses
}

func (s *semaphores) fromOwed(fn *ssa.Function, class any) paths.Deed {
	d, followed := s.follow(fn, class, paths.Owed)
	switch {
	case !followed:
		return paths.Loses
	case d.Only(paths.Owed):
		return paths.Nothing
	case d.Only(paths.Met, paths.Handed):
		return paths.Meets
	}
	return paths.Loses
}

// gives reports whether a function value gives back a slot somewhere.
func (s *semaphores) gives(v ssa.Value, class any) bool {
	fn := s.evidence.FunctionIn(v)
	return fn != nil && s.mentions(fn, class, maxDepth)
}

// mentions reports whether a function receives from the channel, or sends on
// it, itself or by what it calls.
func (s *semaphores) mentions(fn *ssa.Function, class any, depth int) bool {
	key := slotCall{fn, class}
	known, ok := s.mentioned[key]
	if !ok && depth > 0 {
		s.mentioned[key] = false // ends recursion
		sharing.Instructions(fn, func(instr ssa.Instruction) { known = known || s.works(instr, class, depth-1) })
		s.mentioned[key] = known
	}
	return known
}

func (s *semaphores) works(instr ssa.Instruction, class any, depth int) bool {
	switch instr := instr.(type) {
	case *ssa.Send:
		return s.class(instr.Chan) == class
	case *ssa.UnOp:
		return instr.Op == token.ARROW && s.class(instr.X) == class
	case *ssa.Select:
		return s.choice(class, instr).Does != paths.Nothing
	case *ssa.MakeClosure:
		return s.mentions(instr.Fn.(*ssa.Function), class, depth)
	case ssa.CallInstruction:
		fn, _ := s.evidence.Callee(instr.Common())
		return fn != nil && s.mentions(fn, class, depth)
	}
	return false
}
