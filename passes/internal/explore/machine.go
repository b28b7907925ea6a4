package explore

import (
	"go/token"
	"go/types"
	"maps"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// A machine explores one package. Names, symbols and compiled code are
// shared by all its entries; what an entry adds to them doesn't change what
// they mean.
type machine struct {
	pkg    *ssa.Package
	models *models
	budget Budget

	// interned
	syms  symbols
	names names
	gids  gids
	paths paths
	sides map[objID][]objID // state of library objects, by what holds them

	// rooms that serve one state after the other
	canonical canonNames   // for hashing
	hashed    canon        // likewise
	owners    owners       // for grouping goroutines
	walked    marks        // for the same
	enabling  []transition // what can happen next
	grouped   []transition // in one group
	operands  []*ssa.Value // of an instruction

	base      *state               // after initialisation
	firstOwn  objID                // of what entries make
	before    interned             // names of what initialisation made
	leftUnset map[*ssa.Global]bool // what an initialiser sets that didn't come to its end

	// caches
	codes      map[*ssa.Function]*code
	consts     map[*ssa.Const]value
	zeros      map[types.Type]value
	funcs      map[*ssa.Function]*closure
	methods    map[methodKey]*ssa.Function
	handlers   map[*ssa.Function]*handler
	entered    map[*ssa.Function]bool // by the entry
	mentioned  map[*ssa.Function][]objID
	byName     map[string][]*ssa.Function
	changing   map[*ssa.Global]bool       // variables that don't keep their initial value
	mentioners map[*ssa.Function][]caller // who calls a function or starts it, if asked for
	small      map[int64]int64            // constants made small, nil in an exact run
	buffered   bool                       // the entry has large buffers, which could be made small
	cut        bool                       // a path of this attempt was given up for its length

	// the entry
	entry    *Entry
	clientOf objID // the value that a client uses
	services map[need]*service
	search   *search
	found    map[mistake]*Finding
	answers  map[mistake]map[ssa.Instruction]outcome
	callers  map[gid]int32 // how often goroutines call unknown code, at most
	delays   bool          // delay bounding instead of preemption bounding

	attempts int // how often the entry may be explored

	// the path that runs
	gen       uint64
	st        *state
	g         *goroutine
	fr        *frame
	dead      string    // why the path ended early
	threw     bool      // the operation panicked
	deferAt   token.Pos // the defer statement whose call is made
	blameAlso *site     // the other operation of misuse that panics, if there is one
	quiet     int       // instructions since the last visible operation
	cost      int
	onBehalf  int  // models that act for their caller
	muted     bool // findings aren't wanted

	// counters of the entry
	steps, states, spawned, covered int
	allSteps, allStates             int // of all attempts
	ends, cutEnds                   int // of paths, other than in states that were seen before
	ended                           map[string]int
}

// interned says which names are those of before the entries.
type interned struct {
	names, syms, gids int
	sides             map[objID][]objID
}

// forget drops the names that an entry has made, so that what one entry costs
// and finds doesn't depend on those before it.
func (m *machine) forget() {
	m.names.forget(m.before.names)
	m.syms.forget(m.before.syms)
	maps.DeleteFunc(m.gids.table, func(_ gidKey, id gid) bool { return int(id) > m.before.gids })
	m.sides = maps.Clone(m.before.sides)
	clear(m.zeros)
	clear(m.consts)
}

type gids struct {
	table map[gidKey]gid
}

func (t *gids) intern(key gidKey) gid {
	if id, ok := t.table[key]; ok {
		return id
	}
	id := gid(len(t.table) + 1) // 0 is the entry's own
	t.table[key] = id
	return id
}

func newMachine(pkg *ssa.Package, models *models, budget Budget) *machine {
	return &machine{
		pkg: pkg, models: models, budget: budget,
		syms:      symbols{table: make(map[symKey]*symbol), tags: make(map[any]uint64)},
		names:     names{table: make(map[objName]objID)},
		gids:      gids{table: make(map[gidKey]gid)},
		paths:     make(paths),
		sides:     make(map[objID][]objID),
		codes:     make(map[*ssa.Function]*code),
		consts:    make(map[*ssa.Const]value),
		zeros:     make(map[types.Type]value),
		funcs:     make(map[*ssa.Function]*closure),
		methods:   make(map[methodKey]*ssa.Function),
		handlers:  make(map[*ssa.Function]*handler),
		entered:   make(map[*ssa.Function]bool),
		mentioned: make(map[*ssa.Function][]objID),
	}
}

var (
	errorType      = types.Universe.Lookup("error").Type()
	emptySignature = types.NewSignatureType(nil, nil, nil, nil, nil, false)
)

// newState returns a state with the entry's goroutine and nothing else.
func (m *machine) newState() *state {
	m.gen++
	st := &state{gen: m.gen, running: none, cur: [2]gid{0, none}}
	st.gs = []*goroutine{{gen: m.gen, id: 0, parent: none, clock: clock{}.tick(0)}}
	return st
}

// initialise runs the package's initialiser, on the first path that comes to
// its end, and returns the state that entries start from.
func (m *machine) initialise(budget Budget) *state {
	st := m.newState()
	init := m.pkg.Func("init")
	if init == nil || init.Blocks == nil {
		return st
	}
	saved := m.budget
	m.budget, m.muted = budget, true
	m.reset(&Entry{Name: "init", Func: init})
	m.call0(st, init, nil)
	done := m.comesToEnd(st)
	m.budget, m.muted = saved, false
	if !done {
		m.leftUnset = setByInit(m.pkg)
		return m.newState()
	}
	end := m.st
	g := end.goroutine(0)
	g.done = false
	end.facts, end.unknowns, end.decisions, end.truncated, end.trace = nil, 0, nil, "", nil
	end.terminated = false
	return end
}

// comesToEnd reports whether a path from a state comes to the end of the
// entry's goroutine, and leaves the machine there. A path that doesn't, as its
// assumptions make it panic, is given up for the next.
func (m *machine) comesToEnd(st *state) bool {
	m.search.push(node{st: st})
	for ended := false; m.states < m.budget.States && m.steps < m.budget.Steps; {
		n, ok := m.search.pop(ended)
		if !ok {
			return false
		}
		ended = !m.advance(n)
		if m.live() && m.st.gs[0].done {
			return true
		}
	}
	return false
}

// reset clears what belongs to one entry.
func (m *machine) reset(e *Entry) {
	m.deferAt = token.NoPos
	m.entry = e
	m.found = make(map[mistake]*Finding)
	m.answers = make(map[mistake]map[ssa.Instruction]outcome)
	m.callers = make(map[gid]int32)
	m.services = make(map[need]*service)
	m.ended = make(map[string]int)
	m.steps, m.states, m.spawned, m.covered = 0, 0, 0, 0
	m.allSteps, m.allStates = 0, 0
	m.ends, m.cutEnds = 0, 0
	m.dead, m.quiet, m.threw, m.onBehalf = "", 0, false, 0
	m.delays, m.small, m.cut, m.buffered = false, nil, false, false
	clear(m.entered)
	m.search = newSearch(m.budget.Bound)
	for _, c := range m.codes {
		clear(c.covered)
	}
}

// call0 starts a function on the entry's goroutine.
func (m *machine) call0(st *state, fn *ssa.Function, args []value) {
	m.st = st
	m.enter(0)
	m.st.running = 0
	m.push(&invocation{fn: fn, args: args, pos: fn.Pos()}, delivery{dst: -1})
	m.fr.site = nil
}

// runEntry explores an entry from the state after initialisation: exactly
// first; when that is cut short, with small constants, which in a function of
// a library are those of buffers; and when preemption bounding uses up its
// budget, with delay bounding, which varies the start of schedules and not
// only their end.
func (m *machine) runEntry(e *Entry, base *state) {
	m.forget()
	m.reset(e)
	defer m.settle()
	done := m.attempt(e, base, m.budget.Bound)
	if m.spawned == 0 {
		return
	}
	if e.library { // a loop on unknowns doesn't fill a large buffer
		m.withSmallBuffers(e, base)
		return
	}
	if done || m.attempts == 1 {
		return
	}
	for range 2 { // the first may come to new code, with constants of its own
		small := m.scaled()
		if small == nil || len(small) == len(m.small) {
			break
		}
		m.rescale(small)
		if m.attempt(e, base, m.budget.Bound) && len(m.scaled()) == len(small) {
			m.rescale(nil)
			return
		}
	}
	m.delays = true
	m.attempt(e, base, maxDelays)
	m.delays = false
	m.rescale(nil)
}

// withSmallBuffers explores an entry again with large buffers made small, if
// it has any and may be explored again.
func (m *machine) withSmallBuffers(e *Entry, base *state) {
	small := m.scaledBuffers()
	m.buffered = small != nil
	if !m.buffered || m.attempts == 1 {
		return
	}
	m.rescale(small)
	m.attempt(e, base, m.budget.Bound)
	m.rescale(nil)
}

// settle finishes the findings of the entry.
func (m *machine) settle() {
	m.settleEnvironment()
	m.settleAssumptions()
}

// rescale sets the constants to make small.
func (m *machine) rescale(small map[int64]int64) {
	m.small = small
	clear(m.consts)
}

const (
	maxDelays   = 4
	maxAttempts = 4 // exact, twice scaled, delayed: each has the entry's budget
)

// attempt explores the entry once, with a budget of its own. It reports
// whether the search came to its end.
func (m *machine) attempt(e *Entry, base *state, bound int) bool {
	m.steps, m.states, m.cut = 0, 0, false
	m.dead, m.quiet, m.threw = "", 0, false
	st := m.fork(base)
	st.running = none
	if strings.HasPrefix(e.Func.Name(), "init#") {
		clear(st.gs[1:]) // it runs once, and has started those
		st.forgetAccesses()
	}
	m.st = st
	m.enter(0)
	m.begin(st, e)
	if !m.live() {
		return true
	}
	done := m.explore(st, bound)
	m.allSteps += m.steps
	m.allStates += m.states
	return done
}

// begin starts the entry; a test runs inside of what package testing does.
func (m *machine) begin(st *state, e *Entry) {
	if e.client != nil {
		m.beginClient(st, e.client)
		return
	}
	fn, args := e.Func, e.arguments(m)
	if e.Kind == Test && len(args) == 1 {
		args = append(args, m.funcValue(fn))
		fn = m.models.pkg.Func("runEntry")
	}
	m.call0(st, fn, args)
}

// assumeNonNil settles that an unknown value is not nil.
func (m *machine) assumeNonNil(v value) {
	s, ok := v.(*symbol)
	if !ok || s.typ == nil || !nilable(s.typ) {
		return
	}
	c := m.syms.comparison(eql, s, nilRef{})
	if _, known := m.st.facts.decide(c); !known {
		m.st.facts = m.st.facts.with(c, false)
	}
}

func nilable(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Pointer, *types.Map, *types.Chan, *types.Slice, *types.Signature, *types.Interface:
		return true
	case *types.Basic:
		return u.Kind() == types.UnsafePointer
	}
	return false
}

// isOwnGlobal reports whether a symbol is the address of a variable of the
// analysed package, or of the models.
func (m *machine) isOwnGlobal(s *symbol) bool {
	g, ok := s.tag.(*ssa.Global)
	return ok && s.kind == symGlobal && (g.Pkg == m.pkg || m.isModelPackage(g.Pkg))
}
