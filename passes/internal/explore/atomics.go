package explore

import (
	"go/token"
	"go/types"
	"strings"
)

// addAtomics adds package sync/atomic: functions, and methods of its types.
// All are visible operations, sequentially consistent, and synchronise.
func addAtomics(table map[string]native) {
	kinds := map[string]func(typed bool) native{
		"Load": atomicLoad, "Store": atomicStore, "Swap": atomicSwap,
		"CompareAndSwap": atomicCompareAndSwap,
		"Add":            func(typed bool) native { return atomicUpdate(typed, "Add") },
		"And":            func(typed bool) native { return atomicUpdate(typed, "And") },
		"Or":             func(typed bool) native { return atomicUpdate(typed, "Or") },
	}
	for name, makeNative := range kinds {
		for _, t := range strings.Fields("Int32 Int64 Uint32 Uint64 Uintptr Pointer") {
			table["sync/atomic."+name+t] = makeNative(false)
		}
		for _, t := range strings.Fields("Bool Int32 Int64 Uint32 Uint64 Uintptr Pointer Value") {
			table["(sync/atomic."+t+")."+name] = makeNative(true)
		}
		for _, t := range strings.Fields("Bool Int32 Int64 Uint32 Uint64 Uintptr") {
			table["(go.uber.org/atomic."+t+")."+name] = makeNative(true)
		}
	}
	for _, t := range strings.Fields("Bool Int32 Int64 Uint32 Uint64 Uintptr") {
		table["(go.uber.org/atomic."+t+").CAS"] = atomicCompareAndSwap(true)
	}
}

// atomicWord returns the memory that an atomic operation works on: for the
// types of the package the last field, and of go.uber.org/atomic the last field
// of one of these.
func (m *machine) atomicWord(inv *invocation, typed bool) (pointer, types.Type, bool) {
	p, ok := m.receiver(inv)
	if !ok || !typed {
		if ok && inv.sig.Params().Len() > 0 {
			if pt, isPtr := inv.sig.Params().At(0).Type().Underlying().(*types.Pointer); isPtr {
				return p, pt.Elem(), ok
			}
		}
		return p, nil, ok
	}
	recv := inv.fn.Signature.Recv().Type().Underlying().(*types.Pointer).Elem()
	var word types.Type
	for {
		st, isStruct := recv.Underlying().(*types.Struct)
		if !isStruct || st.NumFields() == 0 {
			return p, word, true
		}
		last := st.NumFields() - 1
		p = pointer{p.obj, m.paths.child(p.path, int64(last), nil)}
		recv = st.Field(last).Type()
		word = recv
	}
}

// atomicRead loads a word as a value of the result type: Bool and Pointer
// keep their zero value in another form.
func (m *machine) atomicRead(p pointer, t types.Type) value {
	v := m.load(p, t)
	if n, ok := v.(int64); ok && t != nil {
		if b, ok := t.Underlying().(*types.Basic); ok && b.Info()&types.IsBoolean != 0 {
			return n != 0
		}
	}
	return v
}

func firstResult(inv *invocation) types.Type {
	if r := inv.sig.Results(); r.Len() > 0 {
		return r.At(0).Type()
	}
	return nil
}

func atomicLoad(typed bool) native {
	return func(m *machine, inv *invocation, d delivery) {
		p, _, ok := m.atomicWord(inv, typed)
		if !ok {
			return
		}
		m.act("atomic load", p, inv, d, func(m *machine, o *op) value {
			m.record(p, false, true, accessPlain, inv.pos)
			if s := m.st.sync(p); s != nil {
				m.g.acquire(s.clock)
			}
			return m.atomicRead(p, firstResult(inv))
		})
	}
}

func atomicStore(typed bool) native {
	return func(m *machine, inv *invocation, d delivery) {
		p, _, ok := m.atomicWord(inv, typed)
		if !ok {
			return
		}
		v := inv.args[1]
		m.actOn("atomic store", p, v, inv, d, func(m *machine, o *op) value {
			m.record(p, true, true, accessPlain, inv.pos)
			m.syncMutable(p).clock = m.g.release()
			m.store(p, v)
			return nil
		})
	}
}

// readModifyWrite is an operation that acquires and releases.
func (m *machine) readModifyWrite(p pointer, inv *invocation) {
	m.record(p, true, true, accessPlain, inv.pos)
	s := m.syncMutable(p)
	m.g.acquire(s.clock)
	s.clock = m.g.release()
}

func atomicSwap(typed bool) native {
	return func(m *machine, inv *invocation, d delivery) {
		p, _, ok := m.atomicWord(inv, typed)
		if !ok {
			return
		}
		v := inv.args[1]
		m.actOn("atomic swap", p, v, inv, d, func(m *machine, o *op) value {
			m.readModifyWrite(p, inv)
			old := m.atomicRead(p, firstResult(inv))
			m.store(p, v)
			return old
		})
	}
}

func atomicUpdate(typed bool, name string) native {
	return func(m *machine, inv *invocation, d delivery) {
		p, t, ok := m.atomicWord(inv, typed)
		if !ok {
			return
		}
		delta := inv.args[1]
		m.actOn("atomic "+strings.ToLower(name), p, delta, inv, d, func(m *machine, o *op) value {
			m.readModifyWrite(p, inv)
			old := m.load(p, t)
			v, result := m.updated(name, old, delta, firstResult(inv))
			m.store(p, v)
			return result
		})
	}
}

// updated returns the new value of a word and the result of the operation:
// Add returns the new value, And and Or the old one.
func (m *machine) updated(name string, old, delta value, t types.Type) (v, result value) {
	a, ok1 := old.(int64)
	b, ok2 := delta.(int64)
	if !ok1 || !ok2 {
		if name == "Add" {
			v = m.symbolicOp(token.ADD, old, delta, t)
			return v, v
		}
		return m.fresh(t), old
	}
	switch name {
	case "Add":
		n := a + b
		if t != nil {
			n = wrap(n, t)
		}
		return n, n
	case "And":
		return a & b, a
	}
	return a | b, a
}

func atomicCompareAndSwap(typed bool) native {
	return func(m *machine, inv *invocation, d delivery) {
		p, t, ok := m.atomicWord(inv, typed)
		if !ok {
			return
		}
		old, v := inv.args[1], inv.args[2]
		m.actOn("compare and swap", p, v, inv, d, func(m *machine, o *op) value {
			now := m.atomicRead(p, inv.sig.Params().At(inv.sig.Params().Len()-1).Type())
			equal, known := same(now, old)
			if !known {
				_ = t
				equal = m.decideLater(m.syms.comparison(eql, now, old))
			}
			if !equal {
				m.record(p, false, true, accessPlain, inv.pos)
				m.g.acquire(m.syncMutable(p).clock)
				return false
			}
			m.readModifyWrite(p, inv)
			m.store(p, v)
			return true
		})
	}
}

// actOn is act with an operand that tells states apart.
func (m *machine) actOn(name string, on pointer, operand value, inv *invocation, d delivery, f func(m *machine, o *op) value) {
	m.rest(&op{kind: opAct, name: name, on: on, val: operand, act: f, dst: d.dst, advance: d.advance, pos: inv.pos, typ: inv.result})
}

// decideLater settles a condition in the middle of a visible operation,
// where no fork is possible: the answer is assumed.
func (m *machine) decideLater(c *symbol) bool {
	truth, known := m.st.facts.decide(c)
	if !known {
		truth = true
		m.assume(c, truth)
	}
	return truth
}
