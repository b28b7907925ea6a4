package missingunlock

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// The object whose lock is taken may be kept in a variable that has another
// value on other paths, or in the next iteration of a loop:
//
//	if !marked {
//		victim = s.find(key)
//		victim.mu.Lock()
//		marked = true
//	}
//	…
//	victim.mu.Unlock()

// releasesAs reports whether a call releases the lock of what a variable holds
// which may be the object whose lock was taken.
func (w *walk) releasesAs(call *ssa.Call, taken ssa.CallInstruction) (model.LockOp, bool) {
	lock, op := w.evidence.LockOperation(&call.Call)
	if taken == nil || op != model.Release && op != model.ReleaseShared || lock.Place == w.lock || lock.Class() != w.lock.Class() {
		return model.NoLockOp, false
	}
	return op, slices.Contains(variables(objectOf(taken)), objectOf(call))
}

// isCarriedOn reports whether a variable has the object whose lock was taken
// when a loop begins its next iteration.
func isCarriedOn(taken ssa.CallInstruction, header *ssa.BasicBlock) bool {
	return slices.ContainsFunc(variables(objectOf(taken)), func(v ssa.Value) bool { return v.(*ssa.Phi).Block() == header })
}

// variables lists the phis that a value comes into.
func variables(v ssa.Value) []ssa.Value {
	var list []ssa.Value
	var follow func(v ssa.Value)
	follow = func(v ssa.Value) {
		if v.Referrers() == nil {
			return
		}
		for _, ref := range *v.Referrers() {
			if phi, ok := ref.(*ssa.Phi); ok && !slices.Contains(list, ssa.Value(phi)) {
				list = append(list, phi)
				follow(phi)
			}
		}
	}
	follow(v)
	return list
}

// objectOf returns the object that has the lock of which a method is called.
func objectOf(call ssa.CallInstruction) ssa.Value {
	object := receiver(call)
	for field, ok := object.(*ssa.FieldAddr); ok; field, ok = object.(*ssa.FieldAddr) {
		object = field.X
	}
	return object
}
