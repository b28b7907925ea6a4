package checkthenact

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// A step may be taken by a function that is called, which locks for it and
// has let go when it returns:
//
//	r := c.lookup(name)     // c.regions[name], under c.mu
//	if r != nil {
//		return r
//	}
//	r = open(name)
//	c.put(name, r)          // c.regions[name] = r, under c.mu
//
// One call deep is looked. A callee that writes and looks itself before it
// does is safe by itself.

// helperSteps lists the steps that a call takes so, in the places of the
// function that calls.
func (j *judge) helperSteps(call *ssa.Call) []step {
	callee, _ := j.evidence.Callee(&call.Call)
	if callee == nil || callee == call.Parent() || !j.evidence.HeldAt(call).None() || len(j.evidence.LocksIn(callee)) == 0 {
		return nil
	}
	if does := j.evidence.EffectOf(callee); len(does.MayTake)+len(does.Releases) > 0 {
		return nil // there to lock for its callers
	}
	inside := j.ownSteps(callee)
	var list []step
	for _, s := range inside {
		if s.kind != guarded || s.write && j.looksBefore(s, inside) {
			continue
		}
		result := returned(callee, s)
		if !s.write && result == nil {
			continue
		}
		_, s.compares = comparison(result)
		if at := j.atCall(call, s); at.place.Exact() && known(at.place) {
			list = append(list, at)
		}
	}
	return list
}

// looksBefore reports whether the action rests on a look that the function
// takes before it.
func (j *judge) looksBefore(act step, steps []step) bool {
	return slices.ContainsFunc(steps, func(s step) bool {
		return !s.write && s.place == act.place && controlled(s, act)
	})
}

// returned returns the result of a function that is what a step has read, or
// made of it, or nil.
func returned(fn *ssa.Function, s step) ssa.Value {
	if s.write {
		return nil
	}
	var found ssa.Value
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		ret, ok := instr.(*ssa.Return)
		for i := 0; ok && i < len(ret.Results); i++ {
			if result := program.Returned(ret, i); derives(result, s.result()) {
				found = result
			}
		}
	})
	return found
}

// atCall returns a step of a callee as one that the call takes.
func (j *judge) atCall(call *ssa.Call, s step) step {
	s.place = j.evidence.AtCall(&call.Call, s.place)
	if key, ok := s.key.(*sharing.Place); ok {
		s.key = j.evidence.AtCall(&call.Call, key)
	}
	value := s.value
	if boxed, ok := value.(*ssa.MakeInterface); ok {
		value = boxed.X
	}
	if param, ok := value.(*ssa.Parameter); ok {
		if given := program.Argument(&call.Call, param); given != nil {
			s.value = given
		}
	}
	var held sharing.Held
	for _, lock := range s.held.Must {
		lock.Place = j.evidence.AtCall(&call.Call, lock.Place)
		held.Must = append(held.Must, lock)
	}
	held.May = held.Must
	s.instr, s.held, s.helper = call, held, true
	return s
}
