package explore

import (
	"go/types"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// contract records what a library function that isn't modelled is known to
// do with the memory it is given: a Reader writes its buffer, a Writer and
// functions over bytes read theirs, sorting writes, an encoder reads what it is
// given, a decoder writes it.
func (m *machine) contract(inv *invocation) {
	fn := inv.method
	if inv.fn != nil {
		fn = declared(inv.fn)
	}
	if fn == nil {
		return
	}
	if i := model.Encodes(fn); i >= 0 && i < len(inv.args) {
		m.encode(inv.args[i], fn.Signature().Params().At(0).Type(), 0)
		return
	}
	if i := model.Decodes(fn); i >= 0 && i < len(inv.args) {
		m.decode(inv.args[i:])
		return
	}
	effect := model.OnSlices(fn)
	if effect == model.Untouched {
		return
	}
	for _, arg := range inv.args {
		if i, ok := arg.(iface); ok {
			arg = i.val
		}
		if s, ok := arg.(slice); ok {
			m.touch(s, effect == model.Written)
		}
	}
}

// syncPoint is a scheduling point that is ordered with all others on its
// object.
func syncPoint(m *machine, inv *invocation, d delivery) {
	p, ok := m.receiver(inv)
	if !ok {
		return
	}
	m.act("use", p, inv, d, func(m *machine, o *op) value {
		s := m.syncMutable(p)
		m.g.acquire(s.clock)
		s.clock = m.g.release()
		return nil
	})
}

// stateOf returns the state that lies beside a value, of the type of a nil
// pointer.
func stateOf(m *machine, inv *invocation, d delivery) {
	p, ok := m.receiver(inv)
	like, isIface := inv.args[1].(iface)
	if !ok || !isIface {
		m.abandon("bad state")
		return
	}
	elem := like.typ.Underlying().(*types.Pointer).Elem()
	m.deliver(d, iface{like.typ, m.sideOf(p, elem)})
}

// likeArgument makes an unknown value, not nil, of the type of what the
// argument points to or is.
func likeArgument(m *machine, inv *invocation, d delivery) {
	t := types.Type(types.Typ[types.Invalid])
	switch v := inv.args[0].(type) {
	case *symbol:
		t = v.typ
	case pointer:
		if o := m.st.object(v.obj); o != nil && o.typ != nil {
			t = types.NewPointer(o.typ)
		}
	}
	s := m.fresh(t)
	m.assumeNonNil(s)
	m.deliver(d, s)
}

// makeForeign says that others use a channel too.
func makeForeign(m *machine, inv *invocation, d delivery) {
	if p, c := m.channelOf(inv.args[0]); c != nil {
		next := *c
		next.external = true
		m.st.mutable(p.obj).val = &next
		m.escape(p)
	}
	m.deliver(d, nil)
}

// acquireAccesses orders the running goroutine after all accesses so far of
// what the argument points to: it has become unreachable.
func acquireAccesses(m *machine, inv *invocation, d delivery) {
	if p, ok := m.receiver(inv); ok {
		if o := m.st.object(p.obj); o != nil && o.shadow != nil {
			for _, c := range o.shadow.cells {
				for _, a := range append([]*access{c.write}, c.reads...) {
					if a != nil {
						past := make(clock, a.g+1)
						past[a.g] = a.epoch
						m.g.acquire(past)
					}
				}
			}
		}
		m.deliver(d, nil)
	}
}

// readAt and writeAt are a library's read and write of a variable, on its
// caller's account.
func readAt(m *machine, inv *invocation, d delivery) {
	p, ok := m.receiver(inv)
	if !ok {
		return
	}
	m.onBehalf++
	m.record(p, false, false, accessPlain, m.pos())
	m.onBehalf--
	m.deliver(d, m.load(p, nil))
}

func writeAt(m *machine, inv *invocation, d delivery) {
	p, ok := m.receiver(inv)
	if !ok {
		return
	}
	m.onBehalf++
	m.record(p, true, false, accessPlain, m.pos())
	m.onBehalf--
	m.store(p, inv.args[1])
	m.deliver(d, nil)
}

func (m *machine) touchFor(inv *invocation, d delivery, write bool) {
	if s, ok := inv.args[0].(slice); ok {
		m.onBehalf++
		m.touch(s, write)
		m.onBehalf--
	}
	m.deliver(d, nil)
}

// keepAlive counts as an access, after which a finalizer may run.
func keepAlive(m *machine, inv *invocation, d delivery) {
	if p, ok := bare(inv.args[0]).(pointer); ok {
		m.record(p, false, false, accessPlain, inv.pos)
	}
	m.deliver(d, nil)
}

// offer puts a value into the buffer of a channel unless it is full: what a
// timer does when it fires, in one step.
func offer(m *machine, inv *invocation, d delivery) {
	if p, c := m.channelOf(bare(inv.args[0])); c != nil && !c.full() {
		m.pushInto(p, c, bare(inv.args[1]))
	}
	m.deliver(d, nil)
}

// drain empties the buffer of a channel and reports whether it held a value.
func drain(m *machine, inv *invocation, d delivery) {
	held := false
	if p, c := m.channelOf(bare(inv.args[0])); c != nil && len(c.buf) > 0 {
		held = true
		next := *c
		next.buf = nil
		m.st.mutable(p.obj).val = &next
	}
	m.deliver(d, held)
}

// shut closes a channel unless it is closed, and reports whether it was open,
// in one step.
func shut(m *machine, inv *invocation, d delivery) {
	p, c := m.channelOf(bare(inv.args[0]))
	if c == nil {
		m.abandon("bad channel")
		return
	}
	m.act("close", p, inv, d, func(m *machine, o *op) value {
		if _, c := m.channelOf(p); c.closed {
			m.g.acquire(c.closing)
			return false
		}
		m.closeChannel(o)
		return true
	})
	m.g.op.ch = p
}

// bare takes a value out of its interface.
func bare(v value) value {
	if i, ok := v.(iface); ok {
		return i.val
	}
	return v
}
