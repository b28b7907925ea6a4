package explore

import (
	"cmp"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Budget bounds an exploration, in counts and never in time: the same code
// gives the same report on every machine.
type Budget struct {
	States int // scheduling points of an entry
	Steps  int // instructions of an entry
	Quiet  int // instructions between two visible operations
	Bound  int // preemptions of a schedule
	Total  int // steps and, weighted, states of a package; 0: no bound
}

// Budgets by name.
var (
	Quick    = Budget{States: 200, Steps: 5_000, Quiet: 4_000, Bound: 1, Total: 100_000}
	Default  = Budget{States: 500, Steps: 15_000, Quiet: 8_000, Bound: 2, Total: 400_000}
	Thorough = Budget{States: 2_000, Steps: 40_000, Quiet: 20_000, Bound: 2, Total: 4_000_000}
)

// budgets are those that users can choose from.
var budgets = map[string]Budget{"quick": Quick, "default": Default, "thorough": Thorough}

// A node is a path to go on with: a frozen scheduling point with the
// transition to take from it, or a state whose goroutine runs on after a
// decision about an unknown value.
type node struct {
	st    *state
	moves bool // by the transition
	next  transition
	cost  int
	stale bool // leads to code that was covered already

	// The If that was decided to come here, and the way that was taken.
	at  *ssa.If
	of  *code
	way int

	opens token.Pos // what the transition does for the first time, if anything
}

func (s *search) isFresh(n node) bool {
	return n.at != nil && !n.of.hasTaken(n.at, n.way) || n.opens.IsValid() && !s.done[n.opens]
}

// A search is a depth-first search by cost: schedules without preemption
// first, then those with one, and so on (iterative context bounding,
// Musuvathi and Qadeer, PLDI 2007). At the end of each path those that lead
// to code that nobody came to so far are next, so that all code is seen before
// the orders of one path are: ways of an If, cases of a select statement, and
// timers that fire. Paths that decide about an unknown only to come
// to covered code wait until the others are done.
type search struct {
	byCost  [][]node
	fresh   []node
	stale   []node
	visited map[uint64]int     // states, with the cost they were come to at
	begun   map[uint64]int     // groups of goroutines, likewise
	done    map[token.Pos]bool // cases of select statements and timers that were tried
	turn    bool
	bound   int
}

func newSearch(bound int) *search {
	return &search{byCost: make([][]node, bound+1), visited: make(map[uint64]int), begun: make(map[uint64]int), done: make(map[token.Pos]bool), bound: bound}
}

func (s *search) push(n node) {
	switch {
	case n.cost > s.bound:
	case s.isFresh(n):
		s.fresh = append(s.fresh, n)
	case n.stale:
		s.stale = append(s.stale, n)
	default:
		s.byCost[n.cost] = append(s.byCost[n.cost], n)
	}
}

// pop takes the next node; ended says whether the path at hand is over.
func (s *search) pop(ended bool) (node, bool) {
	if ended || len(s.byCost[0]) == 0 {
		if n, ok := s.popFresh(); ok {
			return n, true
		}
	}
	for cost := range s.byCost {
		if cost > 0 || len(s.byCost[0]) == 0 {
			if s.turn = !s.turn; s.turn && len(s.stale) > 0 {
				return take(&s.stale), true
			}
		}
		if len(s.byCost[cost]) > 0 {
			return take(&s.byCost[cost]), true
		}
	}
	if len(s.stale) > 0 {
		return take(&s.stale), true
	}
	return node{}, false
}

// popFresh takes the newest node that leads to code where nobody was. Those
// to which others came first join the rest.
func (s *search) popFresh() (node, bool) {
	for len(s.fresh) > 0 {
		n := take(&s.fresh)
		if s.isFresh(n) {
			return n, true
		}
		n.at, n.opens = nil, token.NoPos
		s.push(n)
	}
	return node{}, false
}

func take(list *[]node) node {
	n := len(*list) - 1
	top := (*list)[n]
	(*list)[n] = node{}
	*list = (*list)[:n]
	return top
}

// explore searches from a state until everything within the bound is seen or
// the budget is gone. It reports whether all was seen at bound 0.
func (m *machine) explore(from *state, bound int) bool {
	m.search = newSearch(bound)
	m.search.push(node{st: from})
	ended := false
	for m.states < m.budget.States && m.steps < m.budget.Steps {
		n, ok := m.search.pop(ended)
		if !ok {
			return !m.cut
		}
		ended = !m.advance(n)
		if m.cut && m.small == nil && m.scaled() != nil {
			return false
		}
	}
	return !m.cut && len(m.search.byCost[0]) == 0 && len(m.search.fresh) == 0 && len(m.search.stale) == 0
}

// advance runs a path up to its next scheduling point and lists how it can
// go on from there. It reports whether it does.
func (m *machine) advance(n node) bool {
	m.dead, m.quiet, m.cost = "", 0, n.cost
	m.st = n.st
	if n.moves {
		m.st = m.fork(n.st)
		m.st.running = none
		m.st.cur = [2]gid{n.next.g, n.next.partner}
		for _, pos := range choices(n.st, n.next) {
			m.search.done[pos] = true
		}
		m.fire(n.next)
	}
	m.run()
	m.states++
	if !m.live() {
		if m.dead != "" { // else the process has ended, as it should
			m.ended[m.dead]++
		}
		m.ending()
		return false
	}
	h := m.digest(m.st)
	if cost, seen := m.search.visited[h]; seen && cost <= n.cost {
		return false
	}
	m.search.visited[h] = n.cost
	goesOn := m.expand(n.cost)
	if !goesOn {
		m.ending()
	}
	return goesOn
}

// ending counts the end of a path, and whether a bound was its end.
func (m *machine) ending() {
	m.ends++
	switch m.st.truncated {
	case "", crashed, impossible, testHasFailed:
	default:
		m.cutEnds++
	}
}

// expand pushes the transitions of the current state, the preferred one on
// top. It reports whether there is one that costs nothing.
func (m *machine) expand(cost int) bool {
	st := m.st
	list := m.inOneGroup(st, m.transitions(st), cost)
	if m.allAsleep(st, list) {
		m.quiescent(st)
	}
	m.price(st, list)
	goesOn := false
	for i := len(list) - 1; i >= 0; i-- {
		t := list[i]
		if t.cost >= never {
			continue
		}
		m.search.push(node{st: st, moves: true, next: t, cost: cost + t.cost, opens: m.opens(st, list, t)})
		goesOn = goesOn || t.cost == 0
	}
	return goesOn
}

// opens returns a choice that a transition makes for the first time though
// nothing else has to give way, if there is one.
func (m *machine) opens(st *state, list []transition, t transition) token.Pos {
	if t.cost > 0 || t == list[0] {
		return token.NoPos
	}
	for _, pos := range choices(st, t) {
		if !m.search.done[pos] {
			return pos
		}
	}
	return token.NoPos
}

// choices returns the cases of select statements that a transition takes, and
// the place of the timer that fires.
func choices(st *state, t transition) []token.Pos {
	var list []token.Pos
	add := func(g gid, i int) {
		if g != none && i >= 0 && st.gs[g].op.kind == opSelect {
			list = append(list, st.gs[g].op.cases[i].pos)
		}
	}
	add(t.g, t.i)
	add(t.partner, t.j)
	if g := st.gs[t.g]; g.timer && g.op.kind == opSleep && g.spawn != nil {
		list = append(list, g.spawn.pos)
	}
	return list
}

// never is the cost of what doesn't happen.
const never = 1 << 20

// minute is the time from which a sleep is long: it ends only when nothing
// else can happen.
const minute = 60_000_000_000

// price gives each transition its cost: 1 for a preemption, which takes the
// turn from a goroutine that could go on, or ends a sleep early. A goroutine
// that has just polled in vain gives its turn away: a loop that waits by
// polling lets others go on (fair scheduling; Musuvathi and Qadeer, PLDI
// 2008).
func (m *machine) price(st *state, list []transition) {
	current, awake := false, false
	first := int64(-1)
	sleeping := func(t transition) bool { return st.gs[t.g].op.kind == opSleep }
	for _, t := range list {
		if sleeping(t) {
			if wake := st.gs[t.g].op.wake; first < 0 || wake < first {
				first = wake
			}
			continue
		}
		awake = awake || !t.serve // code that we don't see may take its time
		current = current || t.cost == 0 && st.isCurrent(t) && !st.polled
	}
	for i := range list {
		t := &list[i]
		switch {
		case sleeping(*t):
			t.cost += m.priceOfWaking(st, *t, first, awake)
		case m.delays:
			t.cost += m.delay(st, *t, list)
		case current && !st.isCurrent(*t):
			t.cost++
		}
	}
	m.orderByTurn(st, list)
}

func (m *machine) priceOfWaking(st *state, t transition, first int64, awake bool) int {
	wake := st.gs[t.g].op.wake
	switch {
	case awake && (st.exact || st.gs[t.g].op.idle), st.exact && wake != first:
		return never
	case (!awake || st.polled) && wake == first:
		return 0
	case wake-st.now >= minute && (awake || wake-first >= minute):
		return never
	}
	return 1
}

func (st *state) isCurrent(t transition) bool {
	for _, g := range st.cur {
		if g != none && (t.g == g || t.partner == g) {
			return true
		}
	}
	return false
}

// delay counts how many goroutines that could move are passed over to come
// to this one, in a round robin from the current one (delay bounding, Emmi,
// Qadeer and Rakamarić, POPL 2011).
func (m *machine) delay(st *state, t transition, list []transition) int {
	passed := make(map[gid]bool)
	for _, other := range list {
		if st.gs[other.g].op.kind != opSleep && m.turn(st, other.g) < m.turn(st, t.g) {
			passed[other.g] = true
		}
	}
	return len(passed)
}

// turn numbers goroutines in a round robin that starts at the current one.
func (m *machine) turn(st *state, g gid) int {
	from := st.cur[0]
	if from == none {
		from = 0
	}
	return (int(g) - int(from) + len(st.gs)) % len(st.gs)
}

// orderByTurn sorts by cost, then by turn, stably.
func (m *machine) orderByTurn(st *state, list []transition) {
	slices.SortStableFunc(list, func(a, b transition) int {
		return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(m.turn(st, a.g), m.turn(st, b.g)))
	})
}

// allAsleep reports whether nobody can move but those that sleep.
func (m *machine) allAsleep(st *state, list []transition) bool {
	for _, t := range list {
		if st.gs[t.g].op.kind != opSleep {
			return false
		}
	}
	return true
}
