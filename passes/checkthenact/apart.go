package checkthenact

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// Whether somebody can get between two steps.

// apart reports whether the action comes after the check and somebody can get
// between them: no lock is held throughout, and no other look is taken with
// the lock that is held at the action.
func (j *judge) apart(check, act step, steps []step) bool {
	if !sharing.Reaches(check.instr, act.instr) {
		return false
	}
	if j.together(check, act) || check.kind == guarded && !ofOneLock(check.held, act.held) {
		return false
	}
	for _, other := range steps {
		if !other.write && other.same(act) && sharing.Reaches(other.instr, act.instr) && j.together(other, act) {
			return false
		}
	}
	return true
}

// ofOneLock reports whether the two steps hold the same lock.
func ofOneLock(check, act sharing.Held) bool {
	return check.Excludes(act) || sharedThenOwned(check, act)
}

// together reports whether a lock is held from one step to the other.
func (j *judge) together(check, act step) bool {
	return !check.helper && !act.helper && check.held.Excludes(act.held) && !j.releasedBetween(check, act)
}

// sharedThenOwned reports whether the same lock is held for reading at the
// check, and owned at the action.
func sharedThenOwned(check, act sharing.Held) bool {
	for _, lock := range check.Must {
		if owned, ok := act.Find(lock.Class()); ok && lock.Shared && !owned.Shared {
			return true
		}
	}
	return false
}

// releasedBetween reports whether a lock that is held at the action is
// released after the check, on a path that doesn't come to the check again.
func (j *judge) releasedBetween(check, act step) bool {
	found := false
	sharing.Instructions(act.instr.Parent(), func(instr ssa.Instruction) {
		call, ok := instr.(*ssa.Call)
		if !ok || found {
			return
		}
		lock, op := j.evidence.LockOperation(&call.Call)
		if op != model.Release && op != model.ReleaseShared {
			return
		}
		_, held := act.held.Find(lock.Class())
		found = held && sharing.Reaches(check.instr, call) && leadsPast(call, act.instr, check.instr)
	})
	return found
}

// leadsPast reports whether a path leads from one instruction to another
// without coming to a third.
func leadsPast(from, to, avoided ssa.Instruction) bool {
	if from.Block() == to.Block() && slices.Index(from.Block().Instrs, from) < slices.Index(to.Block().Instrs, to) {
		return true
	}
	isGoal := func(b *ssa.BasicBlock) bool { return b == to.Block() }
	again := func(b *ssa.BasicBlock) bool { return b == avoided.Block() }
	return to.Block() != avoided.Block() && slices.ContainsFunc(from.Block().Succs, func(next *ssa.BasicBlock) bool {
		return !again(next) && program.BlockReaches(next, isGoal, again)
	})
}
