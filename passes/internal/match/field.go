package match

import "go/types"

// Field returns the field of a struct, or of the struct that a pointer points
// to, by its index; nil for a type parameter's.
func Field(t types.Type, index int) *types.Var {
	if pointer, ok := t.Underlying().(*types.Pointer); ok {
		t = pointer.Elem()
	}
	if fields, ok := t.Underlying().(*types.Struct); ok && index < fields.NumFields() {
		return fields.Field(index)
	}
	return nil
}
