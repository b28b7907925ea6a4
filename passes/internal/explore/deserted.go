package explore

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/program"
)

// A client that is blocked may be served by a call that it doesn't make. But
// when the channel lies in an unexported field that is only ever worked on
// directly, the package shows who would serve it: if that is only done by
// goroutines which constructors start, and those have ended, or by a method
// that can run once, and it has returned, then nobody is left.

// deserted reports whether whatever would serve the channel operation at
// which a goroutine is blocked has ended.
func (m *machine) deserted(st *state, g *goroutine) bool {
	if m.entry.client == nil || m.entry.client.typ == nil {
		return false
	}
	needs := m.needs(g)
	for _, n := range needs {
		if n.field == nil || n.field.Exported() || !m.isOver(st, m.serviceOf(n), g) {
			return false
		}
	}
	return len(needs) > 0
}

// A service says who does what would serve a need.
type service struct {
	closed  bool                   // there is nobody but these
	spawned map[token.Pos]bool     // the go statements that start them
	methods map[*ssa.Function]bool // the methods that can run once and do it
}

// isOver reports whether a service has been there and has ended, or waits for
// the client.
func (m *machine) isOver(st *state, s *service, client *goroutine) bool {
	if !s.closed {
		return false
	}
	c, ended := m.entry.client, false
	for fn := range s.methods {
		if fn != c.first && fn != c.second || !m.hasReturned(st, fn) {
			return false
		}
		ended = true
	}
	for _, g := range st.gs {
		if g == nil || !slices.ContainsFunc(stackOf(g.spawn), func(pos token.Pos) bool { return s.spawned[pos] }) {
			continue
		}
		if !g.done && !m.waitsForLockOf(st, g, client) {
			return false
		}
		ended = true
	}
	return ended
}

func (m *machine) waitsForLockOf(st *state, g, holder *goroutine) bool {
	return g.op != nil && (g.op.kind == opLock || g.op.kind == opRLock) && slices.Contains(m.blockers(st, g), holder.id)
}

// hasReturned reports whether the client has called a method and it has
// returned.
func (m *machine) hasReturned(st *state, fn *ssa.Function) bool {
	called := false
	for e := st.trace; e != nil; e = e.prev {
		called = called || e.kind == eventOp && e.site != nil && e.site.fn == fn && e.what == m.entry.client.doing(fn)
	}
	return called && !slices.ContainsFunc(st.gs, func(g *goroutine) bool { return g != nil && !g.done && runs(g, fn) })
}

// serviceOf returns who would serve a need.
func (m *machine) serviceOf(n need) *service {
	if m.mentioners == nil {
		m.mentioners = m.mentionersOf()
	}
	s := m.services[n]
	if s == nil {
		s = m.findService(n)
		m.services[n] = s
	}
	return s
}

func (m *machine) findService(n need) *service {
	s := &service{closed: true, spawned: make(map[token.Pos]bool), methods: make(map[*ssa.Function]bool)}
	m.eachFunction(func(fn *ssa.Function) {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if handsOut(instr, n.field) {
					s.closed = false
				}
				if deeds(instr)[n.field]&n.deed != 0 {
					m.serves(s, fn, make(map[*ssa.Function]bool))
				}
			}
		}
	})
	return s
}

// serves adds to a service those that run a function.
func (m *machine) serves(s *service, fn *ssa.Function, seen map[*ssa.Function]bool) {
	if seen[fn] {
		return
	}
	seen[fn] = true
	callers := m.mentioners[fn]
	switch {
	case isExported(fn) && m.runsOnce(fn):
		s.methods[fn] = true
		return
	case isExported(fn) || len(callers) == 0:
		s.closed = false
		return
	}
	for _, c := range callers {
		if c.spawns {
			s.spawned[c.at] = true
			m.startedByMakers(s, c.fn, make(map[*ssa.Function]bool))
			continue
		}
		m.serves(s, c.fn, seen)
	}
}

// startedByMakers opens the service again unless a function is run by
// constructors only, or on goroutines that they start.
func (m *machine) startedByMakers(s *service, fn *ssa.Function, seen map[*ssa.Function]bool) {
	if seen[fn] || m.makesClient(fn) {
		return
	}
	seen[fn] = true
	callers := m.mentioners[fn]
	if isExported(fn) || len(callers) == 0 {
		s.closed = false
	}
	for _, c := range callers {
		if c.spawns {
			s.spawned[c.at] = true
		}
		m.startedByMakers(s, c.fn, seen)
	}
}

func (m *machine) makesClient(fn *ssa.Function) bool {
	c := m.entry.client
	for v := range fn.Signature.Results().Variables() {
		if named := originOf(v.Type()); named != nil && (named == c.typ || named == c.product) {
			return true
		}
	}
	return false
}

// A caller is a function that mentions another: it calls it, or starts a
// goroutine with it.
type caller struct {
	fn     *ssa.Function
	at     token.Pos
	spawns bool
}

func (m *machine) mentionersOf() map[*ssa.Function][]caller {
	callers := make(map[*ssa.Function][]caller)
	m.eachFunction(func(fn *ssa.Function) {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				m.mentions(callers, fn, instr)
			}
		}
	})
	return callers
}

func (m *machine) mentions(callers map[*ssa.Function][]caller, fn *ssa.Function, instr ssa.Instruction) {
	call, isCall := instr.(ssa.CallInstruction)
	if _, isGo := instr.(*ssa.Go); isGo || isCall && spawnsByLibrary(call.Common().StaticCallee()) {
		for _, callee := range calledBy(call.Common()) {
			callers[callee] = append(callers[callee], caller{fn, instr.Pos(), true})
		}
		return
	}
	if made, ok := instr.(*ssa.MakeClosure); ok && onlySpawned(made) {
		return
	}
	var buf [16]*ssa.Value
	for _, v := range instr.Operands(buf[:0]) {
		if callee, ok := (*v).(*ssa.Function); ok {
			callee = genericOf(callee)
			callers[callee] = append(callers[callee], caller{fn: fn, at: instr.Pos()})
		}
	}
}

// onlySpawned reports whether a function literal is only there for a
// goroutine.
func onlySpawned(made *ssa.MakeClosure) bool {
	for _, ref := range *made.Referrers() {
		call, isCall := ref.(ssa.CallInstruction)
		if _, isGo := ref.(*ssa.Go); !isGo && !(isCall && spawnsByLibrary(call.Common().StaticCallee())) {
			return false
		}
	}
	return true
}

// runsOnce reports whether a method closes at its end a channel in a field
// that is filled where a value is made: a second call would panic.
func (m *machine) runsOnce(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			d, ok := instr.(*ssa.Defer)
			if !ok {
				continue
			}
			if program.Builtin(&d.Call) == "close" && !m.isFilledAgain(objectOf(d.Call.Args[0])) {
				return true
			}
		}
	}
	return false
}

// isFilledAgain reports whether a field is set in a value that wasn't made by
// the same function.
func (m *machine) isFilledAgain(field types.Object) bool {
	again := field == nil
	m.eachFunction(func(fn *ssa.Function) {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				store, ok := instr.(*ssa.Store)
				if !ok || objectOf(store.Addr) != field {
					continue
				}
				at, ok := store.Addr.(*ssa.FieldAddr)
				if !ok {
					again = true
					continue
				}
				_, made := at.X.(*ssa.Alloc)
				again = again || !made
			}
		}
	})
	return again
}

// handsOut reports whether an instruction uses a channel that was loaded from
// a field for anything but an operation on it.
func handsOut(instr ssa.Instruction, field types.Object) bool {
	switch instr := instr.(type) {
	case *ssa.UnOp:
		return instr.Op == token.MUL && objectOf(instr.X) == field && handedOut(instr)
	case *ssa.Field:
		return objectOf(instr) == field && handedOut(instr)
	}
	return false
}

func handedOut(ch ssa.Value) bool {
	for _, ref := range *ch.Referrers() {
		switch ref := ref.(type) {
		case *ssa.UnOp, *ssa.BinOp, *ssa.DebugRef:
		case *ssa.Select:
			if slices.ContainsFunc(ref.States, func(s *ssa.SelectState) bool { return s.Send == ch }) {
				return true
			}
		case *ssa.Send:
			if ref.X == ch {
				return true
			}
		case ssa.CallInstruction:
			if program.Builtin(ref.Common()) == "" {
				return true
			}
		default:
			return true
		}
	}
	return false
}
