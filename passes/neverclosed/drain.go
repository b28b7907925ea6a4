package neverclosed

import (
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/program"
)

// A drain is a loop that receives until its channel is closed, and that
// nothing else ends:
//
//	for v := range ch { … }
//	for { v, ok := <-ch; if !ok { break }; … }
//
// A loop with another way out (break, return, goto) is none: it may count.
// Ways that end the process or panic are no ways out.
type drain struct {
	receive *ssa.UnOp
	done    *ssa.BasicBlock // where it goes on when the channel is closed
}

// drainAt returns the drain whose receive is the instruction.
func drainAt(receive *ssa.UnOp) (drain, bool) {
	branch, end := branchOnOk(receive)
	if branch == nil {
		return drain{}, false
	}
	loop := program.LoopAround(receive.Block())
	if loop == nil || loop.Holds(end) {
		return drain{}, false
	}
	for _, block := range receive.Parent().Blocks {
		if !loop.Holds(block) {
			continue
		}
		if len(block.Succs) == 0 && isReturn(block) {
			return drain{}, false
		}
		for _, succ := range block.Succs {
			if !loop.Holds(succ) && !(block == branch && succ == end) && !endsProcess(succ) {
				return drain{}, false
			}
		}
	}
	return drain{receive, end}, true
}

// branchOnOk returns the block that branches on whether the channel was
// closed, and the block to which it goes when it was.
func branchOnOk(receive *ssa.UnOp) (branch, end *ssa.BasicBlock) {
	for _, use := range *receive.Referrers() {
		ok, isExtract := use.(*ssa.Extract)
		if !isExtract || ok.Index != 1 {
			continue
		}
		for _, use := range *ok.Referrers() {
			switch use := use.(type) {
			case *ssa.If:
				return use.Block(), use.Block().Succs[1]
			case *ssa.UnOp: // !ok
				for _, use := range *use.Referrers() {
					if use, isIf := use.(*ssa.If); isIf {
						return use.Block(), use.Block().Succs[0]
					}
				}
			}
		}
	}
	return nil, nil
}

// endsProcess reports whether the block goes nowhere, and not by returning.
func endsProcess(block *ssa.BasicBlock) bool { return len(block.Succs) == 0 && !isReturn(block) }

func isReturn(block *ssa.BasicBlock) bool {
	if len(block.Instrs) == 0 {
		return false
	}
	_, ok := block.Instrs[len(block.Instrs)-1].(*ssa.Return)
	return ok
}
