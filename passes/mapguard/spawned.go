package mapguard

import (
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// pairs judges what goroutines do against the functions that start them and
// against each other. Each map is reported once per function.
func (j *judge) pairs() {
	for _, fn := range j.evidence.Functions() {
		best := make(map[*sharing.Place]verdict)
		var order []*sharing.Place
		for _, pair := range j.evidence.Pairs(fn) {
			if !conflicts(pair) {
				continue
			}
			found := blame(pair)
			known, ok := best[found.blamed.At]
			if !ok {
				order = append(order, found.blamed.At)
			}
			if !ok || guilt(found) > guilt(known) {
				best[found.blamed.At] = found
			}
		}
		for _, place := range order {
			j.add(best[place])
		}
	}
}

// conflicts reports whether a pair is a race: one of the two writes, and no
// lock keeps them apart. Where a lock may be held that isn't followed, it is
// taken to do so.
func conflicts(p sharing.Pair) bool {
	if !p.First.Writes() && !p.With.Writes() || p.First.Held.Unseen || p.With.Held.Unseen {
		return false
	}
	if p.Other == p.Spawn && p.First.Access == p.With.Access && !p.First.Writes() || isOfNewCall(p.First, p.Spawn) {
		return false
	}
	_, locked := p.CommonLock()
	return !locked
}

// isOfNewCall reports whether a goroutine comes back to the function that has
// started it, by recursion, and uses a map that each call of it makes for itself.
func isOfNewCall(use sharing.Effect, spawn *sharing.Spawn) bool {
	if use.Fn != spawn.Instr.Parent() {
		return false
	}
	switch made := use.Place.Base().(type) {
	case *ssa.MakeMap:
		return made.Parent() == use.Fn
	case *ssa.Alloc:
		return made.Parent() == use.Fn
	}
	return false
}

// blame picks the access to mend: a write without a lock, else an access
// without a lock, else a write.
func blame(p sharing.Pair) verdict {
	inGoroutine := verdict{rule: goroutineAndMain, blamed: p.First, other: p.With, spawn: p.Spawn}
	switch {
	case p.Other == p.Spawn:
		inGoroutine.rule = sameGoroutine
		return inGoroutine
	case p.Other != nil:
		inGoroutine.rule = twoGoroutines
		return inGoroutine
	}
	inMain := verdict{rule: mainAndGoroutine, blamed: p.With, other: p.First, spawn: p.Spawn}
	if guilt(inMain) >= guilt(inGoroutine) {
		return inMain
	}
	return inGoroutine
}

// guilt orders verdicts by how well the blamed access explains the mistake.
func guilt(v verdict) int {
	guilt := 0
	if len(v.blamed.Held.Must) == 0 {
		guilt += 4
	}
	if v.blamed.Writes() {
		guilt += 2
	}
	if v.blamed.Use != sharing.Returned {
		guilt++
	}
	return guilt
}
