package match

import "go/types"

// Copyable reports whether copies of a value of the type are as good as the
// value itself, as far as types tell. Those of another package that have
// methods, all of them on the pointer, are made to stay where they are:
// locks, atomics, builders, big numbers. So are those that carry a noCopy
// marker, and those with a Lock method of their own.
func Copyable(t types.Type, pkg *types.Package) bool {
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		if staysPut(t, pkg) {
			return false
		}
		return Copyable(t.Underlying(), pkg)
	case *types.Array:
		return Copyable(t.Elem(), pkg)
	case *types.Struct:
		for field := range t.Fields() {
			if !Copyable(field.Type(), pkg) {
				return false
			}
		}
	}
	return true
}

func staysPut(t *types.Named, pkg *types.Package) bool {
	if t.Obj().Name() == "noCopy" {
		return true
	}
	onPointer := 0
	for method := range t.Methods() {
		_, pointer := types.Unalias(method.Signature().Recv().Type()).(*types.Pointer)
		if pointer && method.Name() == "Lock" {
			return true
		}
		if pointer {
			onPointer++
		}
	}
	return t.Obj().Pkg() != pkg && onPointer > 0 && onPointer == t.NumMethods()
}
