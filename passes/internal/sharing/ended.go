package sharing

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// AfterEnd reports whether everybody who comes to an effect has waited for the
// end of a goroutine on the way, in which another effect lies:
//
//	d.stop()
//	d.workers.Wait()
//	d.in = nil // what the worker read without a lock
//
// That the two are of one object is taken for granted, as it is of locks.
func (e *Evidence) AfterEnd(effect Effect, spawn *Spawn, of Effect) bool {
	if spawn == nil {
		return false
	}
	at := effect.Instr
	for i := len(effect.Calls); ; i-- {
		if e.waitsBefore(at, spawn, of) {
			return true
		}
		if i == 0 {
			return false
		}
		at = effect.Calls[i-1]
	}
}

// waitsBefore reports whether the function of an instruction waits for the
// goroutine on every path to it.
func (e *Evidence) waitsBefore(at ssa.Instruction, spawn *Spawn, of Effect) bool {
	return slices.ContainsFunc(e.builder.footprint(at.Parent()).Steps, func(step Step) bool {
		if step.Deferred || step.Instr == at || !step.Instr.Block().Dominates(at.Block()) || !reachableFrom(step.Instr, nil).has(at) {
			return false
		}
		return slices.ContainsFunc(step.Joins, func(join Join) bool {
			return join.Place != nil && join.Select == nil && e.endsBy(join.Place.Class(), spawn, of)
		})
	})
}

// endsBy reports whether the goroutine gives a signal of the kind when it has
// done with an effect.
func (e *Evidence) endsBy(class any, spawn *Spawn, of Effect) bool {
	return slices.ContainsFunc(spawn.Signals, func(signal Signal) bool {
		if signal.Place.Class() != class {
			return false
		}
		return signal.Deferred || signal.Instr != nil && signal.Instr.Parent() == spawn.Body &&
			!reachableFrom(signal.Instr, nil).has(of.Within(spawn.Body))
	})
}
