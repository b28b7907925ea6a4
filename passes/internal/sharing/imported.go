package sharing

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/effect"
	"github.com/goconclint/goconclint/passes/internal/place"
	"github.com/goconclint/goconclint/passes/internal/summary"
)

// Imports tells what is known of a function of another package; it returns
// nil if that is nothing.
type Imports func(*types.Func) *summary.Summary

// of returns the summary of the function of another package that is called.
func (x Imports) of(call *ssa.CallCommon) *summary.Summary {
	if x == nil || call.IsInvoke() || hasBody(origin(call.StaticCallee())) {
		return nil
	}
	fn := CalleeObject(call)
	if fn == nil {
		return nil
	}
	return x(fn.Origin())
}

// actual returns what a place of the callee's summary is for the caller. It
// reports false for a formal without an argument, or a field that the
// argument's type doesn't have.
func (p *places) actual(of place.Place, call *ssa.CallCommon) (*Place, bool) {
	if of.Formal >= len(call.Args) {
		return nil, false
	}
	arg := call.Args[of.Formal]
	at, t := p.of(arg), arg.Type()
	for _, name := range of.Fields() {
		field := fieldNamed(t, name)
		if field == nil {
			return nil, false
		}
		at, t = p.member(at, field), field.Type()
	}
	return p.lockIn(at), true
}

func fieldNamed(t types.Type, name string) *types.Var {
	if pointer, ok := t.Underlying().(*types.Pointer); ok {
		t = pointer.Elem()
	}
	fields, ok := t.Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	for field := range fields.Fields() {
		if field.Name() == name {
			return field
		}
	}
	return nil
}

// formal returns a place of a function as its callers elsewhere know it: the
// path from one of its formals. It reports false for all others.
func formal(at *Place, fn *ssa.Function) (place.Place, bool) {
	if at.Parent == nil {
		for i, param := range fn.Params {
			if at.Root == ssa.Value(param) {
				return place.Of(i), true
			}
		}
		return place.Place{}, false
	}
	outer, ok := formal(at.Parent, fn)
	if !ok || at.Field == nil {
		return place.Place{}, false
	}
	return outer.Field(at.Field.Name()), true
}

func (p *places) actualLock(of effect.Lock, call *ssa.CallCommon) (Lock, bool) {
	at, ok := p.actual(of.Place, call)
	return Lock{at, of.Mode == effect.Shared}, ok
}

func (p *places) actualLocks(list []effect.Lock, call *ssa.CallCommon) []Lock {
	var locks []Lock
	for _, of := range list {
		if lock, ok := p.actualLock(of, call); ok {
			locks = append(locks, lock)
		}
	}
	return locks
}

// importedEffect returns what a callee of another package does to the locks
// of its caller.
func (l *locks) importedEffect(call *ssa.CallCommon) LockEffect {
	known := l.imports.of(call)
	if known == nil {
		return LockEffect{}
	}
	done := LockEffect{Takes: l.places.actualLocks(known.Takes, call), MayTake: l.places.actualLocks(known.MayTake, call)}
	for _, released := range known.Releases {
		if at, ok := l.places.actual(released, call); ok {
			done.Releases = append(done.Releases, at)
		}
	}
	return done
}

// applyImported is the effect of a call that leaves the package.
func (l *locks) applyImported(done LockEffect, state Held) Held {
	for _, released := range done.Releases {
		state = state.mayUnlock(released)
	}
	for _, lock := range done.MayTake {
		state = state.mayLock(lock)
	}
	for _, lock := range done.Takes {
		state = state.lock(lock)
	}
	return state
}

// importedRuns lists the functions that a callee of another package is given
// and runs, as its summary says.
func (b *builder) importedRuns(call ssa.CallInstruction) []invocation {
	common := call.Common()
	known := b.locks.imports.of(common)
	if known == nil {
		return nil
	}
	_, isGo := call.(*ssa.Go)
	var list []invocation
	for _, given := range known.Runs {
		if given.Formal >= len(common.Args) {
			continue
		}
		held := b.places.actualLocks(given.Held, common)
		run := Run{Async: given.Async || isGo, Many: given.Many, Once: given.Once, Held: Held{Must: held, May: held}}
		list = append(list, b.valueRuns(common.Args[given.Formal], nil, run)...)
	}
	return list
}

// An Acquired is a lock that a call of another package takes, in the places
// of the caller.
type Acquired struct {
	Lock Lock
	Via  string // the calls between, "" if the callee takes it itself
}

// AcquiredBy lists the locks that a callee of another package takes on some
// path, whatever the caller's conditions.
func (e *Evidence) AcquiredBy(call *ssa.CallCommon) []Acquired {
	known := e.builder.locks.imports.of(call)
	if known == nil {
		return nil
	}
	var list []Acquired
	for _, a := range known.Acquires {
		if lock, ok := e.builder.places.actualLock(a.Lock, call); ok {
			list = append(list, Acquired{lock, a.Via})
		}
	}
	return list
}

// Summary returns what a function does to the locks and functions that it is
// given, as its callers in other packages may know it.
func (e *Evidence) Summary(fn *ssa.Function) summary.Summary {
	done := e.EffectOf(fn)
	s := summary.Summary{Takes: formalLocks(done.Takes, fn), MayTake: formalLocks(done.MayTake, fn)}
	for _, released := range done.Releases {
		if at, ok := formal(released, fn); ok {
			s.Releases = append(s.Releases, at)
		}
	}
	for _, run := range e.builder.footprint(fn).Runs {
		if at, ok := formal(e.builder.places.of(run.Param), fn); ok && at.Path == "" {
			held := formalLocks(run.Held.Must, fn)
			s.Runs = append(s.Runs, effect.Run{Formal: at.Formal, Held: held, Async: run.Async, Many: run.Many, Once: run.Once})
		}
	}
	s.Hooks = e.formalHooks(fn)
	return s
}

// FormalLock returns a lock as the callers of fn in other packages know it,
// and false if they can't.
func FormalLock(lock Lock, fn *ssa.Function) (effect.Lock, bool) {
	at, ok := formal(lock.Place, fn)
	mode := effect.Exclusive
	if lock.Shared {
		mode = effect.Shared
	}
	return effect.Lock{Place: at, Mode: mode}, ok
}

func formalLocks(list []Lock, fn *ssa.Function) []effect.Lock {
	var locks []effect.Lock
	for _, lock := range list {
		if known, ok := FormalLock(lock, fn); ok {
			locks = append(locks, known)
		}
	}
	return locks
}
