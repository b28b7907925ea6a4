package sharing

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// maxPhaseDepth bounds the callers that are asked whether a call comes after
// a join.
const maxPhaseDepth = 4

// AfterJoin reports whether the access comes behind a parallel phase: on
// every way to it, some function has started goroutines and waited for them.
//
//	s.startCheckers()     // go s.check(): deletes from s.files under the lock
//	s.walk()
//	s.stopCheckers()      // s.checkers.Wait()
//	s.deleteFiles()       // reads s.files without
//
// Which goroutines were waited for isn't asked. Functions that anybody calls
// begin anew.
func (e *Evidence) AfterJoin(effect Effect) bool {
	instrs := []ssa.Instruction{effect.Instr}
	for _, call := range effect.Calls {
		instrs = append(instrs, call)
	}
	if slices.ContainsFunc(instrs, e.behindPhase) {
		return true
	}
	first := effect.Instr
	if len(effect.Calls) > 0 {
		first = effect.Calls[0]
	}
	return e.callersBehindPhase(first.Parent(), 0)
}

// behindPhase reports whether its function starts and joins goroutines before
// it comes to the instruction.
func (e *Evidence) behindPhase(at ssa.Instruction) bool {
	steps := e.builder.footprint(at.Parent()).Steps
	for _, join := range steps {
		if len(join.Joins) == 0 || join.Deferred || join.Instr == at || !reachableFrom(join.Instr, nil).has(at) {
			continue
		}
		for _, spawn := range steps {
			if len(spawn.Spawns) > 0 && spawn.Instr != at && (spawn.Instr == join.Instr || reachableFrom(spawn.Instr, nil).has(join.Instr)) {
				return true
			}
		}
	}
	return false
}

// callersBehindPhase reports whether all calls of the function, or the places
// where a function literal is made, come behind a phase, which asks for all
// of them to be known.
func (e *Evidence) callersBehindPhase(fn *ssa.Function, depth int) bool {
	if fn.Parent() != nil {
		if closure := e.builder.places.closures[fn]; closure != nil {
			return e.behindPhase(closure) || e.callersBehindPhase(closure.Parent(), depth+1)
		}
		return false
	}
	if depth > maxPhaseDepth || e.calls.escapes[fn] {
		return false
	}
	if object := fn.Object(); object == nil || object.Exported() && !e.internalMethod(fn) {
		return false
	}
	sites := e.calls.sites[fn]
	return len(sites) > 0 && !slices.ContainsFunc(sites, func(call ssa.CallInstruction) bool {
		return !e.isTest(call.Parent()) && !e.behindPhase(call) && !e.callersBehindPhase(call.Parent(), depth+1)
	})
}
