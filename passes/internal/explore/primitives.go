package explore

import "go/token"

// The primitives of package sync, as operations of the machine.

func mutexLock(m *machine, inv *invocation, d delivery) {
	if p, ok := m.receiver(inv); ok {
		m.record(p, true, true, accessSync, inv.pos)
		m.rest(&op{kind: opLock, on: p, dst: d.dst, advance: d.advance, pos: inv.pos})
	}
}

// mutexUnlock is no scheduling point: to unlock earlier than others act only
// gives them more freedom. A TryLock that must fail is the exception.
func mutexUnlock(m *machine, inv *invocation, d delivery) {
	m.giveBack("unlock", inv, d, m.unlock)
}

func (m *machine) giveBack(what string, inv *invocation, d delivery, unlock func(pointer) bool) {
	p, ok := m.receiver(inv)
	if !ok {
		return
	}
	if m.st.tries {
		m.act(what, p, inv, d, func(m *machine, o *op) value {
			unlock(p)
			return nil
		})
		return
	}
	m.record(p, true, true, accessSync, inv.pos)
	m.logSync(what, p, inv)
	if unlock(p) {
		m.deliver(d, nil)
	}
}

func mutexTryLock(m *machine, inv *invocation, d delivery) {
	m.try("try to lock", inv, d, m.lock, func(s *syncState) bool { return s.holder == none && len(s.readers) == 0 })
}

// try takes a lock if it is free.
func (m *machine) try(what string, inv *invocation, d delivery, lock func(pointer, *site), free func(*syncState) bool) {
	p, ok := m.receiver(inv)
	if !ok {
		return
	}
	m.st.tries = true
	m.act(what, p, inv, d, func(m *machine, o *op) value {
		if !free(m.syncMutable(p)) {
			m.st.polled = true
			return false
		}
		lock(p, o.site)
		m.g.locks.tried = true // the entry is new
		return true
	})
}

// rwLock announces a writer, after which new readers wait, and then waits
// for the lock. The two steps are separate scheduling points.
func rwLock(m *machine, inv *invocation, d delivery) {
	p, ok := m.receiver(inv)
	if !ok {
		return
	}
	m.record(p, true, true, accessSync, inv.pos)
	m.act("announce", p, inv, d, func(m *machine, o *op) value {
		s := m.syncMutable(p)
		s.pending = add(s.pending, m.g.id)
		m.g.op = nil
		m.rest(&op{kind: opLock, on: p, dst: d.dst, advance: d.advance, pos: inv.pos})
		return nil
	})
	m.g.op.half = true
}

func rwRLock(m *machine, inv *invocation, d delivery) {
	if p, ok := m.receiver(inv); ok {
		m.record(p, true, true, accessSync, inv.pos)
		m.rest(&op{kind: opRLock, on: p, dst: d.dst, advance: d.advance, pos: inv.pos})
	}
}

func rwRUnlock(m *machine, inv *invocation, d delivery) {
	m.giveBack("read-unlock", inv, d, m.runlock)
}

func rwTryRLock(m *machine, inv *invocation, d delivery) {
	m.try("try to read-lock", inv, d, m.rlock, func(s *syncState) bool { return s.holder == none && len(s.pending) == 0 })
}

func waitGroupAdd(m *machine, inv *invocation, d delivery) {
	p, ok := m.receiver(inv)
	if !ok {
		return
	}
	n, known := m.count(inv.args[1])
	if !known { // more than there can be: nobody passes Wait too early
		m.syncMutable(p).foreign = true
		n = unknownCount
	}
	m.st.unawaited = m.st.unawaited || n == 0 && isSymbol(inv.args[1])
	if n <= 0 { // like an unlock
		m.record(p, true, true, accessSync, inv.pos)
		m.threw = false
		m.addTo(p, n)
		if !m.threw && m.live() {
			m.logSync("done", p, inv)
			m.deliver(d, nil)
		}
		m.threw = false
		return
	}
	m.act("add", p, inv, d, func(m *machine, o *op) value {
		m.record(p, true, true, accessSync, inv.pos)
		m.addTo(p, n)
		return nil
	})
	m.g.op.n = n
}

// unknownCount stands for what a WaitGroup is told to wait for when that
// isn't known, nor small.
const unknownCount = 1 << 20

// count settles an unknown count on as many values as an unknown loop runs.
func (m *machine) count(v value) (n int64, known bool) {
	s, ok := v.(*symbol)
	if !ok {
		n, known = v.(int64)
		return n, known
	}
	if _, isOperator := s.tag.(token.Token); isOperator && s.kind == symBinop {
		return 0, false
	}
	for n := range int64(3) {
		if m.decide(m.syms.comparison(token.EQL, s, 2-n)) {
			return 2 - n, true
		}
	}
	return 0, false
}

func waitGroupDone(m *machine, inv *invocation, d delivery) {
	done := *inv
	done.args = []value{inv.args[0], int64(-1)}
	waitGroupAdd(m, &done, d)
}

// waitGroupWait waits. An Add that begins a round must come before it,
// whether or not others have counted yet (documentation of WaitGroup.Add).
func waitGroupWait(m *machine, inv *invocation, d delivery) {
	p, ok := m.receiver(inv)
	if !ok {
		return
	}
	m.record(p, true, true, accessSync, inv.pos)
	m.record(m.waitWord(p), false, false, accessRound, inv.pos)
	m.rest(&op{kind: opWait, on: p, dst: d.dst, advance: d.advance, pos: inv.pos})
}

// condTicket takes a place among those that wait; condPark waits for a call
// of Signal or Broadcast that reaches it. Whether Signal comes before or
// after the ticket matters, so it is a scheduling point.
func condTicket(m *machine, inv *invocation, d delivery) {
	p, ok := m.receiver(inv)
	if !ok {
		return
	}
	m.act("begin to wait", p, inv, d, func(m *machine, o *op) value {
		s := m.syncMutable(p)
		s.tickets = add(s.tickets, m.g.id)
		return nil
	})
	m.g.op.half = true
}

func condPark(m *machine, inv *invocation, d delivery) {
	if p, ok := m.receiver(inv); ok {
		m.rest(&op{kind: opPark, on: p, dst: d.dst, advance: d.advance, pos: inv.pos})
	}
}

func condSignal(m *machine, inv *invocation, d delivery) { m.wake(inv, d, "signal", 1) }

func condBroadcast(m *machine, inv *invocation, d delivery) { m.wake(inv, d, "broadcast", -1) }

func (m *machine) wake(inv *invocation, d delivery, name string, n int) {
	p, ok := m.receiver(inv)
	if !ok {
		return
	}
	m.act(name, p, inv, d, func(m *machine, o *op) value {
		s := m.syncMutable(p)
		for left := n; left != 0 && len(s.tickets) > 0; left-- { // the operation is done once in each schedule
			s.woken = add(s.woken, s.tickets[0])
			s.tickets = remove(s.tickets, s.tickets[0])
		}
		s.clock = s.clock.join(m.g.release())
		return nil
	})
}
