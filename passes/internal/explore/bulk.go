package explore

// What append, copy and conversions do to many elements at once costs steps
// by their number.

// bulk is how many elements are as much work as an instruction.
const bulk = 16

// longSlice is the length above which elements aren't looked at one by one.
const longSlice = 8 * largeArray

// pay counts work on n elements as steps. It is false for too many.
func (m *machine) pay(n int64) bool {
	if n > longSlice {
		return false
	}
	m.steps += int(n / bulk)
	m.quiet += int(n / bulk)
	return true
}

// manyElements is up to which element accesses of one operation are recorded.
const manyElements = 64

// touch records that the elements of a slice are read or written.
func (m *machine) touch(s slice, write bool) {
	pos := m.pos()
	for i := range min(s.len, manyElements) {
		m.record(pointer{s.base.obj, m.paths.child(s.base.path, s.off+i, nil)}, write, false, accessPlain, pos)
	}
}

// elems returns the elements of a known slice or string, and reads them.
func (m *machine) elems(v value) ([]value, bool) {
	switch s := v.(type) {
	case nilRef:
		return nil, true
	case string:
		if !m.pay(int64(len(s))) {
			return nil, false
		}
		vs := make([]value, len(s))
		for i := range vs {
			vs[i] = int64(s[i])
		}
		return vs, true
	case slice:
		if !m.pay(s.len) {
			return nil, false
		}
		m.touch(s, false)
		vs := make([]value, s.len)
		if a, ok := m.load(s.base, nil).(*aggregate); ok && s.off+s.len <= int64(len(a.elems)) {
			copy(vs, a.elems[s.off:])
			return vs, true
		}
		if s.len > manyElements {
			return nil, false
		}
		for i := range vs {
			vs[i] = m.load(pointer{s.base.obj, m.paths.child(s.base.path, s.off+int64(i), nil)}, nil)
		}
		return vs, true
	}
	return nil, false
}

// writeElems replaces the elements of a slice.
func (m *machine) writeElems(s slice, vs []value) {
	m.touch(s, true)
	if a, ok := m.load(s.base, nil).(*aggregate); ok && s.off+int64(len(vs)) <= int64(len(a.elems)) {
		elems := append([]value(nil), a.elems...)
		copy(elems[s.off:], vs)
		m.store(s.base, &aggregate{elems})
		return
	}
	for i, v := range vs[:min(len(vs), manyElements)] {
		m.store(pointer{s.base.obj, m.paths.child(s.base.path, s.off+int64(i), nil)}, v)
	}
}
