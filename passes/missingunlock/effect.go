package missingunlock

import (
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/paths"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// An effect is what a call does to the lock.
type effect struct {
	does    model.LockOp // Acquire, AcquireShared, Release, ReleaseShared, or nothing
	direct  bool         // the call is the lock's own method
	granted bool         // it acquires if the call succeeds
	unclear bool         // it may do something that isn't followed
}

var unclear = effect{unclear: true}

// effect tells what a call does to the lock, of which the path so far has made
// the given kind.
func (w *walk) effect(call ssa.CallInstruction, now kind) effect {
	common := call.Common()
	if lock, op := w.evidence.LockOperation(common); op != model.NoLockOp {
		if lock.Place != w.lock {
			return effect{}
		}
		return w.ownEffect(call, op)
	}
	if now == held && w.givesBack(common) {
		return effect{does: model.Release}
	}
	callee, _ := w.evidence.Answer(common)
	if callee == nil {
		return w.importedEffect(common, now)
	}
	if lock, ok := w.granted(call); ok && now != held {
		return effect{does: acquisition(lock), granted: true}
	}
	return w.calleeEffect(common, callee, now)
}

// ownEffect is that of a method of the lock itself. One that returns a
// result may fail.
func (w *walk) ownEffect(call ssa.CallInstruction, op model.LockOp) effect {
	switch op {
	case model.TryAcquire, model.TryAcquireShared:
		if value, ok := call.(*ssa.Call); !ok || !isCondition(value) {
			return unclear
		}
		return effect{}
	}
	if call.Common().Signature().Results().Len() > 0 {
		return unclear
	}
	return effect{does: op, direct: true}
}

// calleeEffect is that of a function of this package that locks or unlocks
// for its callers.
func (w *walk) calleeEffect(call *ssa.CallCommon, callee *ssa.Function, now kind) effect {
	does := w.evidence.CallEffect(call)
	for i, place := range does.Releases {
		if place == w.lock {
			return w.walkCallee(callee, w.evidence.EffectOf(callee).Releases[i], now)
		}
	}
	own := w.releasedBy(call, callee)
	if own != nil && now == held {
		return w.walkCallee(callee, own, now) // it may lend the lock, and take it again
	}
	for _, lock := range does.Takes {
		if lock.Place == w.lock {
			return effect{does: acquisition(lock)}
		}
	}
	for _, lock := range does.MayTake {
		if lock.Place == w.lock {
			return unclear
		}
	}
	if own != nil {
		return w.walkCallee(callee, own, now)
	}
	return effect{}
}

// releasedBy returns the lock as a callee sees it that releases it somewhere,
// nil if it doesn't.
func (w *walk) releasedBy(call *ssa.CallCommon, callee *ssa.Function) *sharing.Place {
	for _, place := range w.evidence.ReleasedBy(callee) {
		if w.evidence.AtCall(call, place) == w.lock {
			return place
		}
	}
	return nil
}

func acquisition(lock sharing.Lock) model.LockOp {
	if lock.Shared {
		return model.AcquireShared
	}
	return model.Acquire
}

// importedEffect is that of a function of another package, whose summary may
// say what it does to locks. One that releases a lock on some path is there
// to release it.
func (w *walk) importedEffect(call *ssa.CallCommon, now kind) effect {
	does := w.evidence.CallEffect(call)
	switch {
	case slices.Contains(does.Releases, w.lock) && now == held:
		return effect{does: model.Release}
	case slices.Contains(does.Releases, w.lock):
		return unclear
	}
	for _, lock := range does.Takes {
		if lock.Place == w.lock {
			return effect{does: acquisition(lock)}
		}
	}
	if w.mayUnlock(call) || slices.ContainsFunc(does.MayTake, func(l sharing.Lock) bool { return l.Place == w.lock }) {
		return unclear
	}
	return effect{}
}

// mayUnlock reports whether a function of another package that is given the
// lock, or what it is a part of, is called after unlocking.
func (w *walk) mayUnlock(call *ssa.CallCommon) bool {
	fn := sharing.CalleeObject(call)
	if fn == nil {
		return false
	}
	name := strings.ToLower(fn.Name())
	if !strings.Contains(name, "unlock") && !strings.Contains(name, "release") {
		return false
	}
	for _, arg := range call.Args {
		if w.lock.Within(w.evidence.PlaceOf(arg)) {
			return true
		}
	}
	return call.IsInvoke() && w.lock.Within(w.evidence.PlaceOf(call.Value))
}

// handsOver reports whether the instruction gives away a function that
// releases the lock: to another goroutine, to a variable, to a callee. A
// function that is only called or deferred here is a callee.
func (w *walk) handsOver(instr ssa.Instruction) bool {
	if spawn, ok := instr.(*ssa.Go); ok {
		return w.releasesLock(spawn.Call.Value, &spawn.Call)
	}
	if closure, ok := instr.(*ssa.MakeClosure); ok {
		return !paths.OnlyCalled(closure) && w.releasesLock(closure, nil)
	}
	call, isCall := instr.(ssa.CallInstruction)
	for _, operand := range instr.Operands(nil) {
		if fn, ok := (*operand).(*ssa.Function); ok && !(isCall && call.Common().Value == fn) && w.releasesLock(fn, nil) {
			return true
		}
	}
	return false
}

// releasesLock reports whether a function value releases the lock, or one of
// its class in another object.
func (w *walk) releasesLock(value ssa.Value, call *ssa.CallCommon) bool {
	if call != nil {
		if lock, op := w.evidence.LockOperation(call); op == model.Release || op == model.ReleaseShared {
			return lock.Place == w.lock
		}
	}
	if closure, ok := value.(*ssa.MakeClosure); ok && len(closure.Bindings) == 1 && unlocks(closure) {
		return w.evidence.PlaceOf(closure.Bindings[0]) == w.lock
	}
	fn := w.evidence.FunctionIn(value)
	if fn == nil {
		return false
	}
	for _, place := range w.evidence.EffectOf(fn).Releases {
		if place.Class() == w.lock.Class() {
			return true
		}
	}
	return false
}

// unlocks reports whether the value is the method value of an unlock.
func unlocks(closure *ssa.MakeClosure) bool {
	name := strings.TrimSuffix(closure.Fn.Name(), "$bound")
	return closure.Fn.Parent() == nil && (name == "Unlock" || name == "RUnlock")
}

// isCondition reports whether the result of a call decides a branch.
func isCondition(call *ssa.Call) bool {
	for _, ref := range *call.Referrers() {
		switch ref := ref.(type) {
		case *ssa.If, *ssa.DebugRef:
		case *ssa.UnOp:
			if ref.Op != token.NOT {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// tried reports whether a condition is an attempt to take the lock, and
// whether it holds on the side of the outcome.
func (w *walk) tried(cond ssa.Value, outcome bool) (tried, shared, holds bool) {
	call := w.tryCall(cond)
	if call == nil {
		return false, false, false
	}
	lock, op := w.evidence.LockOperation(&call.Call)
	if lock.Place != w.lock || op != model.TryAcquire && op != model.TryAcquireShared {
		return false, false, false
	}
	_, negated := cond.(*ssa.UnOp)
	return true, op == model.TryAcquireShared, outcome != negated
}

func (w *walk) tryCall(cond ssa.Value) *ssa.Call {
	if not, ok := cond.(*ssa.UnOp); ok && not.Op == token.NOT {
		cond = not.X
	}
	call, _ := cond.(*ssa.Call)
	return call
}
