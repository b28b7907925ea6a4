package explore

import (
	"go/token"
	"go/types"
	"unicode/utf8"

	"golang.org/x/tools/go/ssa"
)

// A map is one location for its structure: assignment, delete and clear
// write it, look-up, len and range read it.

func (m *machine) mapUpdate(fr *frame, u *ssa.MapUpdate) {
	ref, key, val := m.get(u.Map), m.get(u.Key), m.get(u.Value)
	p, ok := m.refer(ref)
	if !ok {
		m.throw(runtimeError("assignment to entry in nil map"), "")
		return
	}
	if mv, ok := m.mapAt(p); ok {
		i, found, ok := m.find(mv, key)
		if !ok {
			return
		}
		m.record(p, true, false, accessMap, position(u))
		m.setEntry(p, mv, i, found, key, val)
	}
	fr.pc++
}

func (m *machine) setEntry(p pointer, mv *mapValue, i int, found bool, key, val value) {
	entries := append([]entry(nil), mv.entries...)
	if found {
		entries[i].val = val
	} else {
		entries = append(entries, entry{key, val})
	}
	m.st.mutable(p.obj).val = &mapValue{entries, mv.more}
}

func (m *machine) mapAt(p pointer) (*mapValue, bool) {
	o := m.st.object(p.obj)
	if o == nil {
		return nil, false
	}
	mv, ok := o.val.(*mapValue)
	return mv, ok
}

// find looks for a key; keys that may be equal are decided both ways. The
// last result is false when the path has ended.
func (m *machine) find(mv *mapValue, key value) (int, bool, bool) {
	for i, e := range mv.entries {
		equal, known := same(e.key, key)
		if !known && !areTwoObjects(e.key, key) {
			equal = m.decide(m.syms.comparison(eql, e.key, key))
		}
		if equal {
			return i, true, true
		}
		if !m.live() {
			return 0, false, false
		}
	}
	return 0, false, true
}

// areTwoObjects reports whether keys are references that unknown code returned
// in different calls, such as two connections that were accepted. As with
// parameters they are taken for different objects.
func areTwoObjects(a, b value) bool {
	x, ok := a.(*symbol)
	y, both := b.(*symbol)
	if !ok || !both || x == y || x.kind != symFresh || y.kind != symFresh {
		return false
	}
	switch x.typ.Underlying().(type) {
	case *types.Pointer, *types.Chan, *types.Interface:
		return true
	}
	return false
}

// isOwn reports whether a key is an object that was made on this path and
// that nobody else has: what a map held before can't be of it.
func (m *machine) isOwn(key value) bool {
	p, ok := bare(key).(pointer)
	if !ok {
		return false
	}
	o := m.st.object(p.obj)
	return o != nil && !o.escaped && o.site != nil
}

// lookup is m[k], with or without ok, and s[i] of a string.
func (m *machine) lookup(v *ssa.Lookup) value {
	x, key := m.get(v.X), m.get(v.Index)
	mt, isMap := v.X.Type().Underlying().(*types.Map)
	if !isMap {
		if s, ok := x.(string); ok {
			if i, ok := key.(int64); ok && i >= 0 && i < int64(len(s)) {
				return int64(s[i])
			}
		}
		return m.fresh(v.Type())
	}
	elem := mt.Elem()
	p, ok := m.refer(x)
	if !ok {
		return m.looked(v, m.zero(elem), false)
	}
	mv, ok := m.mapAt(p)
	if !ok {
		return m.fresh(v.Type())
	}
	i, found, ok := m.find(mv, key)
	if !ok {
		return nil
	}
	if mv.more != nil && !found {
		found = m.mayHold(mv, key, v.CommaOk)
		m.record(p, false, false, accessMap, position(v))
		if !found {
			return m.looked(v, m.zero(elem), false)
		}
		s := m.syms.intern(symLookup, elem, []value{mv.more, key}, nil, 0)
		m.assumeNonNil(s)
		return m.looked(v, s, true)
	}
	m.record(p, false, false, accessMap, position(v))
	if !found {
		return m.looked(v, m.zero(elem), false)
	}
	return m.looked(v, mv.entries[i].val, true)
}

// mayHold decides whether a key is among the unknown entries of a map. Where
// nobody asks, the zero value counts as one of them.
func (m *machine) mayHold(mv *mapValue, key value, asked bool) bool {
	switch {
	case m.isOwn(key):
		return false
	case !asked:
		return true
	}
	return m.decide(m.syms.intern(symHas, types.Typ[types.Bool], []value{mv.more, key}, nil, 0))
}

func (m *machine) looked(v *ssa.Lookup, val value, ok bool) value {
	if v.CommaOk {
		return tuple(val, ok)
	}
	return val
}

// rangeOver starts a range over a map, whose entries it copies, or a string.
func (m *machine) rangeOver(v *ssa.Range) value {
	switch x := m.get(v.X).(type) {
	case string:
		return iterator{text: x, typ: v.X.Type()}
	case nilRef:
		return iterator{typ: v.X.Type()}
	case pointer:
		m.record(x, false, false, accessMap, position(v))
		if mv, ok := m.mapAt(x); ok {
			return iterator{entries: mv.entries, of: mv.more, typ: v.X.Type()}
		}
	case *symbol:
		if isMapType(x.typ) {
			p := pointer{obj: m.behind(x)}
			m.record(p, false, false, accessMap, position(v))
			mv, _ := m.mapAt(p)
			return iterator{entries: mv.entries, of: x, typ: v.X.Type()}
		}
		return iterator{of: x, typ: v.X.Type()}
	}
	return iterator{typ: v.X.Type()}
}

// next yields (ok, key, value). Unknown maps and strings yield up to two
// more entries than are known.
func (m *machine) next(fr *frame, v *ssa.Next) value {
	it, ok := m.get(v.Iter).(iterator)
	if !ok {
		return m.fresh(v.Type())
	}
	types := v.Type().(*types.Tuple)
	if v.IsString && it.of == nil {
		if it.next >= len(it.text) {
			return tuple(false, int64(0), int64(0))
		}
		r, size := utf8.DecodeRuneInString(it.text[it.next:])
		at := it.next
		it.next += size
		fr.regs[fr.code.index[v.Iter]] = it
		return tuple(true, int64(at), int64(r))
	}
	if r, ok := v.Iter.(*ssa.Range); ok && !v.IsString {
		if p, ok := m.refer(m.get(r.X)); ok {
			m.record(p, false, false, accessMap, position(v))
		}
	}
	if it.next < len(it.entries) {
		e := it.entries[it.next]
		it.next++
		fr.regs[fr.code.index[v.Iter]] = it
		return tuple(true, e.key, e.val)
	}
	extra := it.next - len(it.entries)
	if it.of == nil || extra >= maxUnknownRounds {
		return tuple(false, m.zero(types.At(1).Type()), m.zero(types.At(2).Type()))
	}
	if !m.decide(m.hasMore(it, v.IsString)) {
		return tuple(false, m.zero(types.At(1).Type()), m.zero(types.At(2).Type()))
	}
	it.next++
	fr.regs[fr.code.index[v.Iter]] = it
	key := m.syms.intern(symElem, types.At(1).Type(), []value{it.of}, "key", int64(extra))
	val := m.syms.intern(symElem, types.At(2).Type(), []value{it.of}, "value", int64(extra))
	m.assumeNonNil(val)
	return tuple(true, key, val)
}

// hasMore is the question whether a range goes on behind the entries that are
// known. A range over a map has as many rounds as the map is long.
func (m *machine) hasMore(it iterator, text bool) *symbol {
	if text {
		return m.syms.intern(symHas, boolean, []value{it.of}, "range", int64(it.next))
	}
	return m.syms.comparison(token.LSS, int64(it.next), m.lengthOf(&mapValue{it.entries, it.of}))
}

// lengthOf returns the length of a map.
func (m *machine) lengthOf(mv *mapValue) value {
	if mv.more == nil {
		return int64(len(mv.entries))
	}
	return m.syms.intern(symLen, types.Typ[types.Int], []value{mv.more}, nil, int64(len(mv.entries)))
}
