package explore

import "go/token"

// An access is a read or write of a location, as the shadow of the location
// remembers it.
type access struct {
	g      gid
	epoch  uint32
	write  bool
	atomic bool
	what   accessKind
	pos    token.Pos
	site   *site
	locks  *lockset
	spawn  *site
	event  *event
	racer  racer

	clock   clock // the goroutine's, then
	decided int32 // answers assumed until then
}

type accessKind uint8

const (
	accessPlain accessKind = iota
	accessMap              // the structure of a map
	accessSync             // memory of a synchronisation object
	accessRound            // a round of a WaitGroup begins (write), or is waited for (read)
)

// A shadow holds, for each part of an object that was accessed, the last
// write and the reads since that no later read has replaced (FastTrack's
// adaptive representation, with the full list where one epoch isn't enough).
type shadow struct {
	gen   uint64
	cells []shadowCell
	last  int // where the cell of the last access stands
}

// maxCells is how many parts of one object are told apart.
const maxCells = 256

type shadowCell struct {
	path  *path
	write *access
	reads []*access // immutable
}

// forgetAccesses begins anew with what is known of accesses.
func (st *state) forgetAccesses() {
	for i, p := range st.pages {
		if p == nil {
			continue
		}
		for j, o := range p.objs {
			if o != nil && o.shadow != nil {
				st.mutable(objID(i*pageSize + j)).shadow = nil
			}
		}
	}
}

func (st *state) shadowOf(o *object) *shadow {
	switch {
	case o.shadow == nil:
		o.shadow = &shadow{gen: st.gen}
	case o.shadow.gen != st.gen:
		o.shadow = &shadow{gen: st.gen, cells: append([]shadowCell(nil), o.shadow.cells...), last: o.shadow.last}
	}
	return o.shadow
}

// record notes an access of the running goroutine and reports the races it
// takes part in. Code of the models is trusted and leaves no trace.
func (m *machine) record(p pointer, write, atomic bool, what accessKind, pos token.Pos) {
	o := m.st.object(p.obj)
	if o == nil || !o.tracked || m.inModel() {
		return
	}
	if o.gen != m.st.gen {
		hash := o.hash
		o = m.st.mutable(p.obj)
		o.hash = hash // shadows aren't hashed
	}
	g := m.g
	s := m.st.shadowOf(o)
	epoch := g.clock.at(g.id)
	own := -1
	if s.last < len(s.cells) && s.cells[s.last].path == p.path {
		own = s.last
	}
	m.steps += len(s.cells) / 16
	if len(s.cells) > 1 || own < 0 || s.cells[own].contended(g.id) {
		for i := range s.cells {
			c := &s.cells[i]
			if c.path == p.path {
				own = i
			} else if !overlaps(c.path, p.path) {
				continue
			}
			m.check(p, c, write, atomic, what, pos)
		}
	}
	if own < 0 {
		if own = len(s.cells); own >= maxCells {
			return
		}
		s.cells = append(s.cells, shadowCell{path: p.path})
	}
	s.last = own
	c := &s.cells[own]
	if c.knows(g.id, epoch, write, atomic, pos) {
		return
	}
	a := m.newAccess(epoch, write, atomic, what, pos)
	if write {
		c.write = a
		if !atomic {
			c.reads = nil
		}
		return
	}
	c.addRead(a, g.clock)
}

// newAccess describes an access of the running goroutine, in terms of the
// user's code: that of a wrapper is its caller's.
func (m *machine) newAccess(epoch uint32, write, atomic bool, what accessKind, pos token.Pos) *access {
	a := &access{g: m.g.id, epoch: epoch, write: write, atomic: atomic, what: what, pos: pos,
		site: m.siteAt(pos), locks: m.g.locks, spawn: m.g.spawn, event: m.st.trace,
		racer: racer{m.g.id, m.g.informed, m.g.hooked, m.g.calls, m.g.served}, clock: m.g.clock, decided: m.st.decisions.count()}
	if a.site != nil {
		a.pos = a.site.pos
	}
	return a
}

// contended reports whether another goroutine than g was here.
func (c *shadowCell) contended(g gid) bool {
	if c.write != nil && c.write.g != g {
		return true
	}
	for _, r := range c.reads {
		if r.g != g {
			return true
		}
	}
	return false
}

// knows reports whether recording the access would change nothing.
func (c *shadowCell) knows(g gid, epoch uint32, write, atomic bool, pos token.Pos) bool {
	if c.write != nil && c.write.g == g && c.write.epoch == epoch && c.write.atomic == atomic {
		return len(c.reads) == 0 || !write
	}
	if write {
		return false
	}
	for _, r := range c.reads {
		if r.g == g && r.epoch == epoch && r.atomic == atomic {
			return true
		}
	}
	return false
}

func (c *shadowCell) addRead(a *access, now clock) {
	reads := make([]*access, 0, len(c.reads)+1)
	for _, r := range c.reads {
		if r.epoch > now.at(r.g) || r.atomic != a.atomic { // not ordered before the new one
			reads = append(reads, r)
		}
	}
	reads = append(reads, a)
	c.reads = reads
}

// check compares an access with what a cell remembers.
func (m *machine) check(p pointer, c *shadowCell, write, atomic bool, what accessKind, pos token.Pos) {
	now := m.g.clock
	racy := func(a *access) bool {
		if a == nil || a.g == m.g.id || a.epoch <= now.at(a.g) || a.atomic && atomic {
			return false
		}
		if a.what == accessRound || what == accessRound { // these meet each other only
			return a.what == what && a.write != write
		}
		return true
	}
	if racy(c.write) {
		m.foundRace(p, c.write, write, atomic, what, pos)
	}
	if write {
		for _, r := range c.reads {
			if racy(r) {
				m.foundRace(p, r, write, atomic, what, pos)
			}
		}
	}
}

func (m *machine) foundRace(p pointer, first *access, write, atomic bool, what accessKind, pos token.Pos) {
	second := m.newAccess(m.g.clock.at(m.g.id), write, atomic, what, pos)
	if m.names.external(p.obj) != nil && m.sharesClass(first.locks, second.locks) {
		return // two names, perhaps one object and one lock
	}
	if m.tells(first, second) || m.tells(second, first) {
		return
	}
	m.reportRace(p, first, second)
}

// acquire makes what clock c knows known to the running goroutine.
func (g *goroutine) acquire(c clock) { g.clock = g.clock.join(c) }

// release returns the clock that a synchronisation object passes on, and
// starts a new epoch.
func (g *goroutine) release() clock {
	c := g.clock
	g.clock = c.tick(g.id)
	return c
}
