package relock

import (
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// handedOver reports whether another function, on a goroutine of its own,
// gives back a lock that it didn't take: Go's locks allow that, and the
// second Lock then waits for the other goroutine rather than for itself.
//
//	mu.Lock()
//	go func() { …; mu.Unlock() }()
//	mu.Lock() // waits until the goroutine is done
//
// The other one is a function literal around it or beside it, or one that is
// started with go somewhere in the package.
func (j *judge) handedOver(fn *ssa.Function, lock *sharing.Place) bool {
	started := j.startedFunctions()
	for _, other := range family(fn) {
		apart := slices.Contains(started, other) != slices.Contains(started, fn)
		if other != fn && apart && j.givesBack(other, lock) {
			return true
		}
	}
	for _, started := range started {
		for _, place := range j.evidence.EffectOf(started).Releases {
			if place.Class() == lock.Class() {
				return true
			}
		}
	}
	return false
}

// waitsForOther reports whether the lock that is taken in a range of the
// source is one that another goroutine gives back, or, for what clients do,
// one that they get locked and give back by a call of their own.
func (j *judge) waitsForOther(at analysis.Range, client bool) bool {
	found := false
	for _, fn := range j.evidence.Functions() {
		sharing.Instructions(fn, func(instr ssa.Instruction) {
			call, ok := instr.(*ssa.Call)
			if !ok || found || call.Pos() < at.Pos() || at.End() < call.Pos() {
				return
			}
			lock, op := j.evidence.LockOperation(&call.Call)
			found = op != model.NoLockOp && (j.handedOver(fn, lock.Place) || client && j.isGivenBack(lock.Place))
		})
	}
	return found
}

// isGivenBack reports whether a function of the package is there to release
// the lock for its caller.
func (j *judge) isGivenBack(lock *sharing.Place) bool {
	return slices.ContainsFunc(j.evidence.Functions(), func(fn *ssa.Function) bool { return j.givesBack(fn, lock) })
}

// family lists the function that is declared around fn with all function
// literals in it.
func family(fn *ssa.Function) []*ssa.Function {
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	list := []*ssa.Function{fn}
	for i := 0; i < len(list); i++ {
		list = append(list, list[i].AnonFuncs...)
	}
	return list
}

// givesBack reports whether the function itself releases the lock at a point
// where it certainly hasn't taken it.
func (j *judge) givesBack(fn *ssa.Function, lock *sharing.Place) bool {
	found := false
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		call, ok := instr.(*ssa.Call)
		if !ok || found {
			return
		}
		released, op := j.evidence.LockOperation(&call.Call)
		found = (op == model.Release || op == model.ReleaseShared) &&
			released.Class() == lock.Class() && !j.evidence.HeldAt(call).Maybe(lock.Class())
	})
	return found
}

// startedFunctions lists the functions that the package starts with go, or
// by a call that does so.
func (j *judge) startedFunctions() []*ssa.Function {
	if j.started != nil {
		return j.started
	}
	j.started = []*ssa.Function{}
	for _, fn := range j.evidence.Functions() {
		sharing.Instructions(fn, func(instr ssa.Instruction) {
			if call, ok := instr.(ssa.CallInstruction); ok {
				j.started = append(j.started, j.evidence.Started(call)...)
			}
		})
	}
	return j.started
}
