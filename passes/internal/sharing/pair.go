package sharing

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// A Pair is two accesses of one map that can happen at the same time, as far
// as spawns and joins say: locks are for the judge to look at.
type Pair struct {
	Fn    *ssa.Function // where both are seen
	Spawn *Spawn        // the goroutine that makes the first access
	First Effect
	Other *Spawn // the goroutine that makes the second, nil for Fn itself; equal to Spawn for another round of a loop
	With  Effect
}

// Pairs lists the pairs of one function: goroutines that it starts, against
// itself and each other.
func (e *Evidence) Pairs(fn *ssa.Function) []Pair {
	f := e.builder.footprint(fn)
	var pairs []Pair
	for _, step := range f.Steps {
		for _, spawn := range step.Spawns {
			pairs = append(pairs, e.pairsOf(f, spawn)...)
		}
	}
	return pairs
}

// pairsOf asks, per object that the goroutine uses, what can run after the
// spawn before the object is made anew or the goroutine is joined.
func (e *Evidence) pairsOf(f *Footprint, spawn *Spawn) []Pair {
	var pairs []Pair
	type object struct {
		base    ssa.Value
		awaited int // number of signals behind the access
	}
	reaches := make(map[object]*reach)
	for _, first := range spawn.Effects {
		base := first.At.Base()
		if first.Once || !first.At.Exact() || !sharedBase(base, f.Fn) {
			continue
		}
		joined := spawn.joinedAfter(first)
		key := object{base, len(joined.Signals)}
		after := reaches[key]
		if after == nil {
			after = reachableFrom(spawn.Instr, joinBarrier(f, joined, base))
			reaches[key] = after
		}
		for _, other := range e.concurrent(f, spawn, first, after) {
			other.Fn, other.Spawn, other.First = f.Fn, spawn, first
			pairs = append(pairs, other)
		}
	}
	return pairs
}

// joinedAfter returns the goroutine with only those signals that it gives
// after the access: a join by another doesn't order the access.
func (s *Spawn) joinedAfter(e Effect) *Spawn {
	late := *s
	late.Signals = slices.DeleteFunc(slices.Clone(s.Signals), func(signal Signal) bool {
		if signal.Deferred || signal.Instr == nil || signal.Instr.Parent() != s.Body {
			return false
		}
		at := e.Within(s.Body)
		return at.Parent() == s.Body && reachableFrom(signal.Instr, nil).has(at) && !reachableFrom(at, nil).has(signal.Instr)
	})
	return &late
}

// sharedBase reports whether the root is one that the function and its
// goroutines can share: not the goroutine's own.
func sharedBase(base ssa.Value, fn *ssa.Function) bool {
	switch base.(type) {
	case *ssa.Global:
		return true
	case *ssa.Const, nil:
		return false
	}
	for parent := fn; parent != nil; parent = parent.Parent() {
		if base.Parent() == parent {
			return true
		}
	}
	return false
}

// concurrent lists what happens to the first access's map in the meantime.
func (e *Evidence) concurrent(f *Footprint, spawn *Spawn, first Effect, after *reach) []Pair {
	var pairs []Pair
	for _, step := range f.Steps {
		if after.has(step.Instr) && !spawn.Parallel && !f.signalsLater(step.Instr, spawn) {
			for _, with := range step.Effects {
				if with.At == first.At && !with.Once && !step.Deferred {
					pairs = append(pairs, Pair{With: with})
				}
			}
		}
		for _, other := range step.Spawns {
			if other == spawn {
				if spawn.Many && !f.waitsFor(spawn) || after.has(spawn.Instr) {
					pairs = append(pairs, Pair{With: first, Other: spawn})
				}
				continue
			}
			if !after.has(other.Instr) && !(spawn.Parallel && other.Parallel) || spawn.Parallel != other.Parallel {
				continue
			}
			for _, with := range other.Effects {
				if with.At == first.At && !with.Once && !ordered(spawn, other) {
					pairs = append(pairs, Pair{With: with, Other: other})
				}
			}
		}
	}
	return pairs
}

// ordered reports whether one goroutine waits for what the other signals, so
// that the order of their accesses isn't known to be free.
func ordered(a, b *Spawn) bool {
	return awaits(a, b) || awaits(b, a)
}

func awaits(waiter, signaller *Spawn) bool {
	for _, signal := range signaller.Signals {
		if slices.Contains(waiter.Awaits, signal.Place) {
			return true
		}
	}
	return false
}

// signalsLater reports whether the function can, after the instruction, give
// a signal for which the goroutine waits: the goroutine may well make its
// access behind it.
func (f *Footprint) signalsLater(instr ssa.Instruction, spawn *Spawn) bool {
	if len(spawn.Awaits) == 0 {
		return false
	}
	after := reachableFrom(instr, nil)
	for _, step := range f.Steps {
		for _, signal := range step.Signals {
			if slices.Contains(spawn.Awaits, signal.Place) && after.has(step.Instr) {
				return true
			}
		}
	}
	return false
}

// waitsFor reports whether the function joins the goroutine anywhere.
func (f *Footprint) waitsFor(spawn *Spawn) bool {
	for _, step := range f.Steps {
		for _, join := range step.Joins {
			if step.Instr == spawn.Instr && f.joins(join, spawn) {
				return true
			}
		}
	}
	return false
}

// CommonLock returns a lock that keeps the two accesses apart: both may hold
// one of its class, and not both only for reading. A lock that each goroutine
// has for itself keeps nobody out.
func (p *Pair) CommonLock() (Lock, bool) {
	for _, a := range p.First.Held.May {
		if p.isOwn(a) {
			continue
		}
		for _, b := range p.With.Held.May {
			if a.Class() == b.Class() && !(a.Shared && b.Shared) {
				return a, true
			}
		}
	}
	return Lock{}, false
}

// isOwn reports whether the lock is made by the goroutine itself, or anew for
// each round of the loop that starts it.
func (p *Pair) isOwn(lock Lock) bool {
	alloc, ok := lock.Place.Base().(*ssa.Alloc)
	if !ok || lock.Place.Parent != nil {
		return false
	}
	if !sharedBase(alloc, p.Fn) {
		return true
	}
	if p.Other != p.Spawn || p.Spawn.Many || alloc.Parent() != p.Fn {
		return false
	}
	made := &barrier{instr: func(instr ssa.Instruction) bool { return instr == ssa.Instruction(alloc) }}
	return !reachableFrom(p.Spawn.Instr, made).has(p.Spawn.Instr)
}
