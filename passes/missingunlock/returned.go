package missingunlock

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/paths"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// Some functions take a lock and return the function that gives it back. It
// is called as it comes, or kept in a field until then:
//
//	release := s.table.Hold()
//	t.release = s.table.Hold()

// givesBack reports whether a call is of a function by which another call, that
// took the lock, lets its caller give it back.
func (w *walk) givesBack(call *ssa.CallCommon) bool {
	if call.IsInvoke() || call.StaticCallee() != nil || call.Signature().Params().Len() > 0 {
		return false
	}
	taking, ok := call.Value.(*ssa.Call)
	if ok {
		return w.takes(taking) && paths.OnlyCalled(taking)
	}
	field := w.evidence.PlaceOf(call.Value)
	if field.Field == nil || w.isCalledElsewhere(field) {
		return false
	}
	found := false
	sharing.Instructions(w.fn, func(instr ssa.Instruction) {
		store, ok := instr.(*ssa.Store)
		if !ok || found || w.evidence.Assigned(store.Addr) != field {
			return
		}
		taking, ok := store.Val.(*ssa.Call)
		found = ok && w.takes(taking)
	})
	return found
}

// takes reports whether a call takes the lock, and leaves it held.
func (w *walk) takes(call *ssa.Call) bool {
	return slices.ContainsFunc(w.evidence.CallEffect(&call.Call).Takes, func(l sharing.Lock) bool { return l.Place == w.lock })
}

// isCalledElsewhere reports whether another function of the package uses what
// is kept in the field: it may give the lock back later.
func (w *walk) isCalledElsewhere(field *sharing.Place) bool {
	return slices.ContainsFunc(w.evidence.Functions(), func(fn *ssa.Function) bool {
		found := false
		sharing.Instructions(fn, func(instr ssa.Instruction) {
			load, ok := instr.(*ssa.UnOp)
			found = found || ok && fn != w.fn && w.evidence.PlaceOf(load.X).Field == field.Field
		})
		return found
	})
}
