package chanleak

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// early returns a return by which the function leaves the loop around a
// receive though it hasn't come to its end: senders are still to come.
func (l *leavings) early(m *meeting, s sending, receive ssa.Instruction) *ssa.Return {
	head := loopAround(receive.Block())
	if head == nil || !sharing.Reaches(s.spawn, receive) || goesOnAlone(s) {
		return nil
	}
	w := l.walk(m, s, func(instr ssa.Instruction) bool { return instr.Block() != head || instr.Block() == receive.Block() })
	var found *ssa.Return
	visit := w.Visit
	w.Visit = func(instr ssa.Instruction) bool {
		if ret, ok := instr.(*ssa.Return); ok && found == nil {
			found = ret
		}
		return found == nil && visit(instr)
	}
	edge := w.Edge
	w.Edge = func(from *ssa.BasicBlock, succ int) bool {
		return !countsOn(from) && !normalEnd(from, succ, receive) && edge(from, succ)
	}
	w.Behind(receive)
	return found
}

// goesOnAlone reports whether a goroutine that sends in a loop may end
// behind a send: what it sent may have said so. Several goroutines that send
// once each can't know which is the last.
func goesOnAlone(s sending) bool {
	if !inCycle(s.send) {
		return false
	}
	head := loopAround(s.send.Block())
	ends := false
	w := &program.Walk{Visit: func(instr ssa.Instruction) bool {
		if _, ok := instr.(*ssa.Return); ok {
			ends = true
		}
		return !ends && instr.Block() != head
	}}
	w.Behind(s.send)
	return ends || head == s.send.Block()
}

// loopAround returns the head of the innermost loop around a block.
func loopAround(block *ssa.BasicBlock) *ssa.BasicBlock {
	for head := block; head != nil; head = head.Idom() {
		for _, pred := range head.Preds {
			if head.Dominates(pred) && (block == head || leadsWithin(head, block, pred)) {
				return head
			}
		}
	}
	return nil
}

// leadsWithin reports whether a block leads to another without the head of the
// loop in between.
func leadsWithin(head, from, to *ssa.BasicBlock) bool {
	is := func(x *ssa.BasicBlock) func(*ssa.BasicBlock) bool {
		return func(b *ssa.BasicBlock) bool { return b == x }
	}
	return program.BlockReaches(from, is(to), is(head))
}

// normalEnd reports whether an edge leaves because the channel is closed, or
// is taken when nothing came of it: the received value is compared with a
// constant.
func normalEnd(from *ssa.BasicBlock, succ int, receive ssa.Instruction) bool {
	branch, ok := from.Instrs[len(from.Instrs)-1].(*ssa.If)
	if !ok {
		return false
	}
	holds := succ == 0
	cond := branch.Cond
	if not, ok := cond.(*ssa.UnOp); ok && not.Op == token.NOT {
		cond, holds = not.X, !holds
	}
	if extract, ok := cond.(*ssa.Extract); ok {
		return sameInstr(extract.Tuple, receive) && extract.Index == 1 && !holds
	}
	compared, ok := cond.(*ssa.BinOp)
	if !ok {
		return false
	}
	_, isConst := compared.Y.(*ssa.Const)
	return isConst && received(compared.X, receive) && (compared.Op == token.EQL) == holds
}

func sameInstr(v ssa.Value, instr ssa.Instruction) bool {
	computed, ok := v.(ssa.Instruction)
	return ok && computed == instr
}

func received(v ssa.Value, receive ssa.Instruction) bool {
	if extract, ok := v.(*ssa.Extract); ok {
		v = extract.Tuple
	}
	return sameInstr(v, receive)
}
