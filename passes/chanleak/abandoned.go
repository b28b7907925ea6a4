package chanleak

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// leavesQueue returns a return of a goroutine's body that is reached from the
// receive in its loop, and takes nothing off the queue on the way. One of
// several goroutines leaves it to the others if it ends by what came off the
// queue.
func (r *roads) leavesQueue(one *reader, receive ssa.Instruction, queue *types.Var) *ssa.Return {
	loop := program.LoopAround(receive.Block())
	if loop == nil || r.drainsLate(one.body, queue) {
		return nil
	}
	drains := func(instr ssa.Instruction) bool { return !loop.Holds(instr.Block()) && r.takesOff(instr, queue) }
	if one.site != nil && inCycle(one.site) {
		return r.leavesByOther(receive, queue, drains)
	}
	var found *ssa.Return
	w := &program.Walk{
		Visit: func(instr ssa.Instruction) bool {
			if ret, ok := instr.(*ssa.Return); ok && found == nil {
				found = ret
			}
			return found == nil && instr != receive && !drains(instr)
		},
	}
	w.Behind(receive)
	return found
}

// leavesByOther is the same by another case of the select that receives.
func (r *roads) leavesByOther(receive ssa.Instruction, queue *types.Var, drains func(ssa.Instruction) bool) *ssa.Return {
	choice, ok := receive.(*ssa.Select)
	if !ok {
		return nil
	}
	for i, state := range choice.States {
		if state.Dir != types.RecvOnly || r.class(state.Chan) == queue {
			continue
		}
		if ret := r.leavesBy(choice, i, drains); ret != nil {
			return ret
		}
	}
	return nil
}

// drainsLate reports whether a function defers anything that receives from the
// queue.
func (r *roads) drainsLate(fn *ssa.Function, queue *types.Var) bool {
	found := false
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		if deferred, ok := instr.(*ssa.Defer); ok {
			found = found || r.takesOff(deferred, queue)
		}
	})
	return found
}

// takesOff reports whether an instruction receives from the queue, itself or by
// what it calls or starts, or a literal that it evaluates.
func (r *roads) takesOff(instr ssa.Instruction, queue *types.Var) bool {
	if r.receives(instr, queue) {
		return true
	}
	call, ok := instr.(ssa.CallInstruction)
	if !ok {
		return false
	}
	fn, _ := r.evidence.Callee(call.Common())
	if fn == nil {
		return false
	}
	runs := r.evidence.RunsOn(fn)
	return slices.ContainsFunc(r.of(queue).receives, func(receive ssa.Instruction) bool { return runs[receive.Parent()] })
}
