package relock

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/sharing"
	"github.com/goconclint/goconclint/passes/internal/summarize"
)

// heldWhenRun returns what is held when a deferred call runs: what is held
// at the function's end, less what calls deferred later release.
func (j *judge) heldWhenRun(deferred *ssa.Defer) (sharing.Held, bool) {
	held, ok := j.evidence.HeldAtExit(deferred.Parent())
	if !ok {
		return sharing.Held{}, false
	}
	held.Must = slices.DeleteFunc(slices.Clone(held.Must), func(lock sharing.Lock) bool {
		return j.releasedLater(deferred, lock.Place)
	})
	return held, true
}

func (j *judge) releasedLater(first *ssa.Defer, lock *sharing.Place) bool {
	found := false
	sharing.Instructions(first.Parent(), func(instr ssa.Instruction) {
		later, ok := instr.(*ssa.Defer)
		if ok && later != first && j.releases(later, lock) && (&summarize.Search{}).Leads(first, later) {
			found = true
		}
	})
	return found
}

// releases reports whether the call releases the lock.
func (j *judge) releases(call ssa.CallInstruction, lock *sharing.Place) bool {
	if own, op := j.evidence.LockOperation(call.Common()); op == model.Release || op == model.ReleaseShared {
		return own.Place == lock
	}
	return slices.Contains(j.evidence.CallEffect(call.Common()).Releases, lock)
}

// takes reports whether the call leaves the lock held.
func (j *judge) takes(call ssa.CallInstruction, lock *sharing.Place) bool {
	if own, op := j.evidence.LockOperation(call.Common()); own.Place == lock {
		return op == model.Acquire || op == model.AcquireShared || op == model.TryAcquire || op == model.TryAcquireShared
	}
	return slices.ContainsFunc(j.evidence.CallEffect(call.Common()).Takes, func(l sharing.Lock) bool { return l.Place == lock })
}

// takenBefore returns a call that takes the lock and from which a path leads
// to another call with the lock still held, and still the same lock: nothing
// by which it is reached is assigned on the way.
func (j *judge) takenBefore(lock *sharing.Place, call ssa.CallInstruction) ssa.CallInstruction {
	var found ssa.CallInstruction
	sharing.Instructions(call.Parent(), func(instr ssa.Instruction) {
		earlier, ok := instr.(*ssa.Call)
		if !ok || found != nil || !j.takes(earlier, lock) {
			return
		}
		way := summarize.Search{
			Ends:  func(instr ssa.Instruction) bool { return j.endsHold(instr, lock) },
			Sides: summarize.SidesUnder(j.evidence, summarize.GuardsOf(j.evidence, earlier)),
		}
		if way.Leads(earlier, call) {
			found = earlier
		}
	})
	return found
}

func (j *judge) endsHold(instr ssa.Instruction, lock *sharing.Place) bool {
	switch instr := instr.(type) {
	case *ssa.Call:
		if j.releases(instr, lock) {
			return true
		}
	case *ssa.Store:
		if place := j.evidence.PlaceOf(instr.Addr); place != lock && lock.Within(place) {
			return true
		}
	}
	value, ok := instr.(ssa.Value)
	return ok && dependsOn(lock, value)
}

// dependsOn reports whether the value is the root of the place, or of one of
// its indices: when it is computed anew, the place is another one.
func dependsOn(place *sharing.Place, value ssa.Value) bool {
	for p := place; p != nil; p = p.Parent {
		if p.Root == value || p.Index == any(value) {
			return true
		}
		if index, ok := p.Index.(*sharing.Place); ok && dependsOn(index, value) {
			return true
		}
	}
	return false
}

// takenIn returns a call in the function that takes a lock of the class.
func (j *judge) takenIn(fn *ssa.Function, class any) ssa.CallInstruction {
	var found ssa.CallInstruction
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		call, ok := instr.(*ssa.Call)
		if !ok || found != nil {
			return
		}
		if lock, op := j.evidence.LockOperation(&call.Call); (op == model.Acquire || op == model.AcquireShared) && lock.Class() == class {
			found = call
		}
	})
	return found
}
