package neverclosed

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/program"
)

// A drain is a loop that receives until its channel is closed, and that
// nothing else ends:
//
//	for v := range ch { … }
//	for { v, ok := <-ch; if !ok { break }; … }
//
// A loop with another way out (break, return, goto) is none: it may count. One
// whose other ways out are errors of calls is a loose one, which is there to go
// on until the channel is closed all the same. Ways that end the process or
// panic are no ways out.
type drain struct {
	receive *ssa.UnOp
	done    *ssa.BasicBlock // where it goes on when the channel is closed
	loose   bool
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
	d := drain{receive: receive, done: end}
	for _, block := range receive.Parent().Blocks {
		if !loop.Holds(block) {
			continue
		}
		if len(block.Succs) == 0 && isReturn(block) {
			return drain{}, false
		}
		for i, succ := range block.Succs {
			if loop.Holds(succ) || block == branch && succ == end || endsProcess(succ) {
				continue
			}
			if !byError(loop, block, i) {
				return drain{}, false
			}
			d.loose = true
		}
	}
	return d, true
}

// byError reports whether an edge out of a loop is taken because a call in the
// loop has failed, whatever else is asked then.
func byError(loop *program.Loop, block *ssa.BasicBlock, succ int) bool {
	last := block.Instrs[len(block.Instrs)-1]
	facts := program.Decided(last)
	if branch, ok := last.(*ssa.If); ok {
		facts = append(facts, program.Fact{Cond: branch.Cond, Holds: succ == 0})
	}
	return slices.ContainsFunc(facts, func(f program.Fact) bool {
		compared, ok := f.Cond.(*ssa.BinOp)
		if !ok || (compared.Op == token.NEQ) != f.Holds || compared.Op != token.NEQ && compared.Op != token.EQL {
			return false
		}
		other, isConst := compared.Y.(*ssa.Const)
		return isConst && other.IsNil() && match.IsError(compared.X.Type()) && loop.Holds(compared.Block()) && fromCall(compared.X)
	})
}

func fromCall(v ssa.Value) bool {
	if extract, ok := v.(*ssa.Extract); ok {
		v = extract.Tuple
	}
	_, ok := v.(*ssa.Call)
	return ok
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
