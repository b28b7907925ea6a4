package sharing

import (
	"go/constant"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/program"
)

// An arrival is a way into a block: from another one, or from nowhere in
// particular. It decides the block's branch where that asks how often a loop
// of a constant number of rounds has run: such a loop isn't left before its
// first round.
//
//	for range 2 {
//		<-done
//	}
type arrival struct {
	block, from *ssa.BasicBlock
}

// known returns the arrival, without where it comes from if that decides
// nothing.
func (a arrival) known() arrival {
	if _, decided := a.outcome(); !decided {
		a.from = nil
	}
	return a
}

// takes reports whether the block may be left for one of its successors.
func (a arrival) takes(succ int) bool {
	outcome, decided := a.outcome()
	return !decided || outcome == (succ == 0)
}

// outcome evaluates the condition of the block's branch where it compares
// constants.
func (a arrival) outcome() (outcome, decided bool) {
	branch, ok := a.block.Instrs[len(a.block.Instrs)-1].(*ssa.If)
	if !ok {
		return false, false
	}
	cond, ok := branch.Cond.(*ssa.BinOp)
	if !ok {
		return false, false
	}
	limit, ok := cond.Y.(*ssa.Const)
	start := a.constant(cond.X)
	if !ok || start == nil || !isInt(start) || !isInt(limit) {
		return false, false
	}
	return constant.Compare(start.Value, cond.Op, limit.Value), true
}

// constant returns the constant that a value is on this arrival, or nil.
func (a arrival) constant(v ssa.Value) *ssa.Const {
	phi, ok := v.(*ssa.Phi)
	if ok && phi.Block() == a.block {
		for i, pred := range a.block.Preds {
			if pred == a.from {
				v = phi.Edges[i]
			}
		}
	}
	found, _ := v.(*ssa.Const)
	return found
}

func isInt(c *ssa.Const) bool { return c.Value != nil && c.Value.Kind() == constant.Int }

// rounds are those of the loop in which goroutines are started, nil if there is
// none that is counted.
type rounds struct {
	loop  *program.Loop
	bound ssa.Value
}

func roundsOf(spawn ssa.Instruction) *rounds {
	loop := program.LoopAround(spawn.Block())
	if loop == nil {
		return nil
	}
	bound, counted := loop.Counted()
	if !counted || bound == nil {
		return nil
	}
	return &rounds{loop, bound}
}

// matchedBy reports whether an edge leaves a loop that has as many rounds, and
// waits for one of the goroutines in each: it has waited when it is left, or no
// goroutine was started.
//
//	for _, part := range parts {
//		go load(part, results)
//	}
//	for n := 0; n < len(parts); n++ {
//		<-results
//	}
func (r *rounds) matchedBy(from *ssa.BasicBlock, succ int, joins map[ssa.Instruction]bool) bool {
	if r == nil || r.loop.Holds(from) {
		return false
	}
	loop := program.LoopAt(from)
	if loop == nil || loop.Holds(from.Succs[succ]) {
		return false
	}
	if bound, counted := loop.Counted(); !counted || !program.Same(bound, r.bound) {
		return false
	}
	for join := range joins {
		if loop.Holds(join.Block()) && loop.EachRound(join.Block()) {
			return true
		}
	}
	return false
}
