package guardedby

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// Objects come to be shared in steps: first a function sets them up or looks
// at them, then it tells others that they may begin.

// publishes reports whether the function of a use goes on to set an atomic
// variable of the object that others ask:
//
//	window := c.window
//	c.established.Store(true)
func (j *judge) publishes(use sharing.MapUse) bool {
	found := false
	sharing.Instructions(use.Fn, func(instr ssa.Instruction) {
		call, ok := instr.(*ssa.Call)
		if !ok || found || !isAtomic(call, model.AtomicStore) || !follows(call, use.Instr) {
			return
		}
		flag := j.evidence.PlaceOf(call.Call.Args[0])
		found = flag.Field != nil && flag.Base() == use.Place.Base() && j.isAsked(flag)
	})
	return found
}

// follows reports whether a call comes behind an instruction and never before
// it.
func follows(call *ssa.Call, instr ssa.Instruction) bool {
	return sharing.Reaches(instr, call) && instr.Block().Dominates(call.Block()) && !sharing.Reaches(call, instr)
}

func isAtomic(call *ssa.Call, op model.AtomicOp) bool {
	fn := sharing.CalleeObject(&call.Call)
	return fn != nil && len(call.Call.Args) > 0 && model.AtomicStep(fn) == op
}

// isAsked reports whether a function of the package loads an atomic field.
func (j *judge) isAsked(flag *sharing.Place) bool {
	return slices.ContainsFunc(j.evidence.Functions(), func(fn *ssa.Function) bool {
		asks := false
		sharing.Instructions(fn, func(instr ssa.Instruction) {
			call, ok := instr.(*ssa.Call)
			asks = asks || ok && isAtomic(call, model.AtomicLoad) && j.evidence.PlaceOf(call.Call.Args[0]).Class() == flag.Class()
		})
		return asks
	})
}

// registers reports whether an instruction is followed by the first mention of
// a method or literal by which others come to use the variable:
//
//	log.Println(len(s.nodes))
//	mux.HandleFunc("/nodes", s.listNodes)
func (j *judge) registers(at ssa.Instruction, uses []sharing.MapUse) bool {
	before, after := false, false
	sharing.Instructions(at.Parent(), func(instr ssa.Instruction) {
		if closure, ok := instr.(*ssa.MakeClosure); ok && j.isEntry(closure, uses) {
			before = before || sharing.Reaches(closure, at)
			after = after || sharing.Reaches(at, closure)
		}
	})
	return after && !before
}

// isEntry reports whether others who use the variable come by a function.
func (j *judge) isEntry(closure *ssa.MakeClosure, uses []sharing.MapUse) bool {
	fn := j.evidence.FunctionIn(closure)
	return fn != nil && slices.ContainsFunc(uses, func(u sharing.MapUse) bool {
		return u.Entry.Fn == fn && len(u.Held.Must) > 0
	})
}
