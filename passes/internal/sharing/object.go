package sharing

import (
	"go/ast"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// OfServer reports whether what is used belongs to what all calls of a handler
// have in common: its receiver, a package-level variable, or a variable of
// the function that made the handler.
func (use MapUse) OfServer() bool {
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
func pathIsFixed(at *Place) bool {
	for at.Parent != nil && at.Field == nil {
		at = at.Parent
	}
	return at.Exact()
}

// OnObjectOf reports whether the use reaches a location from the receiver of
// its entry as a goroutine reaches the place from a value of that type, or
// both do from one package-level variable.
func (use MapUse) OnObjectOf(at *Place) bool {
	there := use.At
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
	fn := use.Entry.Fn
	return ok && fn.Signature.Recv() != nil && param == fn.Params[0] && SameObjectType(at.Root.Type(), param.Type())
}

// HeldByObject reports whether the use is reached by a method of an object
// that holds a lock of the class as long as it lives, as a transaction does:
// who has it gives the lock back by another of its methods.
//
//	func (tx *Tx) Set(key string) { tx.db.keys[key] = true }
//	func (tx *Tx) Commit()        { tx.db.mu.Unlock() }
func (e *Evidence) HeldByObject(use MapUse, class any) bool {
	recv := use.Entry.Fn.Signature.Recv()
	if recv == nil || use.Entry.Spawn != nil || use.At.Base() != ssa.Value(use.Entry.Fn.Params[0]) {
		return false
	}
	return slices.ContainsFunc(e.funcs, func(fn *ssa.Function) bool {
		of := fn.Signature.Recv()
		return of != nil && fn.Parent() == nil && ast.IsExported(fn.Name()) && SameObjectType(of.Type(), recv.Type()) &&
			slices.ContainsFunc(e.EffectOf(fn).Releases, func(p *Place) bool { return p.Class() == class && p.Base() == ssa.Value(fn.Params[0]) })
	})
}
