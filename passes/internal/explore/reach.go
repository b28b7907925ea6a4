package explore

import "golang.org/x/tools/go/ssa"

// marks is the set of objects that something can reach.
type marks struct {
	m    *machine
	st   *state
	seen bitset                 // objects
	syms bitset                 // symbols: an expression may hold another many times
	code map[*ssa.Function]bool // functions met on the way, if wanted

	gr *grouping // whom the walk is a part of, if it is
	by gid       // the goroutine that it is for
}

func (m *machine) newMarks(st *state) *marks {
	return &marks{m: m, st: st, seen: newBits(len(m.names.list) + 1)}
}

// again empties a set that served before: states are grouped so often that
// the room for sets would be most of what exploration allocates.
func (k *marks) again(m *machine, st *state) *marks {
	if n := (len(m.names.list) + 64) / 64; n > len(k.seen) {
		k.seen = newBits(64 * n)
	}
	k.m, k.st, k.gr = m, st, nil
	clear(k.seen)
	clear(k.syms)
	clear(k.code)
	return k
}

func (k *marks) has(p pointer) bool { return k.hasObject(p.obj) }

func (k *marks) hasObject(id objID) bool {
	return int(id) < 64*len(k.seen) && k.seen.has(int32(id))
}

func (k *marks) object(id objID) {
	if id == 0 || int(id) >= 64*len(k.seen) || k.seen.has(int32(id)) {
		return
	}
	k.seen.add(int32(id))
	if k.gr != nil && !k.m.sharingIsNothing(k.st, id) && !k.gr.meet(k.by, id) {
		return
	}
	if o := k.st.object(id); o != nil {
		k.value(o.val)
	}
	for _, side := range k.m.sides[id] {
		k.object(side)
	}
}

func (k *marks) value(v value) {
	switch v := v.(type) {
	case pointer:
		k.object(v.obj)
	case slice:
		k.object(v.base.obj)
	case *closure:
		if k.code != nil {
			k.code[v.fn] = true
		}
		k.values(v.bind)
	case iface:
		k.value(v.val)
	case *aggregate:
		k.values(v.elems)
	case *mapValue:
		for _, e := range v.entries {
			k.value(e.key)
			k.value(e.val)
		}
	case iterator:
		for _, e := range v.entries {
			k.value(e.key)
			k.value(e.val)
		}
	case *channel:
		k.values(v.buf)
	case *symbol:
		if int(v.id) >= 64*len(k.syms) {
			k.syms = append(k.syms, newBits(len(k.m.syms.all)-64*len(k.syms))...)
		}
		if k.syms.has(v.id) {
			return
		}
		k.syms.add(v.id)
		k.object(v.obj)
		k.values(v.args)
	}
}

func (k *marks) values(vs []value) {
	for _, v := range vs {
		k.value(v)
	}
}

// goroutine marks what a goroutine can reach by going on.
func (k *marks) goroutine(g *goroutine) {
	for i, fr := range g.frames {
		for _, i := range fr.live(g.op != nil && !g.op.again || i < len(g.frames)-1) {
			k.value(fr.regs[i])
		}
		for _, d := range fr.defers {
			k.values(d.call.args)
			k.values(d.call.bind)
		}
	}
	if o := g.op; o != nil {
		k.value(o.ch)
		k.value(o.val)
		k.object(o.on.obj)
		for _, c := range o.cases {
			k.value(c.ch)
			k.value(c.val)
		}
	}
}

// reachOf marks what a goroutine can come to, package-level variables that
// its code mentions included.
func (m *machine) reachOf(st *state, g *goroutine) *marks {
	k := m.newMarks(st)
	k.all(g)
	return k
}

func (k *marks) all(g *goroutine) {
	if k.code == nil {
		k.code = make(map[*ssa.Function]bool)
	}
	k.goroutine(g)
	for _, fr := range g.frames {
		k.code[fr.code.fn] = true
	}
	k.m.markGlobals(k)
}

// outside marks what code around the exploration can reach: package-level
// variables, objects that came from elsewhere or were given away, and what
// the entry returned.
func (k *marks) outside(globals bool) {
	for id := 1; id < len(k.m.names.list); id++ {
		o := k.st.object(objID(id))
		if o == nil || !o.escaped {
			continue
		}
		sym := k.m.names.external(objID(id))
		if sym != nil && k.m.isOwnGlobal(sym) && !globals {
			continue
		}
		k.object(objID(id))
	}
	k.value(k.st.result)
	if k.st.registered != nil { // clients will call it
		k.value(k.st.registered)
	}
}
