package explore

import (
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// A goroutine that shares nothing with any other can be looked at alone, and
// a second one that starts the same way shows nothing new: however many a
// loop starts, two are enough (data independence; Wolper, POPL 1986).

// manyGoroutines is how many goroutines one goroutine may start at one place
// before the exact run is given up for a scaled one.
const manyGoroutines = 24

// manyTwins is how many are left out before the same.
const manyTwins = 128

// A started counts the goroutines that a goroutine started at one place.
type started struct {
	next    *started
	pos     token.Pos
	n       int
	twin    uint64 // how one of them began that shares nothing, 0: none
	skipped int    // that began so too
}

// startedAt returns the record of a place, to be replaced and not written.
func (g *goroutine) startedAt(pos token.Pos) started {
	for s := g.started; s != nil; s = s.next {
		if s.pos == pos {
			return *s
		}
	}
	return started{pos: pos}
}

// note replaces the record of a place.
func (g *goroutine) note(s started) {
	var rest *started
	for old := g.started; old != nil; old = old.next {
		if old.pos != s.pos {
			rest = &started{rest, old.pos, old.n, old.twin, old.skipped}
		}
	}
	s.next = rest
	g.started = &s
}

// isTwin reports whether a goroutine that is about to start has one like it
// already, both sharing nothing with others. It counts those that haven't.
func (m *machine) isTwin(inv *invocation, pos token.Pos) bool {
	s := m.g.startedAt(pos)
	if s.n > 0 && m.isolated(inv) {
		h := m.beginning(inv)
		if h == s.twin && s.skipped < manyTwins {
			s.skipped++
			m.g.note(s)
			return true
		}
		s.twin = h
	}
	s.n++
	m.g.note(s)
	return false
}

// tooMany reports whether the running goroutine starts too many at a place.
func (m *machine) tooMany(pos token.Pos) bool {
	s := m.g.startedAt(pos)
	return s.n > manyGoroutines || s.skipped >= manyTwins
}

// isolated reports whether what a new goroutine can come to is out of reach
// for all others.
func (m *machine) isolated(inv *invocation) bool {
	k := m.newMarks(m.st)
	k.code = make(map[*ssa.Function]bool)
	if inv.fn != nil {
		k.code[inv.fn] = true
	}
	k.values(inv.args)
	k.values(inv.bind)
	m.markGlobals(k)
	for _, g := range m.st.gs {
		if g != nil && !g.done && m.overlap(k, m.walkedFrom(g)) {
			return false
		}
	}
	return true
}

// walkedFrom marks what a goroutine can come to, until the next walk.
func (m *machine) walkedFrom(g *goroutine) *marks {
	k := m.walked.again(m, m.st)
	k.all(g)
	return k
}

// overlap reports whether two can come to one object where that matters.
func (m *machine) overlap(a, b *marks) bool {
	for id := range a.seen.all() {
		if b.hasObject(objID(id)) && !m.sharingIsNothing(m.st, objID(id)) {
			return true
		}
	}
	return false
}

// beginning hashes how a goroutine starts, under canonical names.
func (m *machine) beginning(inv *invocation) uint64 {
	c := m.newCanon(m.st)
	if inv.fn != nil {
		c.mix(address(inv.fn))
	}
	c.values(inv.args)
	c.values(inv.bind)
	c.drain()
	c.facts()
	return c.hash | 1
}
