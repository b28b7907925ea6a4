package explore

// canonNames are the canonical names of objects and unknowns. The tables are
// as large as the whole exploration and serve one canon after the other: an
// entry of an earlier round counts for nothing.
type canonNames struct {
	round uint32
	objs  []canonObject
	syms  []canonSymbol
}

type canonObject struct {
	round uint32
	n     int32 // -1: has a name already, 0: none yet
}

type canonSymbol struct {
	round uint32
	gone  bool // some unknown in it was not come to
	hash  uint64
}

func (t *canonNames) object(id objID) *canonObject {
	o := &t.objs[id]
	if o.round != t.round {
		*o = canonObject{round: t.round}
	}
	return o
}

func (t *canonNames) symbol(s *symbol) *canonSymbol {
	e := &t.syms[s.id]
	if e.round != t.round {
		*e = canonSymbol{round: t.round}
	}
	return e
}

// newCanon empties the canon for a state. One state is hashed at a time.
func (m *machine) newCanon(st *state) *canon {
	t := &m.canonical
	t.round++
	if n := len(m.names.list) + 1; n > len(t.objs) {
		t.objs = append(t.objs, make([]canonObject, n+n/2-len(t.objs))...)
	}
	if n := len(m.syms.all); n > len(t.syms) {
		t.syms = append(t.syms, make([]canonSymbol, n+n/2-len(t.syms))...)
	}
	c := &m.hashed
	*c = canon{m: m, st: st, gs: append(c.gs[:0], make([]int32, len(st.gs))...), names: t, order: c.order[:0], list: c.list[:0]}
	return c
}

// object hashes a reference to an object.
func (c *canon) object(id objID) {
	if id <= 0 || int(id) >= len(c.names.objs) {
		c.mix(0)
		return
	}
	if s := c.m.names.external(id); s != nil && s.varies {
		c.mix(c.symbol(s))
		return
	}
	name := c.names.object(id)
	if name.n == 0 {
		c.order = append(c.order, id)
		name.n = -1
		if !c.m.isFixed(id) {
			c.nobjs++
			name.n = c.nobjs
		}
	}
	if name.n > 0 {
		c.mix(uint64(name.n))
	} else {
		c.mix(uint64(id) << 32)
	}
}

// symbol returns the canonical hash of an unknown, and comes to what it
// refers to.
func (c *canon) symbol(s *symbol) uint64 {
	if h := c.names.symbol(s).hash; h != 0 {
		return h
	}
	h := s.hash
	switch {
	case s.varies && len(s.args) == 0:
		c.nsyms++
		h = mix(s.family, uint64(c.nsyms))
	case s.varies:
		whole := c.hash
		c.hash = s.family
		c.values(s.args)
		h, c.hash = c.hash, whole
	}
	h |= 1
	c.names.symbol(s).hash = h
	if s.obj != 0 {
		if name := c.names.object(s.obj); name.n == 0 {
			name.n = -1
			c.order = append(c.order, s.obj)
		}
	}
	return h
}

// facts adds what is assumed of the unknowns that the state still holds.
func (c *canon) facts() {
	f := c.st.facts
	if f == nil {
		return
	}
	sum := f.fixed
	for ; f != nil; f = f.varying {
		if f.cond.varies && c.alive(f.cond) {
			sum += mix(c.symbol(f.cond), flag(f.truth))
		}
	}
	c.mix(sum)
}

// alive reports whether all unknowns in an expression were come to. An
// expression may hold another many times, so what isn't alive is remembered;
// what is alive is given its hash.
func (c *canon) alive(v value) bool {
	s, ok := v.(*symbol)
	if !ok || !s.varies || c.names.symbol(s).hash != 0 {
		return true
	}
	if c.names.symbol(s).gone {
		return false
	}
	alive := len(s.args) > 0
	for _, arg := range s.args {
		alive = alive && c.alive(arg)
	}
	if alive {
		c.symbol(s)
	} else {
		c.names.symbol(s).gone = true
	}
	return alive
}
