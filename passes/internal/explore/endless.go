package explore

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/program"
)

// A goroutine that waits in a loop for a ticker or for the order to stop is
// never blocked for good. But when nobody can reach the channel of the order
// any more, because the function that made it has returned without it, the
// ticker keeps the goroutine going for ever:
//
//	go s.refresh() // for { select { case <-t.C: …; case <-s.quit: return } }
//	if err := s.load(); err != nil {
//		return nil, err
//	}

// endless reports such goroutines once the function that was called from
// outside has returned.
func (m *machine) endless(st *state) {
	if m.entry.Kind != Spawn || !st.gs[0].done {
		return
	}
	var live []bool
	for _, g := range st.gs {
		if g == nil || g.done || g.daemon || g.op == nil || g.op.kind != opSelect || len(g.op.cases) < 2 {
			continue
		}
		if live == nil {
			live = m.liveSet(st, false)
		}
		if !live[g.id] && m.keptGoing(st, g) {
			m.reportStuck(st, KindEndless, []*goroutine{g})
		}
	}
}

// keptGoing reports whether a goroutine comes back to its select whenever a
// timer has fired, and only another case would lead out. One that nothing leads
// out of was meant to run as long as the process.
func (m *machine) keptGoing(st *state, g *goroutine) bool {
	fr := g.frames[len(g.frames)-1]
	b := fr.code.blocks[fr.block]
	if int(fr.pc) >= len(b.Instrs) || fr.code.model {
		return false
	}
	wait, ok := b.Instrs[fr.pc].(*ssa.Select)
	if !ok {
		return false
	}
	timers := m.newMarks(st)
	for _, h := range st.gs {
		if h != nil && h.timer && !h.done {
			timers.goroutine(h)
		}
	}
	others := make(map[*ssa.BasicBlock]bool)
	ticks := false
	for i, c := range g.op.cases {
		if p, channel := m.channelOf(c.ch); channel != nil && timers.has(p) {
			ticks = true
		} else if body := bodyOf(wait, i); body != nil {
			others[body] = true
		}
	}
	return ticks && len(others) > 0 && !ends(b, others) && ends(b, nil)
}

// bodyOf returns the block that a select's case leads to.
func bodyOf(wait *ssa.Select, index int) *ssa.BasicBlock {
	for _, ref := range *wait.Referrers() {
		chosen, ok := ref.(*ssa.Extract)
		if !ok || chosen.Index != 0 {
			continue
		}
		for _, use := range *chosen.Referrers() {
			test, ok := use.(*ssa.BinOp)
			if !ok || test.Op != token.EQL || !isIndex(test.Y, index) {
				continue
			}
			for _, branch := range *test.Referrers() {
				if at, ok := branch.(*ssa.If); ok {
					return at.Block().Succs[0]
				}
			}
		}
	}
	return nil
}

func isIndex(v ssa.Value, index int) bool {
	c, ok := v.(*ssa.Const)
	return ok && types.Identical(c.Type().Underlying(), types.Typ[types.Int]) && c.Int64() == int64(index)
}

// ends reports whether the function can return from a block without entering
// one of others.
func ends(from *ssa.BasicBlock, others map[*ssa.BasicBlock]bool) bool {
	avoid := func(b *ssa.BasicBlock) bool { return others[b] }
	returns := func(b *ssa.BasicBlock) bool {
		_, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		return ok && !others[b]
	}
	return program.BlockReaches(from, returns, avoid)
}
