package explore

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/program"
)

// An unknown condition goes both ways, but the budget may end before the
// second one has its turn in every goroutine. So the way comes first on which
// there is more to see: on the path that is walked first all goroutines do
// what the function is there for, and whatever races or blocks then is met
// before the combinations of failures are.

// prefers returns the truth that an If is to be tried with first: what leads
// to code that wasn't covered, then what leads to more effects. A loop runs
// first, unless its rounds were seen and do nothing that others may notice.
func (c *code) prefers(at *ssa.If) bool {
	fresh0, fresh1 := !c.hasTaken(at, 0), !c.hasTaken(at, 1)
	switch {
	case fresh0 != fresh1:
		return fresh0
	case !isLoopHeader(at.Block()):
		return c.effectsOn(at, 0) >= c.effectsOn(at, 1)
	}
	back := c.exits(at).back
	return fresh0 || back[0] == back[1] || back[0] == c.acts(at.Block())
}

// acts reports whether others may notice the rounds of a loop.
func (c *code) acts(header *ssa.BasicBlock) bool {
	acts, ok := c.acting[header]
	if !ok {
		for _, b := range header.Parent().Blocks {
			if header.Dominates(b) && program.BlockLeads(b, header) {
				acts = acts || slices.ContainsFunc(b.Instrs, func(instr ssa.Instruction) bool { return isEffect(instr) || callsOwn(instr) })
			}
		}
		if c.acting == nil {
			c.acting = make(map[*ssa.BasicBlock]bool)
		}
		c.acting[header] = acts
	}
	return acts
}

// callsOwn reports whether an instruction calls code that may be of the
// package.
func callsOwn(instr ssa.Instruction) bool {
	call, ok := instr.(ssa.CallInstruction)
	if !ok {
		return false
	}
	if program.Builtin(call.Common()) != "" {
		return false
	}
	callee := call.Common().StaticCallee()
	return callee == nil || callee.Blocks != nil
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
		return !madeHere(instr.Addr)
	case *ssa.MapUpdate:
		return !madeHere(instr.Map)
	case *ssa.UnOp:
		return instr.Op == token.ARROW
	case *ssa.Send, *ssa.Select, *ssa.Go:
		return true
	}
	return false
}

// madeHere reports whether a value is a variable or map that the function
// makes itself, or a part of one, and keeps from its function literals.
func madeHere(v ssa.Value) bool {
	for {
		switch x := v.(type) {
		case *ssa.FieldAddr:
			v = x.X
		case *ssa.IndexAddr:
			v = x.X
		case *ssa.UnOp:
			if !isMapType(x.Type()) {
				return false
			}
			v = x.X
		case *ssa.Alloc:
			return !isCaptured(x)
		default:
			_, isMap := v.(*ssa.MakeMap)
			return isMap
		}
	}
}

func isCaptured(variable *ssa.Alloc) bool {
	return slices.ContainsFunc(*variable.Referrers(), func(ref ssa.Instruction) bool {
		_, captured := ref.(*ssa.MakeClosure)
		return captured
	})
}
