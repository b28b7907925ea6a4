package explore

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// run lets goroutines run until each rests at a visible operation, has
// ended, or the path has.
func (m *machine) run() {
	for m.live() {
		if m.st.running == none {
			if len(m.st.queue) == 0 {
				return
			}
			m.st.running = m.st.takeTurn()
			m.quiet = 0
		}
		m.g = m.st.goroutine(m.st.running)
		m.fr = m.g.top()
		for m.live() && m.g.op == nil && !m.g.done {
			m.step()
		}
		if m.live() {
			m.st.running = none
		}
	}
}

// takeTurn takes the next goroutine off the queue. One that panics goes last:
// when it has ended, so have all.
func (st *state) takeTurn() gid {
	i := max(0, slices.IndexFunc(st.queue, func(g gid) bool { return st.gs[g].panics == nil }))
	g := st.queue[i]
	st.queue = slices.Concat(st.queue[:i], st.queue[i+1:])
	return g
}

// live reports whether the path goes on.
func (m *machine) live() bool { return m.dead == "" && !m.st.terminated }

// abandon ends the path; why says what stopped it.
func (m *machine) abandon(why string) { m.dead = why }

// cutOff ends a path that is too long; smaller constants may make it shorter.
func (m *machine) cutOff(why string) {
	m.cut = true
	m.truncate(why)
	m.abandon(why)
}

// step runs one instruction of the running goroutine.
func (m *machine) step() {
	fr := m.fr
	if m.steps++; m.steps > m.budget.Steps {
		m.cutOff("budget")
		return
	}
	if m.quiet++; m.quiet > m.budget.Quiet {
		m.cutOff("long loop")
		return
	}
	if fr.unwinding {
		m.unwind()
		return
	}
	block := fr.code.blocks[fr.block]
	if int(fr.pc) >= len(block.Instrs) {
		m.abandon("no instruction")
		return
	}
	// A goroutine that loops for long without a visible operation may wait
	// for one that has yet to begin.
	if m.quiet > m.budget.Quiet/2 && len(m.st.queue) > 0 && fr.pc > 0 {
		m.rest(&op{kind: opSleep, name: "spin", wake: m.st.now, again: true, half: true, dst: -1})
		return
	}
	if fr.pc == 0 && !fr.code.covered[fr.block] {
		fr.code.covered[fr.block] = true
		m.covered++
	}
	if m.small != nil {
		m.checkConstants(block.Instrs[fr.pc])
	}
	m.execute(fr, block.Instrs[fr.pc])
}

// execute does one instruction. What needs a decision about an unknown makes
// it before its first effect, because a fork runs the instruction again.
func (m *machine) execute(fr *frame, instr ssa.Instruction) {
	switch instr := instr.(type) {
	case *ssa.DebugRef:
		fr.pc++
	case *ssa.Phi:
		m.phis(fr)
	case *ssa.Jump:
		m.jump(fr, 0)
	case *ssa.If:
		m.branch(fr, instr)
	case *ssa.Return:
		m.finish(fr, instr)
	case *ssa.RunDefers:
		if !m.popDefer(fr) {
			fr.pc++
		}
	case *ssa.Panic:
		m.throw(m.get(instr.X), "")
	case *ssa.Go:
		m.spawn(instr)
	case *ssa.Defer:
		m.pushDefer(fr, instr)
	case *ssa.Call:
		m.call(fr, instr)
	case *ssa.Send:
		m.rest(&op{kind: opSend, ch: m.get(instr.Chan), val: m.get(instr.X), dst: -1, advance: true})
	case *ssa.Select:
		m.selects(fr, instr)
	case *ssa.Store:
		m.storeInstr(fr, instr)
	case *ssa.MapUpdate:
		m.mapUpdate(fr, instr)
	case ssa.Value:
		m.evaluate(fr, instr)
	default:
		m.abandon("unknown instruction")
	}
}

// evaluate computes an instruction that has a value and no control effect.
func (m *machine) evaluate(fr *frame, v ssa.Value) {
	var result value
	switch v := v.(type) {
	case *ssa.Alloc:
		result = m.allocInstr(fr, v)
	case *ssa.BinOp:
		result = m.binop(v)
	case *ssa.UnOp:
		if v.Op == token.ARROW {
			m.receive(fr, v)
			return
		}
		result = m.unop(v)
	case *ssa.ChangeType:
		result = m.get(v.X)
	case *ssa.Convert:
		result = m.convert(m.get(v.X), v.X.Type(), v.Type())
	case *ssa.MultiConvert:
		result = m.convert(m.get(v.X), v.X.Type(), v.Type())
	case *ssa.ChangeInterface:
		result = m.get(v.X)
	case *ssa.SliceToArrayPointer:
		result = m.sliceToArray(m.get(v.X), v.Type())
	case *ssa.MakeInterface:
		result = m.box(m.get(v.X), v.X.Type())
	case *ssa.MakeClosure:
		result = m.makeClosure(v)
	case *ssa.MakeMap:
		result = pointer{obj: m.alloc(&mapValue{}, v.Type(), true)}
	case *ssa.MakeChan:
		result = m.makeChan(v)
	case *ssa.MakeSlice:
		result = m.makeSlice(v)
	case *ssa.Slice:
		result = m.reslice(v)
	case *ssa.FieldAddr:
		result = m.fieldAddr(v)
	case *ssa.Field:
		result = m.part(m.get(v.X), m.paths.child(nil, int64(v.Field), nil), v.Type())
	case *ssa.IndexAddr:
		result = m.indexAddr(v)
	case *ssa.Index:
		result = m.index(v)
	case *ssa.Lookup:
		result = m.lookup(v)
	case *ssa.Range:
		result = m.rangeOver(v)
	case *ssa.Next:
		result = m.next(fr, v)
	case *ssa.TypeAssert:
		result = m.typeAssert(v)
	case *ssa.Extract:
		result = m.part(m.get(v.Tuple), m.paths.child(nil, int64(v.Index), nil), v.Type())
	default:
		result = m.fresh(v.Type())
	}
	if !m.live() || result == nil || m.fr != fr || fr.unwinding {
		return
	}
	fr.regs[fr.code.dst[fr.block][fr.pc]] = result
	fr.pc++
}

// get returns the value of an operand.
func (m *machine) get(v ssa.Value) value {
	switch v := v.(type) {
	case *ssa.Const:
		return m.constant(v)
	case *ssa.Global:
		return pointer{obj: m.global(v)}
	case *ssa.Function:
		return m.funcValue(v)
	case *ssa.Builtin:
		return builtinFunc{v}
	case nil:
		return nil
	}
	if i, ok := m.fr.code.index[v]; ok && m.fr.regs[i] != nil {
		return m.fr.regs[i]
	}
	return m.fresh(v.Type())
}

func (m *machine) funcValue(fn *ssa.Function) *closure {
	if c, ok := m.funcs[fn]; ok {
		return c
	}
	c := &closure{fn: fn}
	m.funcs[fn] = c
	return c
}

// fresh returns a new unknown value.
func (m *machine) fresh(t types.Type) value {
	if t == nil {
		t = types.Typ[types.Invalid]
	}
	g := m.g
	g.syms++
	n := int64(g.id)<<32 | int64(g.syms)
	if tup, ok := t.(*types.Tuple); ok {
		elems := make([]value, tup.Len())
		for i := range elems {
			elems[i] = m.syms.intern(symFresh, tup.At(i).Type(), nil, i+1, n)
		}
		return &aggregate{elems}
	}
	return m.syms.intern(symFresh, t, nil, 0, n)
}

// makeClosure captures what a function literal uses. The state keeps the one
// that a client is going to call.
func (m *machine) makeClosure(v *ssa.MakeClosure) *closure {
	bind := make([]value, len(v.Bindings))
	for i, b := range v.Bindings {
		bind[i] = m.get(b)
	}
	made := &closure{v.Fn.(*ssa.Function), bind}
	if c := m.entry.client; c != nil && c.first == made.fn {
		m.st.registered = made
	}
	return made
}

// phis evaluates all phis at the head of a block together, from the edge
// that was taken.
func (m *machine) phis(fr *frame) {
	block := fr.code.blocks[fr.block]
	edge := 0
	for i, p := range block.Preds {
		if int32(p.Index) == fr.prev {
			edge = i
			break
		}
	}
	var next []value
	n := 0
	for _, instr := range block.Instrs {
		phi, ok := instr.(*ssa.Phi)
		if !ok {
			break
		}
		next = append(next, m.get(phi.Edges[edge]))
		n++
	}
	for i := range n {
		fr.regs[fr.code.index[block.Instrs[i].(*ssa.Phi)]] = next[i]
	}
	fr.pc += int32(n)
}

func (m *machine) jump(fr *frame, succ int) {
	block := fr.code.blocks[fr.block]
	fr.prev = fr.block
	fr.block = int32(block.Succs[succ].Index)
	fr.pc = 0
}

// branch follows an If. An unknown condition is decided anew a few times per
// activation only: a loop on unknowns runs 0, 1 and 2 times.
func (m *machine) branch(fr *frame, instr *ssa.If) {
	cond := m.get(instr.Cond)
	if b, ok := cond.(bool); ok {
		m.goes(fr, instr, b)
		return
	}
	c, ok := cond.(*symbol)
	if !ok {
		m.abandon("bad condition")
		return
	}
	truth, known := m.st.facts.decide(c)
	if !known {
		exits := fr.code.exits(instr)
		if exits.back[0] || exits.back[1] {
			if n, most := fr.countFork(instr), m.st.rounds(); n > most {
				if exits.back[0] && exits.back[1] || n > 4*most {
					m.truncate("unknown loop")
					m.abandon("unknown loop")
					return
				}
				truth, known = exits.back[1], true
				m.assume(c, truth)
			}
		}
	}
	if !known {
		truth = fr.code.prefers(instr)
		other := succ(!truth)
		m.forkOn(c, truth, node{stale: fr.code.covered[instr.Block().Succs[other].Index], at: instr, of: fr.code, way: other})
	}
	m.goes(fr, instr, truth)
}

// goes takes one way of an If.
func (m *machine) goes(fr *frame, at *ssa.If, truth bool) {
	fr.code.ways[at.Block().Index] |= 1 << succ(truth)
	m.jump(fr, succ(truth))
}

// maxUnknownRounds bounds the rounds of a loop whose condition is unknown,
// unless one more than that fills a small buffer.
const (
	maxUnknownRounds = 2
	smallBuffer      = 3
)

func (st *state) rounds() int32 {
	return max(maxUnknownRounds, int32(st.buffer)+1)
}

func succ(cond bool) int {
	if cond {
		return 0
	}
	return 1
}

func (fr *frame) countFork(at ssa.Instruction) int32 {
	for i := range fr.forks {
		if fr.forks[i].at == at {
			fr.forks[i].n++
			return fr.forks[i].n
		}
	}
	fr.forks = append(fr.forks, forkCount{at, 1})
	return 1
}

// decide settles a condition, on both ways if need be.
func (m *machine) decide(cond value) bool {
	switch c := cond.(type) {
	case bool:
		return c
	case *symbol:
		if truth, known := m.st.facts.decide(c); known {
			return truth
		}
		m.forkOn(c, true, node{})
		return true
	}
	return false
}

// forkOn goes on with one truth of an unknown condition and leaves the other,
// which leads to where the node says, for later.
func (m *machine) forkOn(c *symbol, truth bool, later node) {
	m.informed(c)
	later.st = m.fork(m.st)
	later.st.facts = later.st.facts.with(c, !truth)
	m.decided(later.st, c, !truth)
	m.search.push(later)
	m.assume(c, truth)
}

func (m *machine) assume(c *symbol, truth bool) {
	m.informed(c)
	m.st.facts = m.st.facts.with(c, truth)
	m.decided(m.st, c, truth)
}

func (m *machine) truncate(why string) {
	if m.st.truncated == "" {
		m.st.truncated = why
	}
}
