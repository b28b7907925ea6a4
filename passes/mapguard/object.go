package mapguard

import (
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// goroutineWrites reports what a goroutine that belongs to an object, or to
// the package, writes with nothing locked, while exported methods or
// functions use the same map with nothing locked and without having waited
// for anything.
func (j *judge) goroutineWrites(uses []sharing.MapUse) {
	blamed := make(map[*ssa.Function]bool)
	for _, use := range uses {
		if blamed[use.Fn] || use.Entry.Kind != sharing.Goroutine || use.Entry.Test || !use.Writes() || !use.Held.None() || use.Entry.Spawn.Unknown {
			continue // or it runs functions that aren't known, which may be these methods
		}
		for _, other := range uses {
			if j.meetsMethod(use, other) {
				blamed[use.Fn] = true
				j.add(verdict{rule: ownGoroutine, blamed: use.Effect, other: other.Effect, spawn: use.Entry.Spawn})
				break
			}
		}
	}
}

// meetsMethod reports whether the other use is made by an exported function
// on the object for which the goroutine works.
func (j *judge) meetsMethod(use, other sharing.MapUse) bool {
	if other.Entry.Kind != sharing.Exported || other.Entry.Test || !other.Held.None() || other.Entry.Fn == use.Entry.Fn {
		return false
	}
	if !other.OnObjectOf(use.At) || len(j.evidence.Callers(other.Entry.Fn)) > 0 {
		return false
	}
	if j.evidence.BeforeStart(other, []sharing.MapUse{use}) {
		return false
	}
	return !j.evidence.Joined(other.Entry.Fn, other.Within(other.Entry.Fn))
}
