package guardedby

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// settled reports whether what is read was found set under the lock, and is
// never set again:
//
//	if s.err != nil {
//		s.mu.Unlock()
//		return s.err
//	}
func (j *judge) settled(use sharing.MapUse, uses []sharing.MapUse) bool {
	if use.Writes() || !j.comparedWithNil(use, token.NEQ) {
		return false
	}
	ending := make(map[*ssa.Function]bool)
	for _, writer := range uses {
		switch {
		case !writer.Writes() || writer.Entry.Kind == sharing.Sequential || j.comparedWithNil(writer, token.EQL):
		case writer.Use == sharing.Replaced && j.endsOnce(writer):
			ending[writer.Fn] = true
		default:
			return false
		}
	}
	return len(ending) <= 1
}

// comparedWithNil reports whether a branch on the way to a use has found that
// the variable is nil, or isn't.
func (j *judge) comparedWithNil(use sharing.MapUse, op token.Token) bool {
	block := use.Instr.Block()
	for at := block.Idom(); at != nil; at = at.Idom() {
		branch, ok := at.Instrs[len(at.Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		compared, ok := branch.Cond.(*ssa.BinOp)
		if !ok || compared.Op != token.EQL && compared.Op != token.NEQ || !isNil(compared.Y) || j.evidence.PlaceOf(compared.X) != use.Place {
			continue
		}
		side := at.Succs[0]
		if compared.Op != op {
			side = at.Succs[1]
		}
		if len(side.Preds) == 1 && side.Dominates(block) {
			return true
		}
	}
	return false
}

func isNil(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.IsNil()
}

// endsOnce reports whether the function of a write closes a channel of the
// same object, whichever way it takes: it would panic if it ran twice.
func (j *judge) endsOnce(write sharing.MapUse) bool {
	found := false
	sharing.Instructions(write.Fn, func(instr ssa.Instruction) {
		call, ok := instr.(ssa.CallInstruction)
		if !ok || found {
			return
		}
		found = program.Builtin(call.Common()) == "close" && j.evidence.PlaceOf(call.Common().Args[0]).Base() == write.Place.Base() && isAlways(call)
	})
	return found
}

// isAlways reports whether no path from start to end of the function passes
// the instruction by.
func isAlways(instr ssa.Instruction) bool {
	return !slices.ContainsFunc(instr.Parent().Blocks, func(block *ssa.BasicBlock) bool {
		_, returns := block.Instrs[len(block.Instrs)-1].(*ssa.Return)
		return returns && block != instr.Parent().Recover && !instr.Block().Dominates(block)
	})
}

// setForGood reports whether the variable is set where the object's state asks
// for it alone, by whoever comes first, and never unset: who has held the lock
// knows it for as long as it likes.
//
//	s.mu.Lock()
//	if s.err == nil {
//		s.err = cause
//	}
//	s.mu.Unlock()
//	return s.err
//
// Whoever asks, gives the lock back and takes it again to set the variable isn't
// the only one who does.
func (j *judge) setForGood(h *habit) bool {
	return !slices.ContainsFunc(h.uses, func(use sharing.MapUse) bool {
		if !use.Writes() {
			return false
		}
		store, ok := use.Instr.(*ssa.Store)
		return !ok || use.Use != sharing.Replaced || program.IsZero(store.Val) || !dependsOnState(use) || j.asksBeforeLock(h, store, use)
	})
}

// asksBeforeLock reports whether a function that writes asks for the state
// before it takes the lock for the write, and not once more behind that.
func (j *judge) asksBeforeLock(h *habit, write ssa.Instruction, use sharing.MapUse) bool {
	block := write.Block()
	for at := block.Idom(); at != nil; at = at.Idom() {
		branch, ok := at.Instrs[len(at.Instrs)-1].(*ssa.If)
		if ok && asksForState(branch.Cond, use) {
			return j.takesBetween(h, at, block)
		}
	}
	return false
}

// takesBetween reports whether the lock is taken on every way from the end of a
// block to another.
func (j *judge) takesBetween(h *habit, from, to *ssa.BasicBlock) bool {
	found := false
	sharing.Instructions(from.Parent(), func(instr ssa.Instruction) {
		call, ok := instr.(*ssa.Call)
		if !ok || found || call.Block() == from || !from.Dominates(call.Block()) || !call.Block().Dominates(to) {
			return
		}
		lock, op := j.evidence.LockOperation(&call.Call)
		found = op == model.Acquire && lock.Class() == h.class
	})
	return found
}
