package sharing

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// GivenUp reports whether the function that starts a goroutine waits for it,
// and where it doesn't wait to the end closes something: what the goroutine
// then still works on is of no use to others any more.
//
//	go func() { defer close(done); reply, err = c.roundTrip(cmd) }()
//	select {
//	case <-done:
//		return reply, err
//	case <-ctx.Done():
//		return nil, c.fail(ctx.Err())    // closes the connection
//	}
func (e *Evidence) GivenUp(fn *ssa.Function, spawn *Spawn) bool {
	for _, step := range e.builder.footprint(fn).Steps {
		for _, join := range step.Joins {
			if join.Select != nil && signalled(spawn, join.Place) && e.closesOtherwise(fn, join) {
				return true
			}
		}
	}
	return false
}

// closesOtherwise reports whether, where a select takes another case than the
// join, the function closes something.
func (e *Evidence) closesOtherwise(fn *ssa.Function, join Join) bool {
	for _, block := range fn.Blocks {
		sel, state, ok := chosenCase(block)
		if !ok || sel != join.Select {
			continue
		}
		for i, succ := range block.Succs {
			if (state == join.State) == (i == 1) && e.closesBehind(succ) {
				return true
			}
		}
	}
	return false
}

// closesBehind reports whether a block, or one that it dominates, calls
// something's Close.
func (e *Evidence) closesBehind(start *ssa.BasicBlock) bool {
	return slices.ContainsFunc(start.Parent().Blocks, func(b *ssa.BasicBlock) bool {
		return start.Dominates(b) && slices.ContainsFunc(b.Instrs, func(instr ssa.Instruction) bool { return closesSomething(instr, closeDepth) })
	})
}

// closeDepth is how many calls deep a Close is looked for.
const closeDepth = 2

func closesSomething(instr ssa.Instruction, depth int) bool {
	call, ok := instr.(ssa.CallInstruction)
	if !ok {
		return false
	}
	if fn := CalleeObject(call.Common()); fn != nil && fn.Name() == "Close" && fn.Signature().Recv() != nil {
		return true
	}
	callee := call.Common().StaticCallee()
	if callee == nil || depth == 0 {
		return false
	}
	found := false
	eachInstr(callee, func(instr ssa.Instruction) { found = found || closesSomething(instr, depth-1) })
	return found
}
