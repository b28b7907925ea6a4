package explore

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// convert is T(x) where the representation may change.
func (m *machine) convert(x value, from, to types.Type) value {
	if s, ok := x.(*symbol); ok {
		return m.syms.intern(symConvert, to, []value{s}, nil, 0)
	}
	dst, ok := to.Underlying().(*types.Basic)
	if !ok {
		return m.convertToComposite(x, from, to)
	}
	info := dst.Info()
	switch v := x.(type) {
	case int64:
		switch {
		case info&types.IsInteger != 0:
			return wrap(v, to)
		case info&types.IsFloat != 0:
			if isUnsigned(from) {
				return float64(uint64(v))
			}
			return float64(v)
		case info&types.IsString != 0:
			return string(rune(v))
		}
	case float64:
		switch {
		case info&types.IsInteger != 0:
			return wrap(int64(v), to)
		case dst.Kind() == types.Float32:
			return float64(float32(v))
		}
		return v
	case slice, nilRef:
		if info&types.IsString != 0 {
			return m.bytesToString(v, from, to)
		}
	}
	return x // strings, complex numbers, unsafe.Pointer
}

func (m *machine) convertToComposite(x value, from, to types.Type) value {
	str, ok := x.(string)
	st, isSlice := to.Underlying().(*types.Slice)
	if !ok || !isSlice {
		return x // pointers by way of unsafe
	}
	if !m.pay(int64(len(str))) {
		s := m.fresh(to)
		m.assumeNonNil(s)
		return s
	}
	var elems []value
	if b, ok := st.Elem().Underlying().(*types.Basic); ok && b.Kind() == types.Uint8 {
		for i := range len(str) {
			elems = append(elems, int64(str[i]))
		}
	} else {
		for _, r := range str {
			elems = append(elems, int64(r))
		}
	}
	n := int64(len(elems))
	obj := m.alloc(&aggregate{elems}, types.NewArray(st.Elem(), n), true)
	return slice{base: pointer{obj: obj}, len: n, cap: n}
}

func (m *machine) bytesToString(v value, from, to types.Type) value {
	elems, ok := m.elems(v)
	if !ok {
		return m.fresh(to)
	}
	st, ok := from.Underlying().(*types.Slice)
	if !ok {
		return m.fresh(to)
	}
	bytes := isByte(st.Elem())
	out := make([]byte, 0, len(elems))
	for _, e := range elems {
		n, ok := e.(int64)
		if !ok {
			return m.fresh(to)
		}
		if bytes {
			out = append(out, byte(n))
		} else {
			out = append(out, string(rune(n))...)
		}
	}
	return string(out)
}

func isByte(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Kind() == types.Uint8
}

// box makes an interface value.
func (m *machine) box(v value, t types.Type) value {
	return iface{t, v}
}

// typeAssert is x.(T), which forks when x is unknown.
func (m *machine) typeAssert(v *ssa.TypeAssert) value {
	x := m.get(v.X)
	t := v.AssertedType
	toInterface := types.IsInterface(t)
	switch x := x.(type) {
	case iface:
		if toInterface {
			if m.implements(x.typ, t) {
				return m.asserted(v, x, true)
			}
		} else if types.Identical(x.typ, t) {
			return m.asserted(v, x.val, true)
		}
	case *symbol:
		ok := m.unknownHasType(v, x, t)
		if ok && toInterface {
			return m.asserted(v, x, true)
		}
		if ok {
			s := m.syms.intern(symUnbox, t, []value{x}, nil, 0)
			m.assumeNonNil(s)
			return m.asserted(v, s, true)
		}
		if !m.live() {
			return nil
		}
	}
	return m.asserted(v, m.zero(t), false)
}

func (m *machine) unknownHasType(v *ssa.TypeAssert, x *symbol, t types.Type) bool {
	if !types.IsInterface(t) && m.madeElsewhere(x) && m.isPrivate(t) {
		return false
	}
	if !v.CommaOk {
		return true // a failed assertion on an unknown value is a precondition
	}
	if m.isModelType(t) {
		return false // the models know what they made
	}
	key := types.TypeString(t, nil)
	return m.decide(m.syms.intern(symTypeIs, boolean, []value{x}, key, 0))
}

func (m *machine) asserted(v *ssa.TypeAssert, x value, ok bool) value {
	if v.CommaOk {
		return tuple(x, ok)
	}
	if !ok {
		m.throw(runtimeError("interface conversion"), "")
		return nil
	}
	return x
}

func (m *machine) implements(t, iface types.Type) bool {
	i, ok := iface.Underlying().(*types.Interface)
	if !ok {
		return false
	}
	if types.Implements(t, i) {
		return true
	}
	return m.isModelType(t) && m.hasMethods(t, i)
}

// hasMethods compares by name: types of the models stand for library types
// of another type-checker run.
func (m *machine) hasMethods(t types.Type, i *types.Interface) bool {
	set := types.NewMethodSet(t)
	for j := range i.NumMethods() {
		f := i.Method(j)
		if set.Lookup(nil, f.Name()) == nil && set.Lookup(f.Pkg(), f.Name()) == nil {
			return false
		}
	}
	return true
}
