package hotpointer

import (
	"go/types"

	"github.com/goconclint/goconclint/passes/internal/match"
)

// Sizes of values. Up to four machine words travel in registers and are as
// cheap to pass and store as a pointer. Above them only a measurement can
// tell: a profile in which the pointers cost a good part of the whole. And
// above 80 bytes pointers are the usual advice, which is never contradicted.
const (
	valueWords    = 4
	measuredBytes = 80
	measuredShare = 0.02
)

// fits reports whether the values of a spot are small enough to be handled as
// such, may be copied, and don't point to their own kind, as the nodes of
// lists and trees do.
func (j *judge) fits(s spot) bool {
	if !concrete(s.elem) || !match.Copyable(s.elem, j.pass.Pkg) || pointsToItself(s.elem) {
		return false
	}
	size := j.pass.TypesSizes.Sizeof(s.elem)
	small := size <= valueWords*j.pass.TypesSizes.Sizeof(types.Typ[types.Uintptr])
	return 0 < size && (small || size <= measuredBytes && j.heat.Worth(s.node, measuredShare))
}

// concrete reports whether the type is known in full: generic types may have
// other sizes and uses elsewhere.
func concrete(t types.Type) bool {
	return !reach{values: true, named: true, hidden: true}.find(t, func(part types.Type) bool {
		switch part := part.(type) {
		case *types.TypeParam:
			return true
		case *types.Named:
			return part.TypeArgs().Len() > 0 || part.TypeParams().Len() > 0
		}
		return false
	})
}

func pointsToItself(t types.Type) bool {
	return reach{hidden: true}.find(t.Underlying(), func(part types.Type) bool { return pointsTo(part, t) })
}

// pointee returns what a plain pointer type points to, or nil.
func pointee(t types.Type) types.Type {
	if t == nil {
		return nil
	}
	if pointer, ok := types.Unalias(t).(*types.Pointer); ok {
		return pointer.Elem()
	}
	return nil
}

// pointsTo reports whether the type is a plain pointer to the element type.
func pointsTo(t, elem types.Type) bool {
	p := pointee(t)
	return p != nil && types.Identical(p, elem)
}

// elemPointee returns what the elements of a slice, array or map point to, or
// nil.
func elemPointee(t types.Type) types.Type {
	switch t := t.Underlying().(type) {
	case *types.Slice:
		return pointee(t.Elem())
	case *types.Array:
		return pointee(t.Elem())
	case *types.Map:
		return pointee(t.Elem())
	}
	return nil
}
