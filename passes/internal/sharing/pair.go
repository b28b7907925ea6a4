package sharing

import (
	"fmt"
	"slices"
	"strconv"

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

// maxFrames bounds the functions that are looked through for one goroutine,
// and for the function that starts it.
const maxFrames = 400

// Pairs lists the pairs of one function: goroutines that it starts, against
// itself and each other.
func (e *Evidence) Pairs(fn *ssa.Function) []Pair {
	f := e.builder.footprint(fn)
	effects := make(map[*Spawn][]Effect)
	shared := make(map[*Place]bool)
	for _, step := range f.Steps {
		for _, spawn := range step.Spawns {
			effects[spawn] = e.spawnEffects(fn, spawn)
			for _, effect := range effects[spawn] {
				shared[effect.At] = true
			}
		}
	}
	if len(shared) == 0 {
		return nil
	}
	s := &search{Evidence: e, f: f, effects: effects, own: e.ownEffects(fn, shared)}
	var pairs []Pair
	for _, step := range f.Steps {
		for _, spawn := range step.Spawns {
			pairs = append(pairs, s.pairsOf(spawn)...)
		}
	}
	return pairs
}

// spawnEffects returns what the goroutine does to maps that it can share with
// the function, in the function's places. Of goroutines that callees start,
// only maps count that are variables of the function: for fields the callee's
// own pairs and the uses of locations are looked at.
func (e *Evidence) spawnEffects(fn *ssa.Function, spawn *Spawn) []Effect {
	all := e.baseEffects(spawn.base)
	if len(spawn.via) == 0 {
		return all
	}
	up := func(p *Place) *Place {
		for i := len(spawn.via) - 1; i >= 0; i-- {
			p = e.builder.places.substitute(p, spawn.via[i].fn, spawn.via[i].args)
		}
		return p
	}
	var list []Effect
	for _, effect := range all {
		at := up(effect.At)
		if at.Parent != nil || at.Root.Parent() == nil || !sharedBase(at.Root, fn) {
			continue
		}
		effect.At = at
		effect.Held, effect.LoadHeld = effect.Held.translate(up), effect.LoadHeld.translate(up)
		list = append(list, effect)
	}
	return list
}

// baseEffects returns what a goroutine does to maps that it shares with the
// function that starts it.
func (e *Evidence) baseEffects(spawn *Spawn) []Effect {
	if known, ok := e.effects[spawn]; ok {
		return known
	}
	fn := spawn.Instr.Parent()
	var list []Effect
	var after *reach
	if spawn.Parallel {
		after = reachableFrom(parallelCall(spawn.Body), nil)
	}
	w := e.walker(func(f *frame, effect Effect) {
		if effect.Once || effect.Detached || effect.Use == Returned || !effect.At.Exact() || !sharedBase(effect.At.Base(), fn) {
			return
		}
		if after == nil || after.has(effect.Within(spawn.Body)) {
			effect.Held.Unseen = effect.Held.Unseen || e.demandsLock(f)
			list = append(list, effect)
		}
	})
	w.start(e.builder.enter(fn, spawn))
	w.run()
	e.effects[spawn] = list
	return list
}

// demandsLock reports whether a function that is called on the way says that
// its caller sees to locking.
func (e *Evidence) demandsLock(f *frame) bool {
	for ; f.parent != nil; f = f.parent {
		if e.wantsLock(f.fn) {
			return true
		}
	}
	return false
}

// enter returns the frame of a goroutine's body, below the function that
// starts it. Locks that the body releases without having taken them were handed
// over to it.
func (b *builder) enter(fn *ssa.Function, spawn *Spawn) *frame {
	f := &frame{stepDown: stepDown{fn: fn}}
	for _, step := range spawn.via {
		f = &frame{stepDown: step, parent: f}
	}
	last, _ := spawn.Site.(ssa.CallInstruction)
	f = &frame{stepDown: stepDown{last, spawn.Body, spawn.args}, parent: f}
	for _, place := range b.locks.flow(spawn.Body).summary.releases {
		f.held = f.held.lock(Lock{Place: b.up(f, place)})
	}
	return f
}

// ownEffects returns what the function itself does to the maps that its
// goroutines use, by instruction, with the locks that its callers may hold.
func (e *Evidence) ownEffects(fn *ssa.Function, shared map[*Place]bool) map[ssa.Instruction][]Effect {
	own := make(map[ssa.Instruction][]Effect)
	above := e.above[fn]
	w := e.walker(func(f *frame, effect Effect) {
		if shared[effect.At] && !effect.Once && !effect.Detached && (effect.Use != Returned || f.parent == nil) {
			if effect.At.Parent != nil {
				effect.Held, effect.LoadHeld = effect.Held.Under(above), effect.LoadHeld.Under(above)
			}
			effect.Held.Unseen = effect.Held.Unseen || e.demandsLock(f)
			at := effect.Within(fn)
			own[at] = append(own[at], effect)
		}
	})
	w.start(&frame{stepDown: stepDown{fn: fn}})
	w.run()
	return own
}

// walker returns a walker that tells frames apart by all that they see.
func (e *Evidence) walker(visit func(*frame, Effect)) *walker {
	return &walker{b: e.builder, known: make(map[string]bool), limit: maxFrames, visit: visit, key: e.fullKey}
}

func (e *Evidence) fullKey(f *frame) string {
	key := fmt.Appendf(nil, "%p %t", f.fn, f.once)
	for _, list := range [][]Lock{f.held.Must, f.held.May} {
		for _, lock := range list {
			key = strconv.AppendInt(append(key, ' '), int64(lock.Place.id), 10)
			key = strconv.AppendBool(key, lock.Shared)
		}
		key = append(key, ';')
	}
	if f.parent == nil {
		return string(key)
	}
	for _, arg := range f.args {
		key = strconv.AppendInt(append(key, ' '), int64(e.builder.up(f.parent, e.builder.places.of(arg)).id), 10)
	}
	return string(key) + e.builder.branchKey(f)
}

// search looks for pairs in one function.
type search struct {
	*Evidence
	f       *Footprint
	effects map[*Spawn][]Effect
	own     map[ssa.Instruction][]Effect
}

// pairsOf asks, per object that the goroutine uses, what can run after the
// spawn before the object is made anew or the goroutine is joined.
func (s *search) pairsOf(spawn *Spawn) []Pair {
	type object struct {
		base    ssa.Value
		awaited int // number of signals behind the access
	}
	var pairs []Pair
	reaches := make(map[object]*reach)
	for _, first := range s.effects[spawn] {
		base := first.At.Base()
		joined := spawn.joinedAfter(first)
		key := object{base, len(joined.Signals)}
		after := reaches[key]
		if after == nil {
			after = reachableFrom(spawn.Instr, joinBarrier(s.f, joined, base))
			reaches[key] = after
		}
		for _, pair := range append(s.withOthers(spawn, first, after), s.withMain(spawn, first, after)...) {
			pair.Fn, pair.Spawn, pair.First = s.f.Fn, spawn, first
			pairs = append(pairs, pair)
		}
	}
	return pairs
}

// withMain lists what the function does to the map in the meantime.
func (s *search) withMain(spawn *Spawn, first Effect, after *reach) []Pair {
	if spawn.Parallel {
		return nil
	}
	var pairs []Pair
	eachInstr(s.f.Fn, func(instr ssa.Instruction) {
		if _, deferred := instr.(*ssa.Defer); deferred || len(s.own[instr]) == 0 || !after.has(instr) || s.f.signalsLater(instr, spawn) {
			return
		}
		for _, with := range s.own[instr] {
			if with.At == first.At {
				pairs = append(pairs, Pair{With: with})
			}
		}
	})
	return pairs
}

// withOthers lists what other goroutines do to the map in the meantime, and
// the same one in another round of a loop.
func (s *search) withOthers(spawn *Spawn, first Effect, after *reach) []Pair {
	var pairs []Pair
	for _, step := range s.f.Steps {
		for _, other := range step.Spawns {
			switch {
			case other == spawn:
				if spawn.Many && !s.f.waitsAt(spawn) || after.has(spawn.Instr) || s.startsAgain(spawn, first.At) {
					pairs = append(pairs, Pair{With: first, Other: spawn})
				}
			case spawn.Parallel != other.Parallel || !spawn.Parallel && !after.has(other.Instr) || ordered(spawn, other):
			default:
				pairs = append(pairs, s.between(first, other)...)
			}
		}
	}
	return pairs
}

func (s *search) between(first Effect, other *Spawn) []Pair {
	var pairs []Pair
	for _, with := range s.effects[other] {
		if with.At == first.At {
			pairs = append(pairs, Pair{With: with, Other: other})
		}
	}
	return pairs
}

// joinedAfter returns the goroutine with only those signals that it gives
// after the access: a join by another doesn't order the access.
func (s *Spawn) joinedAfter(e Effect) *Spawn {
	at := e.Within(s.Body)
	if at.Parent() != s.Body {
		return s
	}
	late := *s
	late.Signals = slices.DeleteFunc(slices.Clone(s.Signals), func(signal Signal) bool {
		if signal.Deferred || signal.Instr == nil || signal.Instr.Parent() != s.Body {
			return false
		}
		return reachableFrom(signal.Instr, nil).has(at) && !reachableFrom(at, nil).has(signal.Instr)
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

// waitsAt reports whether the instruction that starts the goroutine also
// waits for it.
func (f *Footprint) waitsAt(spawn *Spawn) bool {
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
// one of its class, and not both only for reading. Against one that assigns
// the variable, those count that the other held when it looked at the
// variable. A lock that each goroutine has for itself keeps nobody out.
func (p *Pair) CommonLock() (Lock, bool) {
	first, with := p.First.Held.May, p.With.Held.May
	if p.With.Use == Replaced {
		first = p.First.LoadHeld.May
	}
	if p.First.Use == Replaced {
		with = p.With.LoadHeld.May
	}
	for _, a := range first {
		for _, b := range with {
			if a.Class() == b.Class() && !(a.Shared && b.Shared) && !p.isOwn(a) {
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
