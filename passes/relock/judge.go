package relock

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/sharing"
	"github.com/goconclint/goconclint/passes/internal/summarize"
)

// A judge compares the locks held at a call with those that it takes.
//
// What is held is a must: on every path to the call. What is taken is a may:
// on some path of the callee. So there is a path that takes the lock twice,
// unless the conditions of the two functions exclude it, of which only
// parameters and constants are looked at.
type judge struct {
	evidence     *sharing.Evidence
	acquisitions *summarize.Acquisitions
	wording      wording
	writers      map[any][]ssa.CallInstruction // by class of lock: the places that take it for writing
	started      []*ssa.Function               // see startedFunctions
	verdicts     []verdict
}

// A verdict is a lock that is taken while it is held.
type verdict struct {
	held  sharing.Lock
	once  bool                // held by sync.Once
	since ssa.CallInstruction // the call that took it
	at    ssa.CallInstruction // the call that takes it again, perhaps further down
	again summarize.Acquisition
	after ssa.CallInstruction // of two read locks: where the package takes it for writing
}

func (j *judge) findWriters() {
	j.writers = make(map[any][]ssa.CallInstruction)
	for _, fn := range j.evidence.Functions() {
		sharing.Instructions(fn, func(instr ssa.Instruction) {
			call, ok := instr.(ssa.CallInstruction)
			if !ok {
				return
			}
			if lock, op := j.evidence.LockOperation(call.Common()); op == model.Acquire {
				j.writers[lock.Class()] = append(j.writers[lock.Class()], call)
			}
		})
	}
}

// writerBeside returns a place in another function that takes the lock for
// writing: what the same function does comes later or before.
func (j *judge) writerBeside(v verdict) ssa.CallInstruction {
	for _, writer := range j.writers[v.held.Class()] {
		if writer.Parent() != v.at.Parent() {
			return writer
		}
	}
	return nil
}

func (j *judge) judge(fn *ssa.Function) {
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		switch call := instr.(type) {
		case *ssa.Call:
			j.call(call, j.evidence.HeldAt(call))
		case *ssa.Defer:
			if held, ok := j.heldWhenRun(call); ok {
				j.call(call, held)
			}
		}
	})
}

// call judges one call: what it takes against what is held by the function,
// and what a function that it is given takes against what the callee holds.
func (j *judge) call(call ssa.CallInstruction, held sharing.Held) {
	for _, again := range j.acquisitions.At(call) {
		for _, lock := range held.May {
			if lock.Place == again.Lock && again.Mode != summarize.Once {
				j.compare(held, again, call)
			}
		}
	}
	for _, inv := range j.evidence.Invocations(call) {
		for _, inner := range j.acquisitions.Of(inv.Fn) {
			j.compareInside(call, inv, inner)
		}
	}
	for _, hooked := range j.acquisitions.Hooked(call) {
		for _, lock := range hooked.Held.Must {
			if lock.Place == hooked.Lock && hooked.Mode != summarize.Once {
				j.add(verdict{held: lock, since: call, at: call, again: hooked.Acquisition})
			}
		}
	}
}

// compare judges a lock that the function itself may hold. One that it holds
// on some paths only counts if it takes it under conditions that the second
// acquisition has too.
func (j *judge) compare(held sharing.Held, again summarize.Acquisition, call ssa.CallInstruction) {
	since := j.takenBefore(again.Lock, call)
	if since == nil || j.handedOver(call.Parent(), again.Lock) || recurs(call, again) {
		return
	}
	here := summarize.GuardsOf(j.evidence, call)
	before := summarize.GuardsOf(j.evidence, since)
	decided := func(g summarize.Guard) bool {
		return !g.IsLocal() && !g.IsMode() || slices.Contains(here, g) || slices.Contains(before, g)
	}
	if summarize.Contradict(before, again.Guards) || !all(again.Guards, decided) {
		return
	}
	for _, lock := range held.Must {
		if lock.Place == again.Lock {
			j.add(verdict{held: lock, since: since, at: call, again: again})
			return
		}
	}
	if len(before) > 0 && all(before, func(g summarize.Guard) bool { return slices.Contains(again.Guards, g) }) {
		lock, op := j.evidence.LockOperation(since.Common())
		if op == model.Acquire || op == model.AcquireShared {
			j.add(verdict{held: lock, since: since, at: call, again: again})
		}
	}
}

// recurs reports whether the second lock is taken by the function that holds
// the first, which calls itself by way of others: recursion ends by a
// condition, and mostly by one that keeps it from coming that far.
func recurs(call ssa.CallInstruction, again summarize.Acquisition) bool {
	return slices.ContainsFunc(again.Calls[1:], func(deeper ssa.CallInstruction) bool { return deeper.Parent() == call.Parent() })
}

func all(guards []summarize.Guard, holds func(summarize.Guard) bool) bool {
	return !slices.ContainsFunc(guards, func(g summarize.Guard) bool { return !holds(g) })
}

// compareInside judges a function that the call passes on, and that runs
// under a lock of the callee, or inside of sync.Once.
func (j *judge) compareInside(call ssa.CallInstruction, inv sharing.Invocation, inner summarize.Acquisition) {
	if _, possible := summarize.Outside(j.evidence, inner.Guards, inv); !possible {
		return
	}
	if inner.Inner || summarize.OfCallee(inner.Lock, inv.Fn) {
		return
	}
	inner.Lock = j.evidence.Outside(inv, inner.Lock)
	if inv.Once && inner.Mode == summarize.Once && inner.Lock == j.onceOf(call) {
		j.add(verdict{held: sharing.Lock{Place: inner.Lock}, once: true, since: call, at: inner.Calls[0], again: inner})
		return
	}
	for _, lock := range inv.Held.Must {
		if lock.Place != inner.Lock || inner.Mode == summarize.Once {
			continue
		}
		since := call // for a function of another package the call is as near as we get
		if callee, _ := j.evidence.Callee(call.Common()); callee != nil {
			if taken := j.takenIn(callee, lock.Place.Class()); taken != nil {
				since = taken
			}
		}
		j.add(verdict{held: lock, since: since, at: inner.Calls[0], again: inner})
	}
}

func (j *judge) onceOf(call ssa.CallInstruction) *sharing.Place {
	if summarize.IsOnceDo(call) {
		return j.evidence.PlaceOf(call.Common().Args[0])
	}
	return nil
}

func (j *judge) add(v verdict) {
	if v.held.Shared && v.again.Mode == summarize.Shared {
		if v.after = j.writerBeside(v); v.after == nil {
			return // nobody waits for writing
		}
	}
	if !known(v.held.Place) {
		return
	}
	j.verdicts = append(j.verdicts, v)
}

// known reports whether the place is one location: no element on the way
// whose index isn't known.
func known(place *sharing.Place) bool {
	for p := place; p.Parent != nil; p = p.Parent {
		if p.Field == nil && p.Index == nil {
			return false
		}
	}
	return true
}
