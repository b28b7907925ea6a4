package explore

import (
	"cmp"
	"reflect"
	"slices"
)

// Two states that differ only in the names of goroutines, objects and
// unknowns have the same future. A canon hashes a state under canonical
// names: goroutines are ordered by what they are about to do, objects and
// unknowns by when they are first come to from there. Garbage has no name
// and doesn't count, so a loop that makes new objects comes back to a state
// seen before. (Heap canonicalisation: Iosif, ASE 2001; symmetry of
// processes: Ip and Dill, FMSD 1996.)
//
// Objects that initialisation made, and those behind parameters and
// variables, have the same name on every path and keep it.
type canon struct {
	m     *machine
	st    *state
	hash  uint64
	gs    []int32 // canonical numbers, by gid; 0: none yet
	names *canonNames
	order []objID // objects whose contents are still to be hashed
	list  []ranked

	ngs, nobjs, nsyms int32
}

// A ranked is a goroutine with its place in an order that doesn't depend on
// names.
type ranked struct {
	g    *goroutine
	rank uint64
}

// digest hashes what the future of a state depends on, and no more: vector
// clocks, the trace and the past of the virtual clock are left out.
func (m *machine) digest(st *state) uint64 {
	c := m.newCanon(st)
	c.goroutines(func(gid) bool { return true })
	for id := range m.roots(st) {
		c.object(id)
	}
	c.value(st.result)
	if st.registered != nil { // what it captured may be known to nobody else
		c.value(st.registered)
		c.mix(flag(st.served))
	}
	c.drain()
	c.facts()
	return c.hash
}

// roots yields the objects whose names are fixed and whose contents aren't
// those from before the entry.
func (m *machine) roots(st *state) func(yield func(objID) bool) {
	return func(yield func(objID) bool) {
		for i, p := range st.pages {
			if p == nil || m.base != nil && i < len(m.base.pages) && m.base.pages[i] == p {
				continue
			}
			for j, o := range p.objs {
				id := objID(i*pageSize + j)
				if o != nil && m.isFixed(id) && !m.unchanged(id, o) && !yield(id) {
					return
				}
			}
		}
	}
}

func (m *machine) unchanged(id objID, o *object) bool {
	return m.base != nil && m.base.object(id) == o
}

// isFixed reports whether an object has the same name on every path that
// makes it.
func (m *machine) isFixed(id objID) bool {
	if id < m.firstOwn {
		return true
	}
	s := m.names.external(id)
	return s != nil && !s.varies
}

func (c *canon) mix(x uint64) { c.hash = mix(c.hash, x) }

// goroutines hashes the members, those first whose next step comes first in
// an order that doesn't depend on names.
func (c *canon) goroutines(member func(gid) bool) {
	list := c.list[:0]
	for _, g := range c.st.gs {
		if g != nil && !g.done && member(g.id) {
			list = append(list, ranked{g, g.shape(c.st.now)})
		}
	}
	slices.SortStableFunc(list, func(a, b ranked) int { return cmp.Compare(a.rank, b.rank) })
	c.list = list
	for _, r := range list {
		c.ngs++
		c.gs[r.g.id] = c.ngs
	}
	for _, r := range list {
		c.mix(r.rank)
		c.goroutine(r.g)
	}
	c.drain()
}

// shape hashes where a goroutine stands, without names of the exploration,
// addresses and positions: the order in which goroutines are hashed, and with
// it the search, is the same in every process.
func (g *goroutine) shape(now int64) uint64 {
	h := uint64(len(g.frames))
	for _, fr := range g.frames {
		h = mix(h, mix(fr.code.name, uint64(fr.block)<<32|uint64(fr.pc)))
	}
	if o := g.op; o != nil {
		h = mix(h, uint64(o.kind))
		h = mix(h, mix(digestString(o.name), uint64(o.n)))
		if o.kind == opSleep {
			h = mix(h, uint64(max(o.wake-now, 0)))
		}
	}
	return h
}

func (c *canon) goroutine(g *goroutine) {
	for i, fr := range g.frames {
		c.mix(address(fr.code.fn))
		for _, r := range fr.live(g.op != nil && !g.op.again || i < len(g.frames)-1) {
			if v := fr.regs[r]; v != nil {
				c.mix(uint64(r))
				c.value(v)
			}
		}
		for _, d := range fr.defers {
			c.mix(uint64(d.call.pos))
			c.values(d.call.args)
			c.values(d.call.bind)
		}
		c.mix(uint64(i)<<2 | flag(fr.unwinding) | flag(fr.recovered)<<1)
	}
	for p := g.panics; p != nil; p = p.next {
		c.mix(flag(p.goexit) | flag(p.recovered)<<1)
	}
	for s := g.served; s != nil; s = s.next {
		c.mix(mix(uint64(s.pos), uint64(s.n)))
	}
	if g.op != nil {
		c.op(g.op)
	}
}

func flag(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

func (c *canon) op(o *op) {
	c.mix(uint64(o.pos))
	c.value(o.ch)
	c.value(o.val)
	c.value(o.on)
	for _, k := range o.cases {
		c.value(k.ch)
		c.value(k.val)
	}
}

// drain hashes the objects that were come to.
func (c *canon) drain() {
	for i := 0; i < len(c.order); i++ { //nolint:intrange // it grows
		id := c.order[i]
		o := c.st.object(id)
		if o == nil || c.m.unchanged(id, o) {
			continue
		}
		c.mix(uint64(i))
		if h := o.digest(); h != 0 {
			c.mix(h)
		} else {
			c.value(o.val)
		}
		for _, s := range o.syncs {
			c.mix(s.path.digest())
			c.sync(s.state)
		}
		for _, side := range c.m.sides[id] {
			c.object(side)
		}
	}
	c.order = c.order[:0]
}

func (c *canon) sync(s *syncState) {
	c.mix(mix(uint64(c.gid(s.holder)), uint64(s.count)))
	for _, list := range [][]gid{s.readers, s.pending, s.tickets, s.woken} {
		c.mix(uint64(len(list)))
		for _, g := range list {
			c.mix(uint64(c.gid(g)))
		}
	}
}

// gid returns the canonical number of a goroutine.
func (c *canon) gid(g gid) int32 {
	if g == none {
		return -1
	}
	if c.gs[g] == 0 {
		c.ngs++
		c.gs[g] = c.ngs
	}
	return c.gs[g]
}

func (c *canon) values(vs []value) {
	for _, v := range vs {
		c.value(v)
	}
}

func (c *canon) value(v value) {
	switch v := v.(type) {
	case pointer:
		c.mix(10)
		c.object(v.obj)
		c.path(v.path)
	case slice:
		c.mix(11)
		c.object(v.base.obj)
		c.path(v.base.path)
		c.mix(mix(mix(uint64(v.off), uint64(v.len)), uint64(v.cap)))
	case *closure:
		c.mix(address(v.fn))
		c.values(v.bind)
	case iface:
		c.mix(uint64(reflect.ValueOf(v.typ).Pointer()))
		c.value(v.val)
	case *aggregate:
		c.values(v.elems)
	case *mapValue:
		c.entries(v.entries)
	case iterator:
		c.mix(uint64(v.next))
		c.entries(v.entries)
	case *channel:
		c.mix(mix(uint64(v.capacity), uint64(len(v.buf))<<2|flag(v.closed)|flag(v.external)<<1))
		c.values(v.buf)
	case *symbol:
		c.mix(c.symbol(v))
	case frameHandle:
		c.mix(17)
	default:
		c.mix(digest(v))
	}
}

func (c *canon) entries(list []entry) {
	c.mix(uint64(len(list)))
	for _, e := range list {
		c.value(e.key)
		c.value(e.val)
	}
}

// path hashes the steps of a path; those with an unknown index by canonical
// names.
func (c *canon) path(p *path) {
	if p == nil || !p.varies {
		c.mix(p.digest())
		return
	}
	c.path(p.parent)
	c.mix(uint64(p.index))
	if p.sym != nil {
		c.mix(c.symbol(p.sym))
	}
}
