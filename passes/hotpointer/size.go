package hotpointer

import (
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/match"
)

// valueWords is the size up to which a value is as cheap to pass and store as
// a pointer to it: four machine words travel in registers. Above it only a
// measurement can tell, so nothing is said; and above 80 bytes pointers are
// the usual advice, which is never contradicted.
const valueWords = 4

// fits reports whether values of the type are small enough to be handled as
// such, may be copied, and don't point to their own kind, as the nodes of
// lists and trees do.
func fits(pass *analysis.Pass, t types.Type) bool {
	if !concrete(t) || !match.Copyable(t, pass.Pkg) || pointsToItself(t) {
		return false
	}
	size := pass.TypesSizes.Sizeof(t)
	return 0 < size && size <= valueWords*pass.TypesSizes.Sizeof(types.Typ[types.Uintptr])
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
