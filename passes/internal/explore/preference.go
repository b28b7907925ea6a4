package explore

import (
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// An unknown condition goes both ways, but the budget may end before the
// second one has its turn in every goroutine. So the way comes first on which
// there is more to see: on the path that is walked first all goroutines do
// what the function is there for, and whatever races or blocks then is met
// before the combinations of failures are.

// prefers returns the truth that an If is to be tried with first: what leads
// to code that wasn't covered, then what leads to more effects.
func (c *code) prefers(at *ssa.If) bool {
	fresh0, fresh1 := !c.hasTaken(at, 0), !c.hasTaken(at, 1)
	if fresh0 != fresh1 || isLoopHeader(at.Block()) {
		return fresh0 || !fresh1
	}
	return c.effectsOn(at, 0) >= c.effectsOn(at, 1)
}

func isLoopHeader(b *ssa.BasicBlock) bool {
	for _, pred := range b.Preds {
		if b.Dominates(pred) {
			return true
		}
	}
	return false
}

// effectsOn counts the instructions that others may notice in the blocks to
// which only one way of an If leads.
func (c *code) effectsOn(at *ssa.If, way int) int {
	succ := at.Block().Succs[way]
	if len(succ.Preds) > 1 {
		return 0
	}
	if c.effects == nil {
		c.effects = make(map[*ssa.BasicBlock]int)
	}
	n, ok := c.effects[succ]
	if !ok {
		n = effectsUnder(succ)
		c.effects[succ] = n
	}
	return n
}

func effectsUnder(b *ssa.BasicBlock) int {
	n := 0
	for _, instr := range b.Instrs {
		if isEffect(instr) {
			n++
		}
	}
	for _, d := range b.Dominees() {
		n += effectsUnder(d)
	}
	return n
}

// isEffect reports whether other goroutines may notice an instruction. Calls
// don't count: most are made to report a failure.
func isEffect(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.Store:
		_, local := instr.Addr.(*ssa.Alloc)
		return !local
	case *ssa.UnOp:
		return instr.Op == token.ARROW
	case *ssa.MapUpdate, *ssa.Send, *ssa.Select, *ssa.Go:
		return true
	}
	return false
}
