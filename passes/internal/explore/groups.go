package explore

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Goroutines that share no object, directly or through what they can reach,
// cannot influence one another: whatever one group does commutes with what
// the others do. So it is enough to let one group act until it can't go on,
// and then the next: the enabled transitions of a group are a persistent set
// (Godefroid, LNCS 1032). And it is enough to do so once: a group that begins
// as one has begun before, under canonical names, has nothing new to show.

// A grouping says which goroutines of a state share something.
type grouping struct {
	m  *machine
	of []gid // the group of each goroutine, named by a member
}

// inOneGroup keeps the transitions of one group of goroutines: that of the
// current goroutine while it can move, then the first that is new.
func (m *machine) inOneGroup(st *state, list []transition, cost int) []transition {
	if len(list) == 0 || oneGoroutine(list) && st.isCurrent(list[0]) {
		return list
	}
	groups := m.groups(st)
	if cur := st.cur[0]; cur != none {
		if own := groups.transitions(cur, list); len(own) > 0 {
			return own
		}
		m.quiescent(st)
	}
	for len(list) > 0 {
		own := groups.transitions(list[0].g, list)
		h := m.groupDigest(st, groups, list[0].g)
		if before, begun := m.search.begun[h]; !begun || cost < before {
			m.search.begun[h] = cost
			return own
		}
		list = groups.without(list[0].g, list)
	}
	return nil
}

// groupDigest hashes what the future of one group depends on.
func (m *machine) groupDigest(st *state, groups *grouping, of gid) uint64 {
	c := m.newCanon(st)
	c.goroutines(func(g gid) bool { return groups.of[g] == groups.of[of] })
	for id := range m.roots(st) {
		if g := groups.owner(id); g != none && groups.find(g) == groups.of[of] || g == none && m.sharingIsNothing(st, id) {
			c.object(id)
		}
	}
	c.drain()
	c.facts()
	return c.hash
}

// transitions returns those of the group of a goroutine.
func (gr *grouping) transitions(g gid, list []transition) []transition {
	own := gr.m.grouped[:0]
	for _, t := range list {
		if gr.of[t.g] == gr.of[g] {
			own = append(own, t)
		}
	}
	gr.m.grouped = own
	return own
}

// without takes the transitions of the group of a goroutine out of a list.
func (gr *grouping) without(g gid, list []transition) []transition {
	of := gr.of[g]
	return slices.DeleteFunc(list, func(t transition) bool { return gr.of[t.g] == of })
}

func oneGoroutine(list []transition) bool {
	for _, t := range list {
		if t.g != list[0].g || t.partner != none && t.partner != list[0].partner {
			return false
		}
	}
	return true
}

// groups finds who shares something with whom. All goroutines are walked
// from together: who comes to what another has come to needn't go on there.
func (m *machine) groups(st *state) *grouping {
	gr := &grouping{m: m, of: make([]gid, len(st.gs))}
	for i := range gr.of {
		gr.of[i] = gid(i)
	}
	m.owners.round++
	for i, g := range st.gs {
		if g != nil && !g.done {
			k := m.walked.again(m, st)
			k.gr, k.by = gr, gid(i)
			k.all(g)
		}
	}
	for i := range gr.of {
		gr.of[i] = gr.find(gid(i))
	}
	return gr
}

// owners says which goroutine has come to an object first. The table serves
// one grouping after the other.
type owners struct {
	round uint32
	list  []owner
}

type owner struct {
	round uint32
	g     gid
}

// owner returns who has come to an object, or none.
func (gr *grouping) owner(id objID) gid {
	t := &gr.m.owners
	if int(id) < len(t.list) && t.list[id].round == t.round {
		return t.list[id].g
	}
	return none
}

// meet notes that a goroutine comes to an object, and reports whether it is
// the first to.
func (gr *grouping) meet(g gid, id objID) bool {
	if first := gr.owner(id); first != none {
		gr.join(first, g)
		return false
	}
	t := &gr.m.owners
	if int(id) >= len(t.list) {
		t.list = append(t.list, make([]owner, int(id)+len(gr.m.names.list)-len(t.list)+1)...)
	}
	t.list[id] = owner{t.round, g}
	return true
}

func (gr *grouping) find(g gid) gid {
	for gr.of[g] != g {
		g = gr.of[g]
	}
	return g
}

func (gr *grouping) join(a, b gid) {
	if a, b = gr.find(a), gr.find(b); a != b {
		gr.of[max(a, b)] = min(a, b)
	}
}

// sharingIsNothing reports that to share an object doesn't matter: it came
// from outside and nothing of the program was done to it, or it is a
// variable that only the initialiser sets.
func (m *machine) sharingIsNothing(st *state, id objID) bool {
	o := st.object(id)
	if o == nil {
		return true
	}
	sym := m.names.external(id)
	switch {
	case sym == nil || sym.kind == symSide:
		return false
	case m.isOwnGlobal(sym):
		return m.isSettled(sym.tag.(*ssa.Global))
	}
	return o.shadow == nil && len(o.syncs) == 0
}
