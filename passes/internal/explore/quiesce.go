package explore

// quiescent looks at a state in which nobody can move, those who sleep
// aside, and reports the goroutines that nobody will ever wake.
//
// A blocked goroutine may be woken if something that can still act reaches
// what it waits for: the definition of the runtime's goroutine-leak profile
// (runtime/mgc.go, finding leaked goroutines), which starts from runnable
// goroutines and globals and adds goroutines as they become wakeable. For a
// lock whose holder is known the holder must be able to act. When nothing at
// all can act, not even code after the entry, globals don't help.
func (m *machine) quiescent(st *state) {
	if st.truncated != "" {
		return
	}
	live := m.liveSet(st, true)
	var stuck []*goroutine
	for _, g := range st.gs {
		if g != nil && !g.done && g.op != nil && !live[g.id] && !g.daemon && !g.meantToBlock() {
			stuck = append(stuck, g)
		}
	}
	if len(stuck) > 0 {
		m.blame(st, stuck)
	}
	m.endless(st)
}

// meantToBlock recognises the select {} at the end of a main function or of
// one that serves.
func (g *goroutine) meantToBlock() bool {
	return g.id == 0 && g.op.kind == opSelect && len(g.op.cases) == 0
}

// liveSet returns the goroutines that can act or may be woken, by timers too
// if they count.
func (m *machine) liveSet(st *state, timers bool) []bool {
	live := make([]bool, len(st.gs))
	k := m.newMarks(st)
	acting := false
	for _, g := range st.gs {
		if g != nil && g.op != nil && !g.done && (timers || !g.timer) && m.canAct(st, g) {
			live[g.id] = true
			acting = acting || !g.daemon
			k.goroutine(g)
		}
	}
	entry := st.gs[0]
	k.outside(acting || entry.done || m.entry.library)
	for changed := true; changed; {
		changed = false
		for _, g := range st.gs {
			if g == nil || g.done || g.op == nil || live[g.id] || g.timer && !timers || !m.wakeable(st, g, live, k) || m.deserted(st, g) {
				continue
			}
			live[g.id], changed = true, true
			k.goroutine(g)
		}
	}
	return live
}

// wakeable reports whether the operation that g is blocked at can be enabled
// by what is live or reachable.
func (m *machine) wakeable(st *state, g *goroutine, live []bool, k *marks) bool {
	o := g.op
	switch o.kind {
	case opSend, opRecv:
		return m.servable(o.ch, k)
	case opSelect:
		for _, c := range o.cases {
			if m.servable(c.ch, k) {
				return true
			}
		}
		return false
	case opLock, opRLock:
		blockers := m.blockers(st, g)
		if len(blockers) == 0 {
			return true
		}
		for _, b := range blockers {
			if b == g.id {
				return false
			}
		}
		for _, b := range blockers {
			if h := st.gs[b]; !live[b] && !(h.done && k.has(o.on)) {
				return false
			}
		}
		return true
	case opWait, opPark:
		s := st.sync(o.on)
		return k.has(o.on) || s != nil && s.foreign
	}
	return true
}

func (m *machine) servable(ch value, k *marks) bool {
	p, c := m.channelOf(ch)
	return c != nil && (c.external || k.has(p))
}

// blockers returns the goroutines that must act before g gets its lock.
func (m *machine) blockers(st *state, g *goroutine) []gid {
	s := st.sync(g.op.on)
	if s == nil {
		return nil
	}
	if s.holder != none {
		return []gid{s.holder}
	}
	if g.op.kind == opLock {
		return s.readers
	}
	return s.pending
}
