package explore

import (
	"go/token"
	"go/types"
	"slices"
)

// builtin does a call of a predeclared function.
func (m *machine) builtin(inv *invocation, d delivery) {
	args := inv.args
	var v value
	switch inv.builtin.Name() {
	case "append":
		v = m.appendTo(inv)
	case "cap":
		v = m.length(args[0], symCap)
	case "len":
		v = m.length(args[0], symLen)
	case "clear":
		m.clear(inv)
	case "close":
		m.rest(&op{kind: opClose, ch: args[0], dst: d.dst, advance: d.advance, pos: inv.pos})
		return
	case "complex":
		re, ok1 := args[0].(float64)
		im, ok2 := args[1].(float64)
		if ok1 && ok2 {
			v = complex(re, im)
		}
	case "real", "imag":
		v = m.partOfComplex(inv.builtin.Name(), args[0])
	case "copy":
		v = m.copySlice(inv)
	case "delete":
		m.deleteKey(inv)
		if !m.live() {
			return
		}
	case "max", "min":
		v = m.extreme(inv)
	case "panic":
		m.throw(args[0], "")
		return
	case "print", "println":
	case "recover":
		v = m.recoverPanic()
	case "ssa:deferstack":
		v = frameHandle{m.fr.serial}
	case "ssa:wrapnilchk":
		if _, isNil := args[0].(nilRef); isNil {
			m.throw(runtimeError("nil receiver"), "")
			return
		}
		v = args[0]
	}
	if v == nil && d.dst >= 0 && inv.result != nil {
		v = m.fresh(inv.result)
	}
	if m.live() && !(m.fr != nil && m.fr.unwinding && !d.deferred) {
		m.deliver(d, v)
	}
}

func (m *machine) length(x value, kind symKind) value {
	switch x := x.(type) {
	case nilRef:
		return int64(0)
	case string:
		return int64(len(x))
	case slice:
		if kind == symCap {
			return x.cap
		}
		return x.len
	case *aggregate:
		return int64(len(x.elems))
	case pointer:
		o := m.st.object(x.obj)
		if o == nil {
			break
		}
		switch v := o.val.(type) {
		case *mapValue:
			m.record(x, false, false, accessMap, m.pos())
			return m.lengthOf(v)
		case *channel:
			return v.length(kind, m)
		case *aggregate:
			if a, ok := m.part(v, x.path, nil).(*aggregate); ok {
				return int64(len(a.elems))
			}
		}
	case *symbol:
		if isMapType(x.typ) {
			return m.length(pointer{obj: m.behind(x)}, kind)
		}
		return m.syms.intern(kind, types.Typ[types.Int], []value{x}, nil, 0)
	}
	return m.fresh(types.Typ[types.Int])
}

// appendTo appends as the runtime does: in place while the capacity lasts,
// to a larger copy afterwards.
func (m *machine) appendTo(inv *invocation) value {
	elem := types.Type(types.Typ[types.Byte])
	if st, ok := inv.sig.Params().At(0).Type().Underlying().(*types.Slice); ok {
		elem = st.Elem()
	}
	more, known := m.elems(inv.args[1])
	var s slice
	switch base := inv.args[0].(type) {
	case slice:
		s = base
	case nilRef:
	default:
		return m.appendUnknown(inv, base)
	}
	if !known {
		return m.fresh(inv.sig.Results().At(0).Type())
	}
	n := int64(len(more))
	if n == 0 {
		return inv.args[0]
	}
	if !m.pay(s.len + n) {
		return m.appendUnknown(inv, m.fresh(inv.sig.Results().At(0).Type()))
	}
	if s.len+n > s.cap {
		old, _ := m.elems(s)
		if s.cap == 0 {
			old = nil
		}
		s = m.grown(s, elem, old, s.len+n)
	}
	m.writeElems(slice{base: s.base, off: s.off + s.len, len: n, cap: n}, more)
	s.len += n
	return s
}

func (m *machine) appendUnknown(inv *invocation, base value) value {
	t := inv.sig.Results().At(0).Type()
	if s, ok := base.(*symbol); ok {
		if more, known := m.elems(inv.args[1]); known && len(more) > 0 {
			// It may fit: then it writes behind the last element.
			end := m.syms.intern(symLen, types.Typ[types.Int], []value{s}, nil, 0)
			m.record(pointer{m.behind(s), m.paths.child(nil, -1, end)}, true, false, accessPlain, m.pos())
		}
		for _, a := range inv.args {
			m.escape(a)
		}
	}
	s := m.fresh(t).(*symbol)
	m.assumeNonNil(s)
	return s
}

// grown copies a slice to an array with room for n elements, twice as large
// as before while it is small (runtime/slice.go, growslice).
func (m *machine) grown(s slice, elem types.Type, old []value, n int64) slice {
	c := max(n, 2*s.cap)
	if c > 1 && c < 4 {
		c = max(n, 2*s.cap)
	}
	next := m.newSlice(elem, s.len, c)
	if o := m.st.object(next.base.obj); len(old) > 0 {
		a := o.val.(*aggregate)
		copy(a.elems, old) // nobody else has seen it
	}
	return next
}

func (m *machine) copySlice(inv *invocation) value {
	dst, ok := inv.args[0].(slice)
	if !ok {
		if _, isNil := inv.args[0].(nilRef); isNil {
			return int64(0)
		}
		return nil
	}
	src := inv.args[1]
	if s, ok := src.(slice); ok && s.len > dst.len {
		s.len = dst.len
		src = s
	}
	vs, known := m.elems(src)
	if !known {
		vs = make([]value, min(dst.len, largeArray))
		for i := range vs {
			vs[i] = m.fresh(nil)
		}
	}
	n := min(int64(len(vs)), dst.len)
	m.writeElems(dst, vs[:n])
	if !known {
		return nil
	}
	return n
}

func (m *machine) deleteKey(inv *invocation) {
	p, ok := m.refer(inv.args[0])
	if !ok {
		return
	}
	mv, ok := m.mapAt(p)
	if !ok {
		return
	}
	i, found, ok := m.find(mv, inv.args[1])
	if !ok {
		return
	}
	m.record(p, true, false, accessMap, m.pos())
	if found {
		entries := append(append([]entry(nil), mv.entries[:i]...), mv.entries[i+1:]...)
		m.st.mutable(p.obj).val = &mapValue{entries, mv.more}
	}
	if mv.more != nil { // the newest fact counts, whatever was asked before
		has := m.syms.intern(symHas, types.Typ[types.Bool], []value{mv.more, inv.args[1]}, nil, 0)
		m.st.facts = m.st.facts.with(has, false)
	}
}

func (m *machine) clear(inv *invocation) {
	switch x := inv.args[0].(type) {
	case slice:
		if t, ok := inv.sig.Params().At(0).Type().Underlying().(*types.Slice); ok {
			m.writeElems(x, slices.Repeat([]value{m.zero(t.Elem())}, int(min(x.len, longSlice))))
		}
	case pointer, *symbol:
		p, _ := m.refer(x)
		if _, ok := m.mapAt(p); ok {
			m.record(p, true, false, accessMap, m.pos())
			m.st.mutable(p.obj).val = &mapValue{}
		}
	}
}

func (m *machine) partOfComplex(name string, x value) value {
	c, ok := x.(complex128)
	switch {
	case !ok:
		return nil
	case name == "real":
		return real(c)
	}
	return imag(c)
}

// extreme is max or min.
func (m *machine) extreme(inv *invocation) value {
	isMax, t := inv.builtin.Name() == "max", inv.sig.Params().At(0).Type()
	best := inv.args[0]
	for _, v := range inv.args[1:] {
		switch less := m.order(token.LSS, best, v, t).(type) {
		case bool:
			if less == isMax {
				best = v
			}
		default:
			best = m.unknownExtreme(isMax, best, v, t)
		}
		if best == nil {
			return nil
		}
	}
	return best
}

// unknownExtreme is max(x, y) or min(x, y) where nobody knows which it is: an
// integer on the right side of both.
func (m *machine) unknownExtreme(isMax bool, x, y value, t types.Type) value {
	if !isInteger(x) || !isInteger(y) {
		return nil
	}
	s := m.syms.intern(symBinop, t, []value{x, y}, isMax, 0)
	for _, v := range []value{x, y} {
		less := m.syms.comparison(token.LSS, s, v)
		if !isMax {
			less = m.syms.comparison(token.LSS, v, s)
		}
		if _, known := m.st.facts.decide(less); !known {
			m.st.facts = m.st.facts.with(less, false)
		}
	}
	return s
}

// isMapType reports whether a type is a map; that of a symbol may be unknown.
func isMapType(t types.Type) bool {
	if t == nil {
		return false
	}
	_, ok := t.Underlying().(*types.Map)
	return ok
}
