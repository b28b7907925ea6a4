package match

import "go/types"

// FixedSize reports whether values of the type have one size, whatever it is
// instantiated with.
func FixedSize(t types.Type) bool {
	switch t := types.Unalias(t).(type) {
	case *types.TypeParam:
		return false
	case *types.Named:
		return FixedSize(t.Underlying())
	case *types.Array:
		return FixedSize(t.Elem())
	case *types.Struct:
		for field := range t.Fields() {
			if !FixedSize(field.Type()) {
				return false
			}
		}
	}
	return true
}

// HoldsPointers reports whether values of the type keep other objects alive,
// strings aside.
func HoldsPointers(t types.Type) bool {
	switch t := t.Underlying().(type) {
	case *types.Basic:
		return t.Kind() == types.UnsafePointer
	case *types.Array:
		return HoldsPointers(t.Elem())
	case *types.Struct:
		for field := range t.Fields() {
			if HoldsPointers(field.Type()) {
				return true
			}
		}
		return false
	}
	return true
}
