package chanleak

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// early returns a return by which the function leaves the loop around a
// receive though it hasn't come to its end: senders are still to come.
func (l *leavings) early(m *meeting, s sending, receive ssa.Instruction) *ssa.Return {
	loop := program.LoopAround(receive.Block())
	if loop == nil || !sharing.Reaches(s.spawn, receive) || goesOnAlone(s) {
		return nil
	}
	w := l.walk(m, s, func(instr ssa.Instruction) bool {
		return instr.Block() != loop.Head || instr.Block() == receive.Block()
	})
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
		return !program.CountsOn(from) && !normalEnd(from, succ, receive) && !(m.saysLast(s) && saidBy(from, succ, receive)) && edge(from, succ)
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
	loop := program.LoopAround(s.send.Block())
	if loop == nil {
		return true // by goto
	}
	ends := false
	w := &program.Walk{Visit: func(instr ssa.Instruction) bool {
		if _, ok := instr.(*ssa.Return); ok {
			ends = true
		}
		return !ends && instr.Block() != loop.Head
	}}
	w.Behind(s.send)
	return ends || loop.Head == s.send.Block()
}

// saysLast reports whether the one goroutine that sends ends behind another
// send: what comes then, mostly an error, may say that it was the last.
func (m *meeting) saysLast(s sending) bool {
	return !s.crowd && slices.ContainsFunc(m.sends, func(other sending) bool {
		return other.send != s.send && (!inCycle(other.send) || goesOnAlone(other))
	})
}

// saidBy reports whether an edge is taken because of a part of what was
// received: an error that isn't nil, a field that equals a constant.
func saidBy(from *ssa.BasicBlock, succ int, receive ssa.Instruction) bool {
	branch, ok := from.Instrs[len(from.Instrs)-1].(*ssa.If)
	if !ok {
		return false
	}
	compared, ok := branch.Cond.(*ssa.BinOp)
	if !ok || !received(wholeOf(compared.X), receive) {
		return false
	}
	constant, isConst := compared.Y.(*ssa.Const)
	says := token.EQL
	if isConst && constant.IsNil() {
		says = token.NEQ
	}
	return isConst && (compared.Op == says) == (succ == 0)
}

// wholeOf returns the value of which a value is a field.
func wholeOf(v ssa.Value) ssa.Value {
	for {
		switch x := v.(type) {
		case *ssa.Field:
			v = x.X
		case *ssa.FieldAddr:
			v = x.X
		case *ssa.UnOp:
			if x.Op != token.MUL {
				return v
			}
			v = x.X
		case *ssa.Alloc:
			if v = onlyStored(x); v == nil {
				return x
			}
		default:
			return v
		}
	}
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
