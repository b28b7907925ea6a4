package guardedby

import (
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// isGuest reports whether a verdict blames a method for what it does to an
// object of another type, which it was given or has asked for, and whose lock
// it never takes. It may know when it is called: right half of the time, such
// reports have low confidence.
func (j *judge) isGuest(v verdict) bool {
	recv := v.use.Fn.Signature.Recv()
	base := v.use.Place.Base()
	if recv == nil || v.said || v.left || v.use.Fn.Parent() != nil || base == ssa.Value(v.use.Fn.Params[0]) {
		return false
	}
	switch base.(type) {
	case *ssa.Parameter, *ssa.Call, *ssa.Extract:
		return !sharing.SameObjectType(base.Type(), recv.Type())
	}
	return false
}

// isSetting reports whether a verdict on a variable that all others only read
// blames an assignment of something new, which may be how the object is set up:
// right once in three times, such reports have low confidence. Who counts, or
// appends, goes on with what was there.
func (v *verdict) isSetting() bool {
	store, ok := v.use.Instr.(*ssa.Store)
	return v.stray && ok && !program.Derives(store.Val, func(from ssa.Value) bool {
		load, ok := from.(*ssa.UnOp)
		return ok && program.Same(load.X, store.Addr)
	}, func(*ssa.Call) bool { return true })
}
