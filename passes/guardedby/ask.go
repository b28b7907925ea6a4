package guardedby

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// asksFirst reports whether the function of a use decides by what it has read
// whether to call a method of the same object that takes the lock. Then others
// use that object, and what was found need not hold any more when the method
// has the lock:
//
//	if job.finished {
//		fn()
//	} else {
//		job.add(fn)
//	}
func (j *judge) asksFirst(use sharing.MapUse, class any) bool {
	load, ok := use.Instr.(*ssa.UnOp)
	if !ok || use.Writes() {
		return false
	}
	return j.callsLocker(use, class, func(call *ssa.Call) bool { return isDecidedBy(call, load) })
}

// callsLocker reports whether the function of a use calls, where the call is
// wanted, a method of the object that takes the lock for itself.
func (j *judge) callsLocker(use sharing.MapUse, class any, wanted func(*ssa.Call) bool) bool {
	found := false
	sharing.Instructions(use.Fn, func(instr ssa.Instruction) {
		call, ok := instr.(*ssa.Call)
		found = found || ok && j.locksObject(call, use.Place.Parent, class) && wanted(call)
	})
	return found
}

// locksObject reports whether a call is of a method of the object that takes
// a lock of the class for itself.
func (j *judge) locksObject(call *ssa.Call, object *sharing.Place, class any) bool {
	callee, args := j.evidence.Callee(&call.Call)
	return callee != nil && callee.Signature.Recv() != nil && len(args) > 0 && j.evidence.PlaceOf(args[0]) == object && j.evidence.Takes(callee, class)
}

// isDecidedBy reports whether a branch on a value, or on how it compares with
// another, decides whether an instruction is run.
func isDecidedBy(instr ssa.Instruction, value ssa.Value) bool {
	return slices.ContainsFunc(program.Decided(instr), func(f program.Fact) bool { return dependsOn(f.Cond, value) })
}

// dependsOn reports whether a condition is a value, its opposite or a
// comparison of it.
func dependsOn(cond, value ssa.Value) bool {
	switch c := cond.(type) {
	case *ssa.BinOp:
		return c.X == value || c.Y == value
	case *ssa.UnOp:
		return c == value || dependsOn(c.X, value)
	}
	return cond == value
}
