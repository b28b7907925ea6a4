package mapguard

import (
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// ofServer reports whether the map belongs to what all calls of a handler
// have in common: its receiver, a package-level variable, or a variable of
// the function that made the handler.
func ofServer(use sharing.MapUse) bool {
	fn := use.Entry.Fn
	switch base := use.At.Base().(type) {
	case *ssa.Global:
		return pathIsFixed(use.At)
	case *ssa.Parameter:
		if base.Parent() == fn {
			return fn.Signature.Recv() != nil && base == fn.Params[0] && pathIsFixed(use.At)
		}
		return pathIsFixed(use.At)
	case *ssa.Alloc, *ssa.MakeMap:
		return base.Parent() != fn && pathIsFixed(use.At)
	}
	return false
}

// pathIsFixed reports whether the way to the map goes through fields alone,
// a map that is itself an element left aside: elements of one container may
// belong to different callers.
func pathIsFixed(at *sharing.Place) bool {
	for at.Parent != nil && at.Field == nil {
		at = at.Parent
	}
	return at.Exact()
}

// goroutineWrites reports what a goroutine that belongs to an object, or to
// the package, writes with nothing locked, while exported methods or
// functions use the same map with nothing locked and without having waited
// for anything.
func (j *judge) goroutineWrites(uses []sharing.MapUse) {
	for _, use := range uses {
		if use.Entry.Kind != sharing.Goroutine || use.Entry.Test || !use.Writes() || !use.Held.None() || use.Entry.Spawn.Unknown {
			continue // or it runs functions that aren't known, which may be these methods
		}
		for _, other := range uses {
			if j.meetsMethod(use, other) {
				j.add(verdict{rule: ownGoroutine, blamed: use.Effect, other: other.Effect, spawn: use.Entry.Spawn})
				break
			}
		}
	}
}

// meetsMethod reports whether the other use is made by an exported function
// on the object for which the goroutine works.
func (j *judge) meetsMethod(use, other sharing.MapUse) bool {
	if other.Entry.Kind != sharing.Exported || other.Entry.Test || !other.Held.None() || other.Entry.Fn == use.Entry.Fn {
		return false
	}
	if !sameObject(use.At, other) || len(j.evidence.Callers(other.Entry.Fn)) > 0 {
		return false
	}
	return !j.evidence.Joined(other.Entry.Fn, other.Within(other.Entry.Fn))
}

// sameObject reports whether the other use reaches the map from its own
// receiver as the goroutine does from a value of that type, or both from one
// package-level variable.
func sameObject(at *sharing.Place, other sharing.MapUse) bool {
	there := other.At
	for at.Parent != nil && there.Parent != nil {
		if at.Field != there.Field || at.Field == nil {
			return false
		}
		at, there = at.Parent, there.Parent
	}
	if at.Parent != nil || there.Parent != nil {
		return false
	}
	if at == there {
		_, global := at.Root.(*ssa.Global)
		return global
	}
	param, ok := there.Root.(*ssa.Parameter)
	fn := other.Entry.Fn
	return ok && fn.Signature.Recv() != nil && param == fn.Params[0] && sharing.SameObjectType(at.Root.Type(), param.Type())
}
