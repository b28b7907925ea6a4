package explore

import "go/token"

// A transition is something that can happen next: goroutine g does its
// operation, with case i of a select, together with a partner's operation
// when the two meet on an unbuffered channel.
type transition struct {
	g       gid
	i       int // case of a select, byDefault, or -1
	partner gid
	j       int // the partner's case
	serve   bool
	cost    int
}

const byDefault = -2

// transitions lists what can happen, by goroutine and case. The list is good
// until the next is made.
func (m *machine) transitions(st *state) []transition {
	list := m.enabling[:0]
	for _, g := range st.gs {
		if g != nil && g.op != nil && !g.done {
			list = m.enabled(st, g, list)
		}
	}
	m.enabling = list
	return list
}

// canAct reports whether something can happen next to a goroutine.
func (m *machine) canAct(st *state, g *goroutine) bool {
	var room [8]transition
	return len(m.enabled(st, g, room[:0])) > 0
}

func (m *machine) enabled(st *state, g *goroutine, list []transition) []transition {
	o := g.op
	one := transition{g: g.id, i: -1, partner: none, j: -1}
	switch o.kind {
	case opSend:
		return m.canSend(st, g, one, o.ch, list)
	case opRecv:
		return m.canReceive(st, g, one, o.ch, list)
	case opSelect:
		return m.canSelect(st, g, one, list)
	case opLock, opRLock, opWait, opPark:
		if !m.syncReady(st, g, o) {
			return list
		}
	}
	return append(list, one)
}

func (m *machine) canSend(st *state, g *goroutine, t transition, ch value, list []transition) []transition {
	_, c := m.channelOf(ch)
	switch {
	case c == nil:
		return list
	case c.closed || !c.external && !c.full():
		return append(list, t)
	case c.external:
		list = m.byEnvironment(g, t, list)
	}
	if c.capacity > 0 {
		return list
	}
	return m.partners(st, g, t, ch, list)
}

func (m *machine) canReceive(st *state, g *goroutine, t transition, ch value, list []transition) []transition {
	_, c := m.channelOf(ch)
	switch {
	case c == nil:
		return list
	case len(c.buf) > 0 || c.closed:
		return append(list, t)
	case c.external:
		list = m.byEnvironment(g, t, list)
	}
	// A meeting is listed once, with the sender; a receiver that selects or
	// a foreign channel needs no second listing either.
	return list
}

// byEnvironment lets code that we don't see take the other side, twice at
// most for each place: a loop that lives on foreign events never blocks.
func (m *machine) byEnvironment(g *goroutine, t transition, list []transition) []transition {
	if g.served.count(m.servedPos(g, t)) < 2 {
		t.serve = true
		list = append(list, t)
	}
	return list
}

// partners lists the goroutines that wait to receive on ch.
func (m *machine) partners(st *state, g *goroutine, t transition, ch value, list []transition) []transition {
	for _, other := range st.gs {
		if other == nil || other == g || other.op == nil || other.done {
			continue
		}
		t.partner = other.id
		switch o := other.op; o.kind {
		case opRecv:
			if o.ch == ch {
				t.j = -1
				list = append(list, t)
			}
		case opSelect:
			for j, c := range o.cases {
				if !c.send && c.ch == ch {
					t.j = j
					list = append(list, t)
				}
			}
		}
	}
	return list
}

func (m *machine) canSelect(st *state, g *goroutine, t transition, list []transition) []transition {
	before := len(list)
	for i, c := range g.op.cases {
		t.i = i
		if c.send {
			list = m.canSend(st, g, t, c.ch, list)
		} else {
			list = m.canReceive(st, g, t, c.ch, list)
		}
	}
	if g.op.block {
		return list
	}
	// The default runs when nothing is ready. A partner that merely waits
	// may be one that has not arrived yet.
	ready := len(list) > before || m.meets(st, g)
	for _, other := range list[before:] {
		if other.partner == none && !other.serve {
			return list
		}
	}
	t.i = byDefault
	if ready {
		t.cost = 1
	}
	return append(list, t)
}

// meets reports whether a receiving case has a sender waiting for it.
func (m *machine) meets(st *state, g *goroutine) bool {
	for _, c := range g.op.cases {
		if c.send {
			continue
		}
		for _, other := range st.gs {
			if other == nil || other == g || other.op == nil {
				continue
			}
			if other.op.kind == opSend && other.op.ch == c.ch {
				return true
			}
		}
	}
	return false
}

func (m *machine) servedPos(g *goroutine, t transition) token.Pos {
	if t.i >= 0 {
		return g.op.cases[t.i].pos
	}
	return g.op.pos
}

// millisecond is the time that authors of tests take to be enough for others
// to get somewhere.
const millisecond = 1_000_000

// fire lets a transition happen.
func (m *machine) fire(t transition) {
	m.enter(t.g)
	o := m.g.op
	if !o.half {
		m.logOp(t)
	}
	m.st.hurried = m.st.hurried || o.kind == opSleep && t.cost > 0 && !m.g.daemon && o.wake-m.st.now >= millisecond
	m.st.early = m.st.early || o.vague && t.cost > 0
	m.st.polled = t.i == byDefault || o.kind == opSleep
	switch {
	case t.serve:
		m.serve(t, o)
	case t.partner != none:
		m.meet(t, o)
	case t.i == byDefault:
		m.complete(t.g, m.selected(o, -1, nil, false))
	case o.kind == opSend:
		m.doSend(t.g, o, o.ch, o.val, nil)
	case o.kind == opRecv:
		v, ok := m.doReceive(o, o.ch)
		m.complete(t.g, o.received(v, ok))
	case o.kind == opSelect:
		m.doCase(t, o)
	case o.kind == opClose:
		m.closeChannel(o)
		m.finishOp(t.g, nil)
	default:
		m.doSync(t.g, o)
	}
}

// enter makes g the goroutine that the machine works on.
func (m *machine) enter(g gid) {
	m.g = m.st.goroutine(g)
	m.fr = m.g.top()
	m.threw = false
}

// finishOp completes the operation unless it panicked.
func (m *machine) finishOp(g gid, v value) {
	if !m.live() {
		return
	}
	if m.threw {
		m.threw = false
		m.g.op = nil
		if !m.g.done {
			m.st.queue = append(m.st.queue, g)
		}
		return
	}
	m.complete(g, v)
}

func (m *machine) doCase(t transition, o *op) {
	c := o.cases[t.i]
	if c.send {
		m.doSend(t.g, o, c.ch, c.val, func() value { return m.selected(o, t.i, nil, false) })
		return
	}
	v, ok := m.doReceive(o, c.ch)
	m.complete(t.g, m.selected(o, t.i, v, ok))
}

func (m *machine) doSend(g gid, o *op, ch, v value, result func() value) {
	p, c := m.channelOf(ch)
	m.record(p, false, false, accessSync, o.pos)
	if c.closed {
		m.blameAlso = c.closedAt
		m.throw(runtimeError("send on closed channel"), KindSendClosed)
		m.finishOp(g, nil)
		return
	}
	m.pushInto(p, c, v)
	var r value
	if result != nil {
		r = result()
	}
	m.complete(g, r)
}

func (m *machine) doReceive(o *op, ch value) (value, bool) {
	p, c := m.channelOf(ch)
	if len(c.buf) > 0 {
		return m.popFrom(p, c), true
	}
	m.g.acquire(c.closing)
	if c.elem == nil {
		return m.fresh(nil), false
	}
	return m.zero(c.elem), false
}

// meet hands a value from a sender to a receiver without a buffer.
func (m *machine) meet(t transition, o *op) {
	ch, v := o.ch, o.val
	if t.i >= 0 {
		ch, v = o.cases[t.i].ch, o.cases[t.i].val
	}
	p, _ := m.channelOf(ch)
	m.record(p, false, false, accessSync, o.pos)
	other := m.st.gs[t.partner].op
	m.rendezvous(t.g, t.partner)
	var r value
	if t.i >= 0 {
		r = m.selected(o, t.i, nil, false)
	}
	m.complete(t.g, r)
	m.enter(t.partner)
	if t.j >= 0 {
		m.complete(t.partner, m.selected(other, t.j, v, true))
	} else {
		m.complete(t.partner, other.received(v, true))
	}
}

// serve lets the environment take the other side of a channel operation.
func (m *machine) serve(t transition, o *op) {
	pos := m.servedPos(m.g, t)
	m.g.served = &servedSite{m.g.served, pos, m.g.served.count(pos) + 1, m.servedBy(m.g, t)}
	m.decided(m.st, nil, true)
	m.st.decisions.free = o.kind != opSelect
	switch {
	case o.kind == opSend:
		m.escape(o.val) // whoever receives it may use it
		m.complete(t.g, nil)
	case o.kind == opRecv:
		m.seenDone(o.ch)
		typ := o.typ
		if o.commaOk {
			m.complete(t.g, m.fresh(typ))
			return
		}
		m.complete(t.g, m.fresh(typ))
	case o.cases[t.i].send:
		m.escape(o.cases[t.i].val)
		m.complete(t.g, m.selected(o, t.i, nil, false))
	default:
		m.seenDone(o.cases[t.i].ch)
		_, c := m.channelOf(o.cases[t.i].ch)
		v := m.fresh(c.elem)
		m.complete(t.g, m.selected(o, t.i, v, true))
	}
}
