package explore

import (
	"go/token"
)

// A mistake is what makes two findings the same: one root cause, one
// finding, however many schedules reach it.
type mistake struct {
	kind Kind
	a, b token.Pos
}

// add keeps a finding, or the surer of two about one mistake.
func (m *machine) add(key mistake, f *Finding) {
	if m.muted {
		return
	}
	f.Entry = m.entry.Name
	f.Main = m.entry.Kind == Main
	if m.entry.Kind == Sequential && !f.Kind.ofOneGoroutine() || m.entry.value && f.mayHoldMore() {
		return
	}
	if c := m.entry.client; c != nil {
		f.client, f.Client, f.user = m.clientOf, true, c
		if !c.believes(m, f) || c.probe && !c.tells(f) {
			return
		}
	}
	if old := m.found[key]; old != nil && old.weight() <= f.weight() {
		return
	}
	m.found[key] = f
}

// worth reports whether a finding about a mistake would be kept, so that its
// schedule need not be written down in vain.
func (m *machine) worth(key mistake, assumed []assumption) bool {
	m.occurred(key, assumed)
	old := m.found[key]
	return !m.muted && (old == nil || old.remote() || old.Unknowns > weighing(assumed))
}

func (m *machine) reportRace(p pointer, first, second *access) {
	kind := KindRace
	switch {
	case first.what == accessMap && second.what == accessMap:
		kind = KindMapRace
	case first.what >= accessSync && second.what >= accessSync:
		kind = KindSyncRace
	}
	key := mistake{kind, min(first.pos, second.pos), max(first.pos, second.pos)}
	assumed := m.st.assumptions(func(d *decision) bool { return first.knows(d) || second.knows(d) })
	if !m.worth(key, assumed) || first.site == nil || second.site == nil {
		return
	}
	w := m.newWriter(m.st)
	f := &Finding{Kind: kind, Unknowns: weighing(assumed), assumed: assumed, Foreign: m.foreign(p.obj),
		unlikely: unlikelihood{unawaited: m.st.unawaited, early: m.st.early && m.inTest()}}
	f.Ops = []Operation{w.access(p, first), w.access(p, second)}
	f.raced = []racer{first.racer, second.racer}
	w.finish(f)
	m.add(key, f)
}

// reportPanic reports misuse that panics: the running goroutine did it, and
// an earlier operation, if other is set, made it wrong.
func (m *machine) reportPanic(kind Kind, other *site) {
	at := m.opSite()
	if at == nil {
		return
	}
	key := mistake{kind, at.pos, 0}
	if other != nil {
		key.a, key.b = min(at.pos, other.pos), max(at.pos, other.pos)
	}
	assumed := m.st.assumptions(func(d *decision) bool { return m.g.clock.at(d.g) >= d.epoch })
	if !m.worth(key, assumed) {
		return
	}
	w := m.newWriter(m.st)
	f := &Finding{Kind: kind, Unknowns: weighing(assumed), assumed: assumed, Scaled: m.isOff(m.st, []*goroutine{m.g})}
	f.Ops = append(f.Ops, Operation{Goroutine: w.goroutine(m.g.id), What: string(kind), Pos: at.pos, Stack: stackOf(at), Locks: w.locks(m.g.locks)})
	if other != nil {
		f.Ops = append(f.Ops, Operation{Goroutine: -1, What: "close", Pos: other.pos, Stack: stackOf(other)})
	}
	f.Foreign, f.Drawn = m.usedOutside(), m.isDrawn(m.g.op) || other != nil && other.pos == at.pos && lookedUp(m.instruction())
	w.finish(f)
	m.add(key, f)
}

// usedOutside reports whether code that we don't see may use the channel of
// the operation that runs, too.
func (m *machine) usedOutside() bool {
	o := m.g.op
	if o == nil || o.ch == nil {
		return false
	}
	p, c := m.channelOf(o.ch)
	return c != nil && (c.external || m.foreign(p.obj))
}

// opSite is the site of the operation that runs.
func (m *machine) opSite() *site {
	if m.g.op != nil {
		return m.g.op.site
	}
	return m.here()
}

// throwFatal is an error of the runtime that no recover stops.
func (m *machine) throwFatal(kind Kind) {
	m.reportPanic(kind, nil)
	m.crash(&panicking{at: m.opSite()})
}

// reportStuck reports goroutines that are blocked for ever, the one to blame
// first.
func (m *machine) reportStuck(st *state, kind Kind, gs []*goroutine) {
	o := gs[0].op
	if o.site == nil {
		return
	}
	key := mistake{kind, m.blamePos(o), 0}
	assumed := st.assumptions(func(*decision) bool { return true })
	if !m.worth(key, assumed) || m.entry.client != nil && kind == KindLockBlock && !m.onlyInside(gs[0], gs[1:]) {
		return
	}
	w := m.newWriter(st)
	f := &Finding{Kind: kind, Unknowns: weighing(assumed), assumed: assumed, Scaled: m.isOff(st, gs), Hurried: st.hurried && m.entry.Kind == Test,
		Returned: st.gs[0].done, Alone: st.unknowns > 0 && m.alone(st, gs),
		Self:  len(gs) == 1 && gs[0].id == 0 && len(assumed) > 0 && (kind == KindReceive || kind == KindSelect) || m.entry.standsForOthers(),
		Idle:  m.entry.Kind == Test && st.gs[0].done && !m.startedByEntry(gs[0]),
		Empty: meantToStay(gs[0]), Private: m.entry.client != nil && !kind.isLock() && !m.servedByClients(st, gs[0]),
		Deserted: m.deserted(st, gs[0]), unlikely: unlikelihood{negative: st.facts.takesForNegative()}}
	f.Self = f.Self && !f.Deserted
	for _, g := range gs {
		f.Foreign = f.Foreign || m.onForeign(g.op)
		f.Ops = append(f.Ops, w.blocked(g))
		if holder, at := m.takenBy(st, g); kind == KindHeld && at != nil {
			f.Ops = append(f.Ops, Operation{Goroutine: w.goroutine(holder), What: "lock", Pos: at.pos, Stack: stackOf(at)})
		}
	}
	if !kind.isLock() {
		w.meets(f.Ops)
	}
	w.finish(f)
	if kind == KindEndless && st.returned.IsValid() {
		if i, ok := w.index[0]; ok {
			f.Steps = append(f.Steps, Step{Goroutine: i, What: "return", Pos: st.returned, Other: -1})
		}
	}
	m.add(key, f)
}

// servedByClients reports whether the value that clients use leads to what a
// channel operation waits for.
func (m *machine) servedByClients(st *state, g *goroutine) bool {
	k := m.newMarks(st)
	k.object(m.clientOf)
	return m.wakeable(st, g, nil, k)
}

// meantToStay recognises a goroutine that is written to wait for ever: by a
// wait that nobody else can know of, in a function that is there for it.
func meantToStay(g *goroutine) bool {
	o := g.op
	switch {
	case o.kind == opSelect && len(o.cases) == 0:
		return o.site.caller != g.spawn
	case o.kind == opRecv && o.alone:
		return o.site.fn.Parent() == nil
	}
	return false
}

// takenBy returns a goroutine that holds the lock which another waits for,
// and where it took it.
func (m *machine) takenBy(st *state, g *goroutine) (gid, *site) {
	for _, id := range m.blockers(st, g) {
		if entry := st.gs[id].locks.find(g.op.on); entry != nil {
			return id, entry.at
		}
	}
	return none, nil
}

// startedByEntry reports whether a go statement of the entry's own text has
// started a goroutine.
func (m *machine) startedByEntry(g *goroutine) bool {
	if g.spawn == nil {
		return true
	}
	fn := g.spawn.fn
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	return fn == m.entry.Func
}

// alone reports whether no goroutine was started that could end the wait:
// none at all, or none by the goroutine that waits for what it made itself.
func (m *machine) alone(st *state, gs []*goroutine) bool {
	others := false
	for _, g := range st.gs[1:] {
		others = others || g != nil && !g.daemon
	}
	if !others {
		return true
	}
	g := gs[0]
	for _, v := range waitedFor(g.op) {
		if p, ok := v.(pointer); !ok || p.obj == 0 || m.names.list[p.obj].g != g.id || m.names.list[p.obj].sym != nil {
			return false
		}
	}
	for _, h := range st.gs {
		if h != nil && h.parent == g.id && !h.daemon {
			return false
		}
	}
	return true
}

func (m *machine) blamePos(o *op) token.Pos { return o.site.pos }

func (m *machine) onForeign(o *op) bool {
	for _, v := range waitedFor(o) {
		if p, ok := v.(pointer); ok && p.obj != 0 && m.foreign(p.obj) {
			return true
		}
	}
	return false
}

// A writer turns the machine's view of a state into a finding's.
type writer struct {
	m     *machine
	st    *state
	index map[gid]int
	list  []gid
}

func (m *machine) newWriter(st *state) *writer {
	return &writer{m: m, st: st, index: make(map[gid]int)}
}

func (w *writer) goroutine(g gid) int {
	i, ok := w.index[g]
	if !ok {
		i = len(w.list)
		w.index[g] = i
		w.list = append(w.list, g)
	}
	return i
}

func (w *writer) access(p pointer, a *access) Operation {
	what := "read"
	if a.write {
		what = "write"
	}
	if a.atomic {
		what = "atomic " + what
	}
	return Operation{Goroutine: w.goroutine(a.g), What: what, Pos: a.pos, Stack: stackOf(a.site),
		Locks: w.locks(a.locks), Object: w.object(p)}
}

func (w *writer) blocked(g *goroutine) Operation {
	o := g.op
	op := Operation{Goroutine: w.goroutine(g.id), What: describe(o), Pos: o.site.pos, Stack: stackOf(o.site), Locks: w.locks(g.locks)}
	waits := waitedFor(o)
	for _, v := range waits {
		p, ok := v.(pointer)
		switch {
		case !ok || p.obj == 0:
		case op.Object.at.obj == 0:
			op.Object = w.object(p)
		default:
			op.Others = append(op.Others, w.object(p))
		}
	}
	if _, isNil := o.ch.(nilRef); isNil {
		op.Nil = true
	}
	return op
}

func (w *writer) locks(l *lockset) []Lock {
	var list []Lock
	for ; l != nil; l = l.next {
		if l.at != nil {
			list = append(list, Lock{Pos: l.at.pos, Shared: l.shared, Tried: l.tried, Object: w.object(l.lock)})
		}
	}
	return list
}

func (w *writer) object(p pointer) Object {
	object := Object{at: p}
	if o := w.st.object(p.obj); o != nil && o.site != nil {
		object.Pos = o.site.pos
	}
	return object
}

func stackOf(s *site) []token.Pos {
	var stack []token.Pos
	for ; s != nil; s = s.caller {
		stack = append(stack, s.pos)
	}
	return stack
}

// meets adds the goroutines that have worked on what blocks the operations,
// on any of the channels that are waited for.
func (w *writer) meets(ops []Operation) {
	for e := w.st.trace; e != nil; e = e.prev {
		s := Step{Object: Object{at: e.on}}
		for i := range ops {
			if ops[i].On(&s) {
				w.goroutine(e.g)
			}
		}
	}
}

// finish adds the schedule: the steps of the goroutines that take part, and
// of those that started them.
func (w *writer) finish(f *Finding) {
	for i := 0; i < len(w.list); i++ { //nolint:intrange // it grows: parents take part too
		if g := w.st.gs[w.list[i]]; g != nil && g.parent != none {
			w.goroutine(g.parent)
		}
	}
	var steps []Step
	for e := w.st.trace; e != nil; e = e.prev {
		i, ok := w.index[e.g]
		if !ok || e.site == nil {
			continue
		}
		s := Step{Goroutine: i, What: e.what, Pos: e.site.pos, Other: -1}
		if e.kind == eventSpawn {
			s.What = "go"
		}
		if e.on.obj != 0 {
			s.Object = w.object(e.on)
		}
		if j, ok := w.index[e.other]; ok && e.other != none {
			s.Other = j
		} else if e.kind == eventSpawn {
			continue // of a goroutine that takes no part
		}
		steps = append(steps, s)
	}
	for i, j := 0, len(steps)-1; i < j; i, j = i+1, j-1 {
		steps[i], steps[j] = steps[j], steps[i]
	}
	f.Steps = steps
	for _, id := range w.list {
		g := Goroutine{Parent: -1}
		if x := w.st.gs[id]; x != nil {
			g.Spawn = stackOf(x.spawn)
			g.Client = w.m.entry.client != nil && id != 0 && x.spawn == nil
			if j, ok := w.index[x.parent]; ok && x.parent != none {
				g.Parent = j
			}
		}
		f.Goroutines = append(f.Goroutines, g)
	}
}
