package explore

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/program"
)

// A run with small constants begins as the exact run does: up to the moment
// when a comparison has another outcome than it would have, say when a loop
// ends early. What happens before, and what that moment has no influence on,
// happens in the exact run too.
//
// A goroutine that such a moment was met by is off; so are those that learn
// of it, which their vector clocks tell, and whoever waits for something that
// the goroutine could still reach then: it might have acted.

// An offMoment says when a goroutine left the way of the exact run.
type offMoment struct {
	epoch uint32
	reach *marks
}

// leavesExactRun notes that the running goroutine does what it wouldn't do
// with the constants as they are.
func (m *machine) leavesExactRun() {
	if m.g.off == nil {
		m.g.off = &offMoment{m.g.clock.at(m.g.id), m.reachOf(m.st, m.g)}
	}
}

// checkConstants looks at an instruction about to run with small constants.
func (m *machine) checkConstants(instr ssa.Instruction) {
	switch instr := instr.(type) {
	case *ssa.BinOp:
		if isComparison(instr.Op) {
			return // see compared
		}
	case *ssa.MakeChan, *ssa.Phi, *ssa.DebugRef:
		return
	case *ssa.MakeSlice:
		if !m.isSmall(instr.Len) {
			return
		}
	}
	m.operands = instr.Operands(m.operands[:0])
	for _, v := range m.operands {
		if m.isSmall(*v) {
			m.leavesExactRun()
			return
		}
	}
}

func isComparison(op token.Token) bool {
	switch op {
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		return true
	}
	return false
}

// isSmall reports whether a value is a constant that was made small.
func (m *machine) isSmall(v ssa.Value) bool {
	if v == nil || m.small == nil {
		return false
	}
	n, ok := countOf(v)
	_, small := m.small[n]
	return ok && small
}

// compared looks at the outcome of a comparison.
func (m *machine) compared(v *ssa.BinOp, outcome value) {
	if !m.isSmall(v.X) && !m.isSmall(v.Y) {
		return
	}
	exact := func(v ssa.Value) value {
		if m.isSmall(v) {
			n, _ := countOf(v)
			return n
		}
		return m.get(v)
	}
	x, okx := exact(v.X).(int64)
	y, oky := exact(v.Y).(int64)
	if !okx || !oky || compareInts(v.Op, x, y) != outcome {
		m.leavesExactRun()
	}
}

// isOff reports whether goroutines and what they wait for are under the
// influence of small constants.
func (m *machine) isOff(st *state, gs []*goroutine) bool {
	for _, g := range gs {
		if g.op != nil && (m.waitsForRoom(g.op, isUncertain) && !fillsAny(g) || m.waitsForRoom(g.op, isCountedOut)) {
			return true
		}
	}
	if m.small == nil {
		return false
	}
	for _, t := range st.gs {
		if t == nil || t.off == nil {
			continue
		}
		for _, g := range gs {
			if g == t || g.clock.at(t.id) >= t.off.epoch || couldServe(t.off.reach, g.op) {
				return true
			}
		}
	}
	return false
}

func couldServe(reach *marks, o *op) bool {
	if o == nil {
		return false
	}
	for _, v := range waitedFor(o) {
		if p, ok := v.(pointer); ok && reach.has(p) {
			return true
		}
	}
	return false
}

// waitsForRoom reports whether an operation sends on a channel as asked, which
// would have room.
func (m *machine) waitsForRoom(o *op, is func(*channel) bool) bool {
	for _, v := range waitedFor(o) {
		if _, c := m.channelOf(v); c != nil && is(c) {
			return true
		}
	}
	return false
}

func isUncertain(c *channel) bool { return c.small || c.guessed }

// isCountedOut reports whether a channel has room for all that there is, how
// much that may be: what a loop takes from elsewhere is counted there.
func isCountedOut(c *channel) bool { return c.counted }

// fillsAny reports whether a goroutine is blocked at a send in a loop that
// nothing counts, which fills a buffer of any size.
func fillsAny(g *goroutine) bool {
	fr := g.frames[len(g.frames)-1]
	b := fr.code.blocks[fr.block]
	inLoop := slices.ContainsFunc(b.Succs, func(succ *ssa.BasicBlock) bool { return program.BlockLeads(succ, b) })
	if g.op.kind != opSend || fr.code.model || !inLoop {
		return false
	}
	for _, x := range fr.code.blocks {
		if x == nil || x != b && !(program.BlockLeads(b, x) && program.BlockLeads(x, b)) {
			continue
		}
		if at, ok := x.Instrs[len(x.Instrs)-1].(*ssa.If); ok && leaves(at, b) && isCounted(at.Cond) {
			return false
		}
	}
	return true
}

// leaves reports whether one way of an If leads out of the loop of a block.
func leaves(at *ssa.If, loop *ssa.BasicBlock) bool {
	for _, succ := range at.Block().Succs {
		if succ != loop && !program.BlockLeads(succ, loop) {
			return true
		}
	}
	return false
}

// isCounted reports whether a condition may depend on how often a loop has
// run: it isn't what a call, a receive or a comparison with nil says.
func isCounted(cond ssa.Value) bool {
	switch c := cond.(type) {
	case *ssa.UnOp:
		return c.Op == token.NOT && isCounted(c.X)
	case *ssa.BinOp:
		return !isNilConst(c.X) && !isNilConst(c.Y)
	case *ssa.Call:
		return false
	case *ssa.Extract:
		_, next := c.Tuple.(*ssa.Next)
		return next
	}
	return true
}

func isNilConst(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.IsNil()
}
