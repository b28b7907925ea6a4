package chanleak

import (
	"golang.org/x/tools/go/ssa"
)

// What sends may be a function literal that is kept in a variable, for the
// literal that a goroutine runs and those inside of it:
//
//	emit := func(e entry) { out <- e }
//	go func() {
//		defer close(out)
//		err := filepath.WalkDir(root, func(…) error { …; emit(found) … })
//		if err != nil {
//			emit(failed)
//		}
//	}()

// helps says who runs a function literal that a variable is set to, and
// false unless it is only called, by one goroutine.
func (m *meeting) helps(kept *ssa.Store, fn *ssa.Function, by user) (user, bool) {
	cell, ok := kept.Addr.(*ssa.Alloc)
	if !ok || onlyStored(cell) == nil || by.depth >= maxDepth {
		return user{}, false // or literals that know each other
	}
	by.depth++
	var callers []user
	if !m.callersOf(cell, fn, by, &callers) || len(callers) == 0 {
		return user{}, false
	}
	for _, caller := range callers {
		if caller.spawn == nil || caller.spawn != callers[0].spawn {
			return user{}, false
		}
	}
	next := callers[0]
	next.many = next.many || len(callers) > 1
	return next, true
}

// callersOf lists who calls the function in a variable, and reports whether
// that is all that happens to it.
func (m *meeting) callersOf(cell ssa.Value, fn *ssa.Function, by user, list *[]user) bool {
	for _, ref := range *cell.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef, *ssa.Store:
		case *ssa.UnOp:
			if !m.callersAt(ref, fn, by, list) {
				return false
			}
		case *ssa.MakeClosure:
			inner := ref.Fn.(*ssa.Function)
			next, ok := m.started(ref, inner, by)
			if !ok {
				return false
			}
			for i, bound := range ref.Bindings {
				if bound == cell && !m.callersOf(inner.FreeVars[i], fn, next, list) {
					return false
				}
			}
		default:
			return false
		}
	}
	return true
}

func (m *meeting) callersAt(load *ssa.UnOp, fn *ssa.Function, by user, list *[]user) bool {
	for _, ref := range *load.Referrers() {
		if _, debug := ref.(*ssa.DebugRef); debug {
			continue
		}
		call, ok := ref.(*ssa.Call)
		if !ok || call.Call.Value != load {
			return false
		}
		next, ok := m.enter(call, fn, by)
		if !ok {
			return false
		}
		*list = append(*list, next)
	}
	return true
}
