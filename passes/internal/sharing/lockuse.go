package sharing

import (
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// TakesLocks reports whether the package names a method that locks or
// unlocks anything: most packages don't, and hold nothing for a check of
// locks.
func TakesLocks(pass *analysis.Pass) bool {
	for _, obj := range pass.TypesInfo.Uses {
		if fn, ok := obj.(*types.Func); ok && model.LockOperation(fn) != model.NoLockOp {
			return true
		}
	}
	return false
}

// PlaceOf returns the place that a value is, or is the address of.
func (e *Evidence) PlaceOf(v ssa.Value) *Place { return e.builder.places.of(v) }

// LockOperation returns the lock that a call works on by itself, and what it
// does to it.
func (e *Evidence) LockOperation(call *ssa.CallCommon) (Lock, model.LockOp) {
	return e.builder.locks.operation(call)
}

// A LockEffect is what a function does to the locks of its callers, in the
// places of whom it is told to.
type LockEffect struct {
	Takes    []Lock   // held at every return and not before
	MayTake  []Lock   // held at some return
	Releases []*Place // held before, and not at some return
}

// EffectOf returns what a function of the package does to the locks of its
// callers, in its own places.
func (e *Evidence) EffectOf(fn *ssa.Function) LockEffect {
	if !hasBody(fn) {
		return LockEffect{}
	}
	s := e.builder.locks.flow(fn).summary
	return LockEffect{Takes: s.acquires, MayTake: s.mayAcquire, Releases: s.releases}
}

// CallEffect returns what the callee of a call does to locks, in the places
// of the function that calls.
func (e *Evidence) CallEffect(call *ssa.CallCommon) LockEffect {
	callee, args := e.Answer(call)
	if callee == nil {
		return e.builder.locks.importedEffect(call)
	}
	return e.EffectOf(callee).from(func(p *Place) *Place {
		return e.builder.places.substitute(p, callee, args)
	})
}

func (f LockEffect) from(translate func(*Place) *Place) LockEffect {
	moved := LockEffect{}
	for _, lock := range f.Takes {
		moved.Takes = append(moved.Takes, Lock{translate(lock.Place), lock.Shared})
	}
	for _, lock := range f.MayTake {
		moved.MayTake = append(moved.MayTake, Lock{translate(lock.Place), lock.Shared})
	}
	for _, place := range f.Releases {
		moved.Releases = append(moved.Releases, translate(place))
	}
	return moved
}

// HeldAt returns the locks that a function has taken when it comes to one of
// its instructions.
func (e *Evidence) HeldAt(instr ssa.Instruction) Held {
	return e.builder.locks.flow(instr.Parent()).at(instr)
}

// FunctionIn returns the function that a value is by itself: a name, a
// literal or a method value; nil for any other value.
func (e *Evidence) FunctionIn(v ssa.Value) *ssa.Function { return functionIn(e.builder, v) }

// Origin returns the generic function of an instance, or the function.
func Origin(fn *ssa.Function) *ssa.Function { return origin(fn) }

// Instructions visits the instructions of a function, block by block.
func Instructions(fn *ssa.Function, visit func(ssa.Instruction)) { eachInstr(fn, visit) }

// Callee returns the function of this package that a call runs, if it is
// known by name, as a literal or as a method value, and its arguments; see
// [Evidence.Answer] for methods behind interfaces.
func (e *Evidence) Callee(call *ssa.CallCommon) (*ssa.Function, []ssa.Value) {
	if callee := origin(call.StaticCallee()); hasBody(callee) {
		return callee, call.Args
	}
	if call.IsInvoke() {
		return nil, nil
	}
	fn, bound := e.builder.callable(call.Value)
	return fn, append(bound[:len(bound):len(bound)], call.Args...)
}

// Answer is Callee, which also knows the method of an interface that one type
// alone has.
func (e *Evidence) Answer(call *ssa.CallCommon) (*ssa.Function, []ssa.Value) {
	if known := e.builder.implementations(call); len(known) == 1 {
		return known[0], append([]ssa.Value{call.Value}, call.Args...)
	}
	return e.Callee(call)
}

// HeldAtExit returns the locks that a function holds when its deferred calls
// begin to run, and false if it defers nothing.
func (e *Evidence) HeldAtExit(fn *ssa.Function) (Held, bool) {
	if exit := e.builder.locks.flow(fn).exit; exit != nil {
		return *exit, true
	}
	return Held{}, false
}

// An Invocation is a function of this package that a call runs on the
// caller's goroutine before it returns: the callee, or a function that the
// callee is given and runs.
type Invocation struct {
	Fn   *ssa.Function
	Args []ssa.Value
	Held Held // what the callee holds when it runs a function that it is given
	Once bool // run by sync.Once

	Choice bool // one of several that the call may run
}

// Invocations lists what the call runs.
func (e *Evidence) Invocations(call ssa.CallInstruction) []Invocation {
	var list []Invocation
	for _, inv := range e.builder.invocations(call) {
		if inv.fn != nil && !inv.run.Async {
			list = append(list, Invocation{inv.fn, inv.args, inv.run.Held, inv.run.Once, inv.run.Choice})
		}
	}
	return list
}

// Started lists the functions that the call runs on another goroutine.
func (e *Evidence) Started(call ssa.CallInstruction) []*ssa.Function {
	var list []*ssa.Function
	for _, inv := range e.builder.invocations(call) {
		if inv.fn != nil && inv.run.Async {
			list = append(list, inv.fn)
		}
	}
	return list
}

// Rebase returns a part of one object as the same part of another, and false
// if the place isn't a part of it.
func (e *Evidence) Rebase(part, from, to *Place) (*Place, bool) {
	if part == from {
		return to, true
	}
	if part.Parent == nil || part.Field == nil {
		return nil, false
	}
	outer, ok := e.Rebase(part.Parent, from, to)
	if !ok {
		return nil, false
	}
	return e.builder.places.field(outer, part.Field), true
}

// Outside returns a place of the invoked function as its caller sees it.
func (e *Evidence) Outside(inv Invocation, place *Place) *Place {
	return e.builder.places.substitute(place, inv.Fn, inv.Args)
}

// ReleasedBy returns the locks that a function of the package releases
// somewhere by itself, be they its own or its callers'.
func (e *Evidence) ReleasedBy(fn *ssa.Function) []*Place {
	var list []*Place
	eachInstr(fn, func(instr ssa.Instruction) {
		call, ok := instr.(ssa.CallInstruction)
		if !ok {
			return
		}
		if lock, op := e.LockOperation(call.Common()); op == model.Release || op == model.ReleaseShared {
			list = unionPlaces(list, []*Place{lock.Place})
		}
	})
	return list
}

// AtCall returns a place of the called function as its caller sees it.
func (e *Evidence) AtCall(call *ssa.CallCommon, place *Place) *Place {
	callee, args := e.Answer(call)
	return e.builder.places.substitute(place, callee, args)
}

// SpawnsAfter reports whether the function of an instruction starts a
// goroutine behind it, itself or by a call.
func (e *Evidence) SpawnsAfter(instr ssa.Instruction) bool { return len(e.SpawnedAfter(instr)) > 0 }

// SpawnedAfter returns the places at which goroutines start behind an
// instruction that its function starts, itself or by a call.
func (e *Evidence) SpawnedAfter(instr ssa.Instruction) []ssa.Instruction {
	var sites []ssa.Instruction
	for _, step := range e.builder.footprint(instr.Parent()).Steps {
		if len(step.Spawns) == 0 || step.Instr == instr || !reachableFrom(instr, nil).has(step.Instr) {
			continue
		}
		for _, spawn := range step.Spawns {
			sites = append(sites, spawn.Site)
		}
	}
	return sites
}

// CalledUnder returns the locks under which a function may be called, and
// false if not all its callers are known. [Evidence.Uses] has to come first.
func (e *Evidence) CalledUnder(fn *ssa.Function) ([]Lock, bool) {
	above, reached := e.above[fn]
	return above.May, reached && !above.Unseen
}

// Owns reports whether the place belongs to an object that fn made or was
// handed.
func (e *Evidence) Owns(fn *ssa.Function, place *Place) bool { return e.builder.owners.owns(fn, place) }

// Assigned returns the place that a store to the address assigns, whatever it
// holds.
func (e *Evidence) Assigned(addr ssa.Value) *Place { return e.builder.places.target(addr) }
