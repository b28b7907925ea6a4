package explore

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// A value is what a register or a heap cell holds. Values are immutable, so
// that loading and copying cost nothing. They carry no static type: the
// instruction that uses them has it. The dynamic types are
//
//	bool, int64, float64, complex128, string   basic values; an int64 holds
//	                   the bits of any integer type, cut to its width
//	nilRef             nil of every type that has one
//	pointer            pointers, and references to maps and channels
//	slice              a slice whose backing array is known
//	*closure           a function with its bindings
//	iface              a non-nil interface value
//	*aggregate         structs, arrays and tuples
//	*symbol            an unknown value
//	iterator           the state of a range over a map or string
//	frameHandle        the defer stack of a frame (range-over-func)
type value any

// nilRef is nil.
type nilRef struct{}

// A pointer is a heap object and a path of fields and elements in it. Maps
// and channels are objects of their own, and a pointer with an empty path.
type pointer struct {
	obj  objID
	path *path
}

// A slice is a window on the array that base points to.
type slice struct {
	base          pointer
	off, len, cap int64
}

// A closure is a function with the values of its free variables.
type closure struct {
	fn   *ssa.Function
	bind []value
}

// A builtinFunc is a predeclared function used as a value (defer close(c)).
type builtinFunc struct{ fn *ssa.Builtin }

// An iface is a non-nil interface value.
type iface struct {
	typ types.Type
	val value
}

// An aggregate is a struct, array or tuple. It is never written in place.
type aggregate struct{ elems []value }

// An iterator walks a copy of a map's entries or of a string.
type iterator struct {
	entries []entry
	text    string
	next    int
	of      *symbol // an unknown map or string, or one with unknown entries
	typ     types.Type
}

// A frameHandle names a frame of the running goroutine.
type frameHandle struct{ serial int32 }

// An entry is a key of a map with its value.
type entry struct{ key, val value }

// A mapValue is the content of a map object. more says that the map may hold
// keys beside those listed: it came from elsewhere, or a key was unknown.
type mapValue struct {
	entries []entry
	more    *symbol
}

// with returns the aggregate with element i replaced.
func (a *aggregate) with(i int, v value) *aggregate {
	elems := make([]value, len(a.elems))
	copy(elems, a.elems)
	elems[i] = v
	return &aggregate{elems}
}

func tuple(vs ...value) *aggregate { return &aggregate{vs} }

// largeArray is the length from which an array is one unknown value instead
// of a tree of elements.
const largeArray = 512

// zero returns the zero value of a type.
func (m *machine) zero(t types.Type) value {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return zeroBasic(u)
	case *types.Struct:
		return m.zeroAggregate(t, u.NumFields(), func(i int) types.Type { return u.Field(i).Type() })
	case *types.Array:
		if u.Len() > largeArray {
			return m.syms.intern(symZero, t, nil, nil, 0)
		}
		return m.zeroAggregate(t, int(u.Len()), func(int) types.Type { return u.Elem() })
	case *types.Tuple:
		return m.zeroAggregate(t, u.Len(), func(i int) types.Type { return u.At(i).Type() })
	}
	if _, ok := types.Unalias(t).(*types.TypeParam); ok {
		return m.syms.intern(symZero, t, nil, nil, 0)
	}
	return nilRef{}
}

func zeroBasic(b *types.Basic) value {
	switch info := b.Info(); {
	case info&types.IsBoolean != 0:
		return false
	case info&types.IsInteger != 0:
		return int64(0)
	case info&types.IsFloat != 0:
		return float64(0)
	case info&types.IsComplex != 0:
		return complex128(0)
	case info&types.IsString != 0:
		return ""
	}
	return nilRef{}
}

func (m *machine) zeroAggregate(t types.Type, n int, elem func(int) types.Type) value {
	if v, ok := m.zeros[t]; ok {
		return v
	}
	elems := make([]value, n)
	for i := range elems {
		elems[i] = m.zero(elem(i))
	}
	v := &aggregate{elems}
	m.zeros[t] = v
	return v
}

// same reports whether two values are equal and whether that is known.
func same(a, b value) (equal, known bool) {
	switch x := a.(type) {
	case *symbol:
		if y, ok := b.(*symbol); ok && x == y {
			return true, true
		}
		return false, false
	case *aggregate:
		y, ok := b.(*aggregate)
		if !ok || len(x.elems) != len(y.elems) {
			return false, false
		}
		return sameElems(x.elems, y.elems)
	case iface:
		return sameIface(x, b)
	case *closure:
		_, isNil := b.(nilRef)
		return false, isNil
	case slice:
		_, isNil := b.(nilRef)
		return false, isNil
	}
	switch y := b.(type) {
	case *symbol:
		return false, false
	case iface, *closure, slice:
		return same(b, a)
	case *aggregate:
		return false, false
	default:
		return a == y, true
	}
}

func sameElems(xs, ys []value) (equal, known bool) {
	known = true
	for i, x := range xs {
		eq, ok := same(x, ys[i])
		if ok && !eq {
			return false, true
		}
		known = known && ok
	}
	return known, known
}

func sameIface(x iface, b value) (equal, known bool) {
	switch y := b.(type) {
	case nilRef:
		return false, true
	case iface:
		if !types.Identical(x.typ, y.typ) {
			return false, true
		}
		return same(x.val, y.val)
	}
	return false, false
}
