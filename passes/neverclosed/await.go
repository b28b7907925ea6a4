package neverclosed

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
)

// awaited returns an instruction that waits for the drain to end, or nil: a
// Wait for the group of which the drain's goroutine is Done when it ends, or
// a receive from a channel on which it then sends or which it closes.
func (c *checker) awaited(ch *channel, d drain) ssa.Instruction {
	fn := d.receive.Parent()
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if !ok {
				continue
			}
			_, deferred := call.(*ssa.Defer)
			if !deferred && !after(d, block) {
				continue
			}
			if wait := c.waiter(ch, call); wait != nil {
				return wait
			}
		}
	}
	for _, site := range c.runs.sites[fn] {
		if spawns(site) && len(site.Common().Args) > 0 {
			if wait := c.waitFor(site.Common().Args[0]); wait != nil {
				return wait
			}
		}
	}
	return nil
}

// after reports whether a block runs only when the drain has ended.
func after(d drain, block *ssa.BasicBlock) bool { return d.done.Dominates(block) }

// waiter returns what waits for a call that the drain's goroutine makes at
// its end.
func (c *checker) waiter(ch *channel, call ssa.CallInstruction) ssa.Instruction {
	common := call.Common()
	if program.Builtin(common) == "close" {
		done := c.aliases.of(common.Args[0])
		if done != ch && len(done.waits) > 0 {
			return done.waits[0]
		}
		return nil
	}
	if obj := calledFunc(common); obj != nil && model.SignalsDone(obj) {
		return c.waitFor(common.Args[0])
	}
	return nil
}

func calledFunc(common *ssa.CallCommon) *types.Func {
	if fn := common.StaticCallee(); fn != nil {
		obj, _ := fn.Object().(*types.Func)
		return obj
	}
	return nil
}

// waitFor returns a Wait on the group, or nil.
func (c *checker) waitFor(group ssa.Value) ssa.Instruction {
	key := c.runs.root(group)
	if key == nil {
		return nil
	}
	for _, site := range c.runs.waitSites {
		if c.runs.root(site.Common().Args[0]) == key {
			return site
		}
	}
	return nil
}
