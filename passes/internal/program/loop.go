package program

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// A Loop is a natural loop of a function's control-flow graph: the blocks
// from which an edge back to its head can be reached without passing the head.
type Loop struct {
	Head   *ssa.BasicBlock
	blocks map[*ssa.BasicBlock]bool
}

// LoopsAround returns the loops that hold a block, the innermost first.
func LoopsAround(block *ssa.BasicBlock) []*Loop {
	var list []*Loop
	for head := block; head != nil; head = head.Idom() {
		if loop := LoopAt(head); loop != nil && loop.Holds(block) {
			list = append(list, loop)
		}
	}
	return list
}

// LoopAround returns the innermost loop that holds a block, nil if there is
// none.
func LoopAround(block *ssa.BasicBlock) *Loop {
	if loops := LoopsAround(block); len(loops) > 0 {
		return loops[0]
	}
	return nil
}

// LoopAt returns the loop that a block is the head of, nil if it is none.
func LoopAt(head *ssa.BasicBlock) *Loop {
	var stack []*ssa.BasicBlock
	for _, pred := range head.Preds {
		if head.Dominates(pred) {
			stack = append(stack, pred)
		}
	}
	if len(stack) == 0 {
		return nil
	}
	loop := &Loop{head, map[*ssa.BasicBlock]bool{head: true}}
	for len(stack) > 0 {
		block := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if !loop.blocks[block] {
			loop.blocks[block] = true
			stack = append(stack, block.Preds...)
		}
	}
	return loop
}

// Holds reports whether a block is part of the loop.
func (l *Loop) Holds(block *ssa.BasicBlock) bool { return l.blocks[block] }

// EachRound reports whether no round of the loop passes a block by, but the
// last one.
func (l *Loop) EachRound(block *ssa.BasicBlock) bool {
	return !slices.ContainsFunc(l.Head.Preds, func(pred *ssa.BasicBlock) bool { return l.blocks[pred] && !block.Dominates(pred) })
}

// Counted reports whether something counts the loop's rounds: a number below
// a bound, as in a range over a slice or an integer, or the entries of a map or
// the runes of a string, which have no bound that is known. Loops that end when
// something has happened, a reader is at its end or an error has come, aren't
// counted.
func (l *Loop) Counted() (bound ssa.Value, counted bool) {
	for _, block := range l.Head.Parent().Blocks {
		branch, ok := block.Instrs[len(block.Instrs)-1].(*ssa.If)
		if !ok || !l.blocks[block] || l.blocks[block.Succs[0]] && l.blocks[block.Succs[1]] {
			continue
		}
		switch cond := branch.Cond.(type) {
		case *ssa.BinOp:
			if isOrder(cond.Op) && isInteger(cond.X.Type()) {
				return cond.Y, true
			}
		case *ssa.Extract:
			if _, isNext := cond.Tuple.(*ssa.Next); isNext {
				return nil, true
			}
		}
	}
	return nil, false
}

// CountsOn reports whether a block ends with the test of a range over an
// integer: whether the next number is below the end.
func CountsOn(block *ssa.BasicBlock) bool {
	branch, ok := block.Instrs[len(block.Instrs)-1].(*ssa.If)
	if !ok {
		return false
	}
	cond, ok := branch.Cond.(*ssa.BinOp)
	return ok && cond.Op == token.LSS && !cond.Pos().IsValid() // nobody wrote it
}

// Done returns the loop whose rounds are over when an edge is taken, nil if
// there is none. A loop is tested at its head or, where it ranges over an
// integer, before it and at its end.
func Done(from *ssa.BasicBlock, succ int) *Loop {
	to := from.Succs[succ]
	if loop := LoopAt(from); loop != nil && !loop.Holds(to) {
		return loop
	}
	if !CountsOn(from) || succ == 0 {
		return nil
	}
	if loop := LoopAt(from.Succs[0]); loop != nil && !loop.Holds(to) {
		return loop
	}
	return nil
}

func isOrder(op token.Token) bool {
	return op == token.LSS || op == token.LEQ || op == token.GTR || op == token.GEQ
}

func isInteger(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsInteger != 0
}
