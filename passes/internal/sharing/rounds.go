package sharing

import (
	"go/constant"
	"go/token"
	"slices"

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

// rounds are those of the loop in which goroutines are started.
type rounds struct {
	loop   *program.Loop
	bound  ssa.Value         // their number, if the loop is counted
	counts map[*ssa.Phi]bool // variables that count the goroutines
}

// roundsOf returns the rounds of the loop around an instruction, nil if there is
// none whose goroutines are counted.
func roundsOf(spawn ssa.Instruction) *rounds {
	loop := program.LoopAround(spawn.Block())
	if loop == nil {
		return nil
	}
	r := &rounds{loop: loop, counts: make(map[*ssa.Phi]bool)}
	r.bound, _ = loop.Counted()
	for _, instr := range loop.Head.Instrs {
		if phi, ok := instr.(*ssa.Phi); ok && r.countedBy(phi, spawn) {
			r.counts[phi] = true
		}
	}
	if r.bound == nil && len(r.counts) == 0 {
		return nil
	}
	return r
}

// countedBy reports whether a variable goes up by one where an instruction runs,
// and stays as it is elsewhere in the loop:
//
//	for _, part := range parts {
//		if part.stale {
//			go load(part, results)
//			pending++
//		}
//	}
func (r *rounds) countedBy(count *ssa.Phi, spawn ssa.Instruction) bool {
	adds := false
	kept := map[ssa.Value]bool{count: true}
	var keeps func(v ssa.Value) bool
	keeps = func(v ssa.Value) bool {
		if kept[v] {
			return true
		}
		kept[v] = true
		switch v := v.(type) {
		case *ssa.Phi:
			return r.loop.Holds(v.Block()) && !slices.ContainsFunc(v.Edges, func(edge ssa.Value) bool { return !keeps(edge) })
		case *ssa.BinOp:
			adds = adds || v.Block() == spawn.Block()
			return v.Op == token.ADD && isOne(v.Y) && keeps(v.X)
		}
		return false
	}
	for i, pred := range r.loop.Head.Preds {
		if r.loop.Holds(pred) && !keeps(count.Edges[i]) {
			return false
		}
	}
	return adds
}

func isOne(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && isInt(c) && constant.Compare(c.Value, token.EQL, constant.MakeInt64(1))
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
	loop := program.Done(from, succ)
	if loop == nil || !r.asMany(loop) {
		return false
	}
	for join := range joins {
		if loop.Holds(join.Block()) && loop.EachRound(join.Block()) {
			return true
		}
	}
	return false
}

// asMany reports whether a loop has as many rounds as goroutines were started.
func (r *rounds) asMany(loop *program.Loop) bool {
	bound, counted := loop.Counted()
	if counted && bound != nil && (r.bound != nil && program.Same(bound, r.bound) || r.isCount(bound)) {
		return true
	}
	branch, ok := loop.Head.Instrs[len(loop.Head.Instrs)-1].(*ssa.If)
	if !ok {
		return false
	}
	cond, ok := branch.Cond.(*ssa.BinOp)
	if !ok || cond.Op != token.GTR && cond.Op != token.NEQ || !program.IsZero(cond.Y) {
		return false
	}
	left, ok := cond.X.(*ssa.Phi)
	return ok && left.Block() == loop.Head && r.countsDown(loop, left)
}

func (r *rounds) isCount(v ssa.Value) bool {
	phi, ok := v.(*ssa.Phi)
	return ok && r.counts[phi]
}

// countsDown reports whether a variable starts with the number of goroutines
// and loses one in each round of a loop.
func (r *rounds) countsDown(loop *program.Loop, left *ssa.Phi) bool {
	for i, pred := range loop.Head.Preds {
		if !loop.Holds(pred) {
			if !r.isCount(left.Edges[i]) {
				return false
			}
			continue
		}
		less, ok := left.Edges[i].(*ssa.BinOp)
		if !ok || less.Op != token.SUB || less.X != left || !isOne(less.Y) {
			return false
		}
	}
	return true
}
