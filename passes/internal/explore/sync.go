package explore

// A syncState is the state of a synchronisation object. It lies beside the
// object's value, keyed by path: a copied lock is a fresh unlocked one, and
// overwriting a lock's memory leaves its state alone.
type syncState struct {
	gen     uint64
	holder  gid // writer, or none
	at      *site
	readers []gid
	pending []gid // writers that have announced themselves
	count   int64
	tickets []gid // goroutines in Cond.Wait, oldest first
	woken   []gid
	clock   clock // of releases, for acquirers
	rclock  clock // of read unlocks, for writers
	foreign bool  // belongs to code around the entry too
}

type syncCell struct {
	path  *path
	state *syncState
}

// sync returns the state of a synchronisation object for reading, nil for
// one that was never used.
func (st *state) sync(p pointer) *syncState {
	o := st.object(p.obj)
	if o == nil {
		return nil
	}
	for _, c := range o.syncs {
		if c.path == p.path {
			return c.state
		}
	}
	return nil
}

// syncMutable returns the state of a synchronisation object for writing.
func (m *machine) syncMutable(p pointer) *syncState {
	o := m.st.mutable(p.obj)
	for i, c := range o.syncs {
		if c.path != p.path {
			continue
		}
		if c.state.gen == m.st.gen {
			return c.state
		}
		s := *c.state
		s.gen = m.st.gen
		o.syncs = append([]syncCell(nil), o.syncs...)
		o.syncs[i].state = &s
		return &s
	}
	s := &syncState{gen: m.st.gen, holder: none, foreign: m.foreign(p.obj)}
	o.syncs = append(append([]syncCell(nil), o.syncs...), syncCell{p.path, s})
	return s
}

// foreign reports whether an object comes from outside of the entry.
func (m *machine) foreign(id objID) bool {
	s := m.names.external(id)
	for s != nil && s.kind == symSide {
		p, ok := s.args[0].(pointer)
		if !ok {
			return true
		}
		s = m.names.external(p.obj)
	}
	return s != nil && !m.isOwnGlobal(s)
}

// syncReady reports whether a lock, Wait or Cond.Wait can go on.
func (m *machine) syncReady(st *state, g *goroutine, o *op) bool {
	s := st.sync(o.on)
	if s == nil {
		return o.kind != opPark
	}
	switch o.kind {
	case opLock:
		return s.holder == none && len(s.readers) == 0
	case opRLock:
		return s.holder == none && len(s.pending) == 0
	case opWait:
		return s.count <= 0
	case opPark:
		return contains(s.woken, g.id)
	}
	return true
}

func contains(list []gid, g gid) bool {
	for _, x := range list {
		if x == g {
			return true
		}
	}
	return false
}

// remove returns the list without its first g.
func remove(list []gid, g gid) []gid {
	for i, x := range list {
		if x == g {
			return append(append([]gid(nil), list[:i]...), list[i+1:]...)
		}
	}
	return list
}

func add(list []gid, g gid) []gid { return append(append([]gid(nil), list...), g) }

// doSync does an operation on a synchronisation object that is ready.
func (m *machine) doSync(id gid, o *op) {
	switch o.kind {
	case opLock:
		m.lock(o.on, o.site)
	case opRLock:
		m.rlock(o.on, o.site)
	case opWait:
		if s := m.st.sync(o.on); s != nil {
			m.g.acquire(s.clock)
		}
	case opPark:
		s := m.syncMutable(o.on)
		s.woken = remove(s.woken, id)
		m.g.acquire(s.clock)
	case opSleep:
		m.st.now = max(m.st.now, o.wake)
		if o.idle {
			for _, other := range m.st.gs {
				if other != nil && other.id != id {
					m.g.acquire(m.st.goroutine(other.id).release())
				}
			}
		}
	case opAct:
		v := o.act(m, o)
		if v == nil && o.dst >= 0 && o.typ != nil {
			v = m.fresh(o.typ)
		}
		if m.g.op == o {
			m.finishOp(id, v)
		} else if m.g.op == nil && !m.g.done {
			m.st.queue = append(m.st.queue, id)
		}
		return
	}
	m.complete(id, nil)
}

func (m *machine) lock(p pointer, at *site) {
	s := m.syncMutable(p)
	s.pending = remove(s.pending, m.g.id)
	s.holder, s.at = m.g.id, at
	m.g.acquire(s.clock)
	m.g.acquire(s.rclock)
	m.g.locks = m.g.locks.with(p, false, at)
}

func (m *machine) unlock(p pointer) bool {
	s := m.syncMutable(p)
	if s.holder == none && !s.foreign && !m.heldByCaller(p) {
		m.throwFatal(KindUnlock)
		return false
	}
	m.dropLock(s.holder, p, false)
	s.holder = none
	s.clock = s.clock.join(m.g.release())
	return true
}

// heldByCaller reports whether the code around the entry may hold a lock that
// nobody here has taken: one in a package-level variable.
func (m *machine) heldByCaller(p pointer) bool {
	s := m.names.external(p.obj)
	return m.entry.library && s != nil && m.isOwnGlobal(s)
}

// dropLock takes a lock off the lockset of the goroutine that took it.
func (m *machine) dropLock(holder gid, p pointer, shared bool) {
	if holder != none && holder != m.g.id && m.g.locks.find(p) == nil {
		if g := m.st.gs[holder]; g != nil && g.locks.find(p) != nil {
			g = m.st.goroutine(holder)
			g.locks = g.locks.without(p, shared)
			return
		}
	}
	m.g.locks = m.g.locks.without(p, shared)
}

func (m *machine) rlock(p pointer, at *site) {
	s := m.syncMutable(p)
	s.readers = add(s.readers, m.g.id)
	m.g.acquire(s.clock)
	m.g.locks = m.g.locks.with(p, true, at)
}

func (m *machine) runlock(p pointer) bool {
	s := m.syncMutable(p)
	if len(s.readers) == 0 {
		if !s.foreign && !m.heldByCaller(p) {
			m.throwFatal(KindUnlock)
			return false
		}
		s.rclock = s.rclock.join(m.g.release())
		return true
	}
	holder := m.g.id
	if !contains(s.readers, holder) {
		holder = s.readers[0]
	}
	s.readers = remove(s.readers, holder)
	m.dropLock(holder, p, true)
	s.rclock = s.rclock.join(m.g.release())
	return true
}

// addTo is WaitGroup.Add.
func (m *machine) addTo(p pointer, n int64) {
	s := m.syncMutable(p)
	if s.count == 0 && n > 0 {
		m.record(m.waitWord(p), true, false, accessRound, m.pos())
	}
	s = m.syncMutable(p)
	s.count += n
	if n < 0 {
		s.clock = s.clock.join(m.g.release())
	}
	if s.count < 0 && !s.foreign {
		m.throw(runtimeError("negative WaitGroup counter"), KindNegative)
	}
}

// waitWord is the location on which an Add that starts a round and a Wait
// meet. (The race detector looks only at a Wait that does wait,
// sync/waitgroup.go.)
func (m *machine) waitWord(p pointer) pointer {
	return pointer{p.obj, m.paths.child(p.path, -2, nil)}
}
