package missingunlock

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/paths"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// A grant is a lock that a function leaves held if it succeeds, and only then:
//
//	// get returns the flow locked, or nil.
//	func (t *Table) get(k key) *flow
//
//	// begin returns with the table locked, unless it fails.
//	func (t *Table) begin() error
//
// Its callers have something to unlock once they know that it succeeded.
type grant struct {
	lock   sharing.Lock // in the places of the function
	result int          // whose lock it is, -1 if the caller knows it otherwise
}

// granted returns the locks that a call takes if it succeeds, in the places
// of the function that calls.
func (c *callees) granted(evidence *sharing.Evidence, call *ssa.Call) []sharing.Lock {
	callee, _ := evidence.Answer(&call.Call)
	if callee == nil {
		return nil
	}
	var locks []sharing.Lock
	for _, g := range c.grantsOf(evidence, callee) {
		place := evidence.AtCall(&call.Call, g.lock.Place)
		if g.result >= 0 {
			place = unlockedIn(evidence, program.Result(call, g.result), g.lock.Place)
		}
		if place != nil {
			locks = append(locks, sharing.Lock{Place: place, Shared: g.lock.Shared})
		}
	}
	return locks
}

// granted returns the lock that is watched, if the call takes it when it
// succeeds.
func (w *walk) granted(instr ssa.CallInstruction) (sharing.Lock, bool) {
	call, ok := instr.(*ssa.Call)
	if !ok {
		return sharing.Lock{}, false
	}
	locks := w.callees.granted(w.evidence, call)
	i := slices.IndexFunc(locks, func(l sharing.Lock) bool { return l.Place == w.lock })
	if i < 0 {
		return sharing.Lock{}, false
	}
	return locks[i], true
}

// unlockedIn returns the place of a lock as part of an object that a call
// returned, nil if the function never unlocks it.
func unlockedIn(evidence *sharing.Evidence, object ssa.Value, lock *sharing.Place) *sharing.Place {
	if object == nil {
		return nil
	}
	var found *sharing.Place
	sharing.Instructions(object.Parent(), func(instr ssa.Instruction) {
		call, ok := instr.(ssa.CallInstruction)
		if !ok || found != nil {
			return
		}
		l, op := evidence.LockOperation(call.Common())
		if (op == model.Release || op == model.ReleaseShared) && isPartOf(l.Place, evidence.PlaceOf(object), lock) {
			found = l.Place
		}
	})
	return found
}

// isPartOf reports whether a place is that part of an object which another is
// of its own.
func isPartOf(place, object, like *sharing.Place) bool {
	return place.Parent == object && place.Field != nil && place.Field == like.Field
}

func (c *callees) grantsOf(evidence *sharing.Evidence, fn *ssa.Function) []grant {
	known, ok := c.grants[fn]
	if !ok {
		c.grants[fn] = nil // if it calls itself
		known = c.findGrants(evidence, fn)
		c.grants[fn] = known
	}
	return known
}

// findGrants walks the paths of a function that may succeed or fail for each
// lock that it takes.
func (c *callees) findGrants(evidence *sharing.Evidence, fn *ssa.Function) []grant {
	outcomes := make(map[paths.Outcome][]*ssa.Return)
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		if ret, ok := instr.(*ssa.Return); ok {
			outcomes[paths.OutcomeOf(ret)] = append(outcomes[paths.OutcomeOf(ret)], ret)
		}
	})
	won := outcomes[paths.Succeeds]
	if len(outcomes[paths.Unclear]) > 0 || len(won) == 0 || len(outcomes[paths.Fails]) == 0 {
		return nil
	}
	var grants []grant
	for _, lock := range c.takenIn(evidence, fn) {
		w := newWalk(evidence, c, fn, lock)
		w.run(state{})
		if g := grantOf(w, won); g != nil && !w.gaveUp && w.holdsAt(won) {
			grants = append(grants, *g)
		}
	}
	return grants
}

// holdsAt reports whether the paths that come to some returns, and they
// alone, keep the lock.
func (w *walk) holdsAt(returns []*ssa.Return) bool {
	for _, l := range w.leaks {
		if l.ret == nil || !slices.Contains(returns, l.ret) {
			return false
		}
	}
	return !slices.ContainsFunc(returns, func(ret *ssa.Return) bool {
		kept := slices.ContainsFunc(w.leaks, func(l leak) bool { return l.ret == ret })
		return !kept || slices.Contains(w.released, ret) || slices.Contains(w.untouched, ret)
	})
}

// grantOf tells by what the callers of a function know the lock that it keeps
// when it succeeds, nil if by nothing.
func grantOf(w *walk, won []*ssa.Return) *grant {
	if len(w.leaks) == 0 {
		return nil
	}
	lock := sharing.Lock{Place: w.lock, Shared: w.leaks[0].shared}
	for i := range won[0].Results {
		isOther := func(ret *ssa.Return) bool { return w.evidence.PlaceOf(program.Returned(ret, i)) != w.lock.Parent }
		if w.lock.Field != nil && !slices.ContainsFunc(won, isOther) {
			return &grant{lock, i}
		}
	}
	switch w.lock.Base().(type) {
	case *ssa.Parameter, *ssa.Global:
		return &grant{lock, -1}
	}
	return nil
}
