package explore

// A waitGraph says for whom each stuck goroutine waits: the holder of a
// lock, or any stuck goroutine that could reach what it waits for.
type waitGraph struct {
	m     *machine
	st    *state
	stuck []*goroutine
	edges [][]int // by index into stuck
	locks [][]int // the edges that are locks
}

func (m *machine) waitsFor(st *state, stuck []*goroutine) *waitGraph {
	w := &waitGraph{m: m, st: st, stuck: stuck, edges: make([][]int, len(stuck)), locks: make([][]int, len(stuck))}
	index := make(map[gid]int)
	reach := make([]*marks, len(stuck))
	for i, g := range stuck {
		index[g.id] = i
		reach[i] = m.newMarks(st)
		reach[i].goroutine(g)
	}
	for i, g := range stuck {
		if g.op.kind == opLock || g.op.kind == opRLock {
			for _, b := range m.blockers(st, g) {
				if j, ok := index[b]; ok {
					w.locks[i] = append(w.locks[i], j)
				}
			}
			w.edges[i] = w.locks[i]
			continue
		}
		for j, h := range stuck {
			if i != j && w.couldWake(g, h, reach[j]) {
				w.edges[i] = append(w.edges[i], j)
			}
		}
	}
	return w
}

// couldWake reports whether h reaches what g waits for, other than by waiting
// for the same thing.
func (w *waitGraph) couldWake(g, h *goroutine, reach *marks) bool {
	for _, v := range waitedFor(g.op) {
		if p, ok := v.(pointer); ok && reach.has(p) && !sameWait(g.op, h.op) {
			return true
		}
	}
	return false
}

func waitedFor(o *op) []value {
	switch o.kind {
	case opSend, opRecv:
		return []value{o.ch}
	case opSelect:
		var chans []value
		for _, c := range o.cases {
			chans = append(chans, c.ch)
		}
		return chans
	}
	return []value{o.on}
}

func sameWait(a, b *op) bool {
	return a.kind == b.kind && a.ch == b.ch && a.on == b.on && a.pos == b.pos
}

// components returns the strongly connected components that wait for nobody
// outside of themselves: the causes. The others only wait for them.
func (w *waitGraph) causes() [][]int {
	n := len(w.stuck)
	reach := make([][]bool, n)
	for i := range reach {
		reach[i] = make([]bool, n)
		w.visit(i, reach[i])
	}
	var sinks [][]int
	for i := range n {
		sink, least := true, true
		var members []int
		for j := range n {
			switch {
			case i == j || reach[i][j] && reach[j][i]:
				members = append(members, j)
				least = least && j >= i
			case reach[i][j]:
				sink = false
			}
		}
		if sink && least {
			sinks = append(sinks, members)
		}
	}
	return sinks
}

func (w *waitGraph) visit(i int, seen []bool) {
	for _, j := range w.edges[i] {
		if !seen[j] {
			seen[j] = true
			w.visit(j, seen)
		}
	}
}

// blame names the mistakes behind a set of stuck goroutines.
func (m *machine) blame(st *state, stuck []*goroutine) {
	w := m.waitsFor(st, stuck)
	for _, members := range w.causes() {
		w.judge(members)
	}
}

// judge reports one component of the wait-for graph.
func (w *waitGraph) judge(members []int) {
	if cycle := w.lockCycle(members); cycle != nil {
		w.judgeCycle(cycle)
		return
	}
	if i := w.holderAmong(members); i >= 0 {
		ops := []*goroutine{w.stuck[i]}
		for j := range w.stuck {
			if j != i && hasIndex(w.locks[j], i) {
				ops = append(ops, w.stuck[j])
			}
		}
		w.m.reportStuck(w.st, KindLockBlock, ops)
		return
	}
	// Several wait for one another, or one for nobody: the most telling
	// operation speaks, the others are listed.
	best := members[0]
	for _, i := range members[1:] {
		if telling(w.stuck[i].op) < telling(w.stuck[best].op) {
			best = i
		}
	}
	ops := []*goroutine{w.stuck[best]}
	for _, i := range members {
		if i != best {
			ops = append(ops, w.stuck[i])
		}
	}
	w.m.reportStuck(w.st, w.kindOf(w.stuck[best]), ops)
}

// lockCycle returns a cycle of goroutines that wait for one another's locks.
func (w *waitGraph) lockCycle(members []int) []int {
	for _, start := range members {
		var chain []int
		for at := start; ; {
			for k, i := range chain {
				if i == at {
					return chain[k:]
				}
			}
			chain = append(chain, at)
			if len(w.locks[at]) == 0 {
				break
			}
			at = w.preferred(at, chain)
		}
	}
	return nil
}

// preferred follows a lock to the holder that closes a cycle, if one does.
func (w *waitGraph) preferred(at int, chain []int) int {
	for _, j := range w.locks[at] {
		if hasIndex(chain, j) {
			return j
		}
	}
	return w.locks[at][0]
}

func (w *waitGraph) judgeCycle(cycle []int) {
	first := w.stuck[cycle[0]].op.on
	one := true
	var ops []*goroutine
	for _, i := range cycle {
		one = one && w.stuck[i].op.on == first
		ops = append(ops, w.stuck[i])
	}
	kind := KindLockOrder
	if one {
		kind = KindRelock
		for k, g := range ops { // the one that holds what it waits for
			if g.locks.find(first) != nil {
				ops[0], ops[k] = ops[k], ops[0]
				break
			}
		}
		if w.m.isOnce(first) {
			kind = KindOnce
		}
	}
	w.m.reportStuck(w.st, kind, ops)
}

// holderAmong returns a member that waits for something else than a lock
// while others wait for a lock that it holds.
func (w *waitGraph) holderAmong(members []int) int {
	for _, i := range members {
		o := w.stuck[i].op
		if o.kind == opLock || o.kind == opRLock {
			continue
		}
		for _, j := range members {
			if j != i && hasIndex(w.locks[j], i) {
				return i
			}
		}
	}
	return -1
}

func hasIndex(list []int, i int) bool {
	for _, x := range list {
		if x == i {
			return true
		}
	}
	return false
}

// telling ranks operations by how directly they show a mistake.
func telling(o *op) int {
	switch o.kind {
	case opLock, opRLock:
		return 0
	case opSend:
		return 1
	case opRecv:
		if o.ranged {
			return 2
		}
		return 5
	case opPark:
		return 3
	case opSelect:
		return 4
	}
	return 6
}

func (w *waitGraph) kindOf(g *goroutine) Kind {
	switch g.op.kind {
	case opLock, opRLock:
		return KindHeld
	case opSend:
		return KindSend
	case opSelect:
		return KindSelect
	case opWait:
		return KindWaitGroup
	case opPark:
		return KindCond
	}
	if g.op.ranged {
		return KindNeverClose
	}
	return KindReceive
}
