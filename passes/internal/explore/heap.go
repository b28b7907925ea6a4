package explore

import (
	"go/types"
)

// An objID names a heap object. Names don't depend on the schedule: an
// object made by the program is the n-th of its goroutine, one that came
// from elsewhere is what its symbol points to (lazy initialisation: the same
// symbol, the same object). 0 is no object.
type objID int32

type objName struct {
	g   gid
	n   int32
	sym *symbol
}

// names interns the names of objects of all paths of an exploration.
type names struct {
	table map[objName]objID
	list  []objName
}

func (n *names) intern(name objName) objID {
	if id, ok := n.table[name]; ok {
		return id
	}
	if len(n.list) == 0 {
		n.list = append(n.list, objName{})
	}
	id := objID(len(n.list))
	n.list = append(n.list, name)
	n.table[name] = id
	if name.sym != nil {
		name.sym.obj = id
	}
	return id
}

// forget drops the names from n on.
func (n *names) forget(from int) {
	for _, name := range n.list[from:] {
		delete(n.table, name)
		if name.sym != nil {
			name.sym.obj = 0
		}
	}
	n.list = n.list[:from]
}

// external returns the symbol that an object stands behind, or nil for an
// object that the program made.
func (n *names) external(id objID) *symbol { return n.list[id].sym }

// An object is one cell of the heap: a variable, an array, a map, a channel.
type object struct {
	gen     uint64
	val     value // *mapValue and *channel for maps and channels
	typ     types.Type
	tracked bool // seen by other goroutines perhaps: its accesses are recorded
	escaped bool // given to code we don't know
	site    *site
	shadow  *shadow
	syncs   []syncCell
	hash    uint64 // of what refers to nothing; 0: not computed
}

const pageSize = 32

type page struct {
	gen  uint64
	objs [pageSize]*object
}

// object returns an object for reading, nil when it isn't there.
func (st *state) object(id objID) *object {
	if i := int(id) / pageSize; i < len(st.pages) && st.pages[i] != nil {
		return st.pages[i].objs[int(id)%pageSize]
	}
	return nil
}

// mutable returns an object that may be written.
func (st *state) mutable(id objID) *object {
	old := st.object(id)
	if old.gen == st.gen {
		old.hash = 0
		return old
	}
	o := *old
	o.gen, o.hash = st.gen, 0
	st.put(id, &o)
	return &o
}

func (st *state) put(id objID, o *object) {
	i := int(id) / pageSize
	for len(st.pages) <= i {
		st.pages = append(st.pages, nil)
	}
	p := st.pages[i]
	switch {
	case p == nil:
		p = &page{gen: st.gen}
		st.pages[i] = p
	case p.gen != st.gen:
		q := *p
		q.gen = st.gen
		p = &q
		st.pages[i] = p
	}
	p.objs[int(id)%pageSize] = o
}

// alloc makes an object of the running goroutine.
func (m *machine) alloc(v value, t types.Type, tracked bool) objID {
	g := m.g
	id := m.names.intern(objName{g: g.id, n: g.allocs})
	g.allocs++
	m.st.put(id, &object{gen: m.st.gen, val: v, typ: t, tracked: tracked, site: m.here()})
	return id
}

// behind returns the object that an unknown pointer, slice, map or channel
// refers to, of the type that it refers to.
func (m *machine) behind(s *symbol) objID {
	id := m.names.intern(objName{sym: s})
	if m.st.object(id) == nil {
		o := &object{gen: m.st.gen, tracked: true, escaped: true}
		o.typ, o.val = m.content(s)
		m.st.put(id, o)
	}
	return id
}

// content returns what an unknown reference refers to.
func (m *machine) content(s *symbol) (types.Type, value) {
	if s.typ == nil {
		return nil, m.syms.intern(symDeref, nil, []value{s}, nil, 0)
	}
	switch u := s.typ.Underlying().(type) {
	case *types.Pointer:
		return u.Elem(), m.syms.intern(symDeref, u.Elem(), []value{s}, nil, 0)
	case *types.Slice:
		array := types.NewArray(u.Elem(), 0)
		return array, m.syms.intern(symDeref, array, []value{s}, nil, 0)
	case *types.Map:
		return u, &mapValue{more: s}
	case *types.Chan:
		return u, &channel{capacity: -1, external: true, elem: u.Elem()}
	}
	return nil, m.syms.intern(symDeref, nil, []value{s}, nil, 0)
}

// refer turns a value used as a reference into a pointer. It is false for
// nil and for what can't be one.
func (m *machine) refer(v value) (pointer, bool) {
	switch v := v.(type) {
	case pointer:
		return v, true
	case *symbol:
		return pointer{obj: m.behind(v)}, true
	}
	return pointer{}, false
}

// load returns the part of an object that a pointer names.
func (m *machine) load(p pointer, t types.Type) value {
	o := m.st.object(p.obj)
	if o == nil {
		return m.fresh(t)
	}
	if s, ok := o.val.(*symbol); ok && p.path == nil && s.typ == nil {
		s.typ = t // behind an unsafe.Pointer only its user knows the type
	}
	return m.part(o.val, p.path, t)
}

// part walks down a value.
func (m *machine) part(v value, at *path, t types.Type) value {
	if at == nil {
		return v
	}
	v = m.part(v, at.parent, nil)
	switch v := v.(type) {
	case *aggregate:
		if at.sym != nil {
			return m.choice(v, at.sym, t)
		}
		if int(at.index) < len(v.elems) && at.index >= 0 {
			return v.elems[at.index]
		}
	case *symbol:
		if v.kind == symZero {
			if et := partType(v.typ, at.index); et != nil {
				return m.zero(et)
			}
		}
		if at.sym != nil {
			return m.syms.intern(symElem, t, []value{v, at.sym}, nil, 0)
		}
		if et := partType(v.typ, at.index); et != nil {
			t = et
		}
		return m.syms.elem(v, at.index, t)
	}
	return m.fresh(t)
}

// choice reads an element whose index is unknown: the element they all are,
// or an unknown one.
func (m *machine) choice(v *aggregate, index *symbol, t types.Type) value {
	if len(v.elems) > 0 {
		all := true
		for _, e := range v.elems[1:] {
			equal, known := same(v.elems[0], e)
			all = all && equal && known
		}
		if all {
			return v.elems[0]
		}
	}
	return m.syms.intern(symElem, t, []value{v, index}, nil, 1)
}

func partType(t types.Type, i int64) types.Type {
	if t == nil {
		return nil
	}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		if int(i) < u.NumFields() {
			return u.Field(int(i)).Type()
		}
	case *types.Array:
		return u.Elem()
	}
	return nil
}

// typeAt returns the type of a part of a variable of type t, nil if unknown.
func typeAt(t types.Type, at *path) types.Type {
	if at == nil {
		return t
	}
	return partType(typeAt(t, at.parent), at.index)
}

// store replaces the part of an object that a pointer names.
func (m *machine) store(p pointer, v value) {
	if m.st.object(p.obj) == nil {
		return
	}
	o := m.st.mutable(p.obj)
	o.val = m.replaced(o.val, o.typ, p.path, v)
}

func (m *machine) replaced(whole value, t types.Type, at *path, v value) value {
	if at == nil {
		return v
	}
	var steps []*path
	for p := at; p != nil; p = p.parent {
		steps = append(steps, p)
	}
	return m.replaceBelow(whole, t, steps, v)
}

// replaceBelow copies the values along the path; steps run from leaf to root.
func (m *machine) replaceBelow(whole value, t types.Type, steps []*path, v value) value {
	if len(steps) == 0 {
		return v
	}
	step := steps[len(steps)-1]
	if step.sym != nil {
		return m.fresh(t) // any element may have changed
	}
	a, ok := whole.(*aggregate)
	if !ok {
		if s, isSym := whole.(*symbol); isSym {
			a = m.spelledOut(s, t)
		}
	}
	if a == nil || step.index < 0 || int(step.index) >= len(a.elems) {
		return whole // an element of an array too large to spell out
	}
	i := int(step.index)
	return a.with(i, m.replaceBelow(a.elems[i], partType(t, step.index), steps[:len(steps)-1], v))
}

// spelledOut returns an unknown struct or small array as its parts, or nil.
func (m *machine) spelledOut(s *symbol, t types.Type) *aggregate {
	if t == nil {
		t = s.typ
	}
	if t == nil {
		return nil
	}
	n := 0
	switch u := t.Underlying().(type) {
	case *types.Struct:
		n = u.NumFields()
	case *types.Array:
		n = int(u.Len())
	}
	if n == 0 || n > largeArray {
		return nil
	}
	elems := make([]value, n)
	for i := range elems {
		if s.kind == symZero {
			elems[i] = m.zero(partType(t, int64(i)))
		} else {
			elems[i] = m.syms.elem(s, int64(i), partType(t, int64(i)))
		}
	}
	return &aggregate{elems}
}
