package unsafeshare

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// lockBeside returns the mutex that stands beside the value in its struct, and
// that the functions take by which the use is come to: they are there for
// several goroutines.
func (j *judge) lockBeside(use sharing.MapUse) (string, bool) {
	object := holder(use.Value())
	if object == nil || use.Place.Parent == nil {
		return "", false
	}
	for field := range object.Fields() {
		switch model.TypeKey(field.Type()) {
		case "sync.Mutex", "sync.RWMutex":
			return use.Place.Parent.String() + "." + field.Name(), j.takes(use, field)
		}
	}
	return "", false
}

// takes reports whether a function on the way to a use, or one that it calls,
// takes the lock that a field is.
func (j *judge) takes(use sharing.MapUse, lock *types.Var) bool {
	ways := []*ssa.Function{use.Fn}
	for _, call := range use.Calls {
		ways = append(ways, call.Parent())
	}
	return slices.ContainsFunc(ways, func(fn *ssa.Function) bool {
		found := j.evidence.Takes(fn, lock)
		sharing.Instructions(fn, func(instr ssa.Instruction) {
			if call, ok := instr.(*ssa.Call); ok && !found {
				callee := call.Call.StaticCallee()
				found = callee != nil && callee.Pkg == fn.Pkg && j.evidence.Takes(callee, lock)
			}
		})
		return found
	})
}

// holder returns the struct of which a value is a field, or nil.
func holder(v ssa.Value) *types.Struct {
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		v = load.X
	}
	addr, ok := v.(*ssa.FieldAddr)
	if !ok {
		return nil
	}
	object, _ := addr.X.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Struct)
	return object
}

// setsUp reports whether a function on the way starts a goroutine behind the
// use, or has waited for something before it.
func (j *judge) setsUp(use sharing.MapUse) bool {
	before := func(instr ssa.Instruction) bool {
		return j.evidence.SpawnsAfter(instr) || use.Entry.Kind != sharing.Goroutine && j.evidence.Joined(instr.Parent(), instr)
	}
	return before(use.Instr) || slices.ContainsFunc(use.Calls, func(call ssa.CallInstruction) bool { return before(call) })
}
