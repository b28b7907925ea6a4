package sharing

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// Quiet reports whether who comes to an effect waits for nobody before it, and
// tells nobody after it, be it by a channel, a goroutine that starts or an
// atomic variable. Then nothing but a lock orders it with what other goroutines
// do, whatever these wait for or ask.
//
//	c.mu.Lock()
//	c.options = options
//	c.mu.Unlock()
func (e *Evidence) Quiet(effect Effect) bool {
	return e.isQuietAt(effect.Instr) && !slices.ContainsFunc(effect.Calls, func(call ssa.CallInstruction) bool { return !e.isQuietAt(call) })
}

// isQuietAt is Quiet as far as the function of the instruction goes.
func (e *Evidence) isQuietAt(at ssa.Instruction) bool {
	after := reachableFrom(at, nil)
	for _, step := range e.builder.footprint(at.Parent()).Steps {
		tells := len(step.Signals)+len(step.Spawns) > 0 || step.Unknown
		if tells && (step.Deferred || after.has(step.Instr)) || len(step.Joins) > 0 && reachableFrom(step.Instr, nil).has(at) {
			return false
		}
	}
	quiet := true
	eachInstr(at.Parent(), func(instr ssa.Instruction) {
		call, ok := instr.(ssa.CallInstruction)
		if !quiet || !ok || !after.has(instr) && !isDeferred(instr) {
			return
		}
		callee, _ := e.Callee(call.Common())
		quiet = !setsAtomic(call) && !e.setsAtomicBelow(callee)
	})
	return quiet
}

func isDeferred(instr ssa.Instruction) bool {
	_, ok := instr.(*ssa.Defer)
	return ok
}

// setsAtomicBelow reports whether the function, or one that it calls, changes
// an atomic variable.
func (e *Evidence) setsAtomicBelow(fn *ssa.Function) bool {
	for below := range e.RunsOn(fn) {
		found := false
		eachInstr(below, func(instr ssa.Instruction) {
			call, ok := instr.(ssa.CallInstruction)
			found = found || ok && setsAtomic(call)
		})
		if found {
			return true
		}
	}
	return false
}

// setsAtomic reports whether a call changes an atomic variable.
func setsAtomic(call ssa.CallInstruction) bool {
	fn := CalleeObject(call.Common())
	if fn == nil {
		return false
	}
	op := model.AtomicStep(fn)
	return op == model.AtomicStore || op == model.AtomicUpdate
}
