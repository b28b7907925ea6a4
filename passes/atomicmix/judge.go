package atomicmix

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// A judge goes through the evidence on one package.
type judge struct {
	pass      *analysis.Pass
	evidence  *sharing.Evidence
	snapshots map[*types.Var]bool
	verdicts  []verdict
}

// A verdict is a plain use of a variable and an atomic access that can happen
// at the same time; one of the two writes.
type verdict struct {
	plain  sharing.Effect
	atomic sharing.Effect
	spawn  *sharing.Spawn // the goroutine that makes one of them, nil if others start it
	also   []ast.Expr     // further plain uses in the same function
}

// locations judges the uses that can meet although no function shows both.
// The analysis is must on the side of the plain use (it is made by code that
// runs concurrently, on an object that others know, with no lock in common)
// and may on the side of the atomic one: it says that others are at work.
func (j *judge) locations() {
	order, uses := j.evidence.Uses()
	for _, location := range order {
		field, _ := location.Var.(*types.Var)
		for _, use := range uses[location] {
			if use.Atomic || use.Expr == nil || j.snapshots[field] && !use.Writes() || !j.exposed(use) {
				continue
			}
			if other, ok := j.conflict(use, uses[location]); ok {
				j.verdicts = append(j.verdicts, verdict{plain: use.Effect, atomic: other.Effect, spawn: use.Entry.Spawn})
			}
		}
	}
}

// exposed reports whether the use can meet those of other goroutines: it
// isn't part of setting the object up, or behind a wait for the others.
func (j *judge) exposed(use sharing.MapUse) bool {
	switch use.Entry.Kind {
	case sharing.Exported, sharing.Handler, sharing.Goroutine:
	default:
		return false
	}
	if use.Entry.Test || use.Held.Unseen || j.setsUp(use) || j.beforeSpawn(use) {
		return false
	}
	return !j.evidence.Joined(use.Entry.Fn, use.Within(use.Entry.Fn))
}

// conflict returns an atomic access that the plain use races with. What one
// function or goroutine alone writes it may read plainly.
func (j *judge) conflict(use sharing.MapUse, all []sharing.MapUse) (sharing.MapUse, bool) {
	var found sharing.MapUse
	for _, other := range all {
		switch {
		case !other.Atomic || !use.Writes() && !other.Writes() || other.Entry.Kind == sharing.Sequential:
		case use.Held.Excludes(other.Held) || sameGoroutine(use, other):
		case !use.Writes() && (other.Fn == use.Fn || j.onlyFor(use.Entry.Fn, other)):
		case found.Access == nil || other.Writes() && !found.Writes():
			found = other
		}
	}
	return found, found.Access != nil
}

func sameGoroutine(a, b sharing.MapUse) bool {
	return a.Entry.Kind == sharing.Goroutine && b.Entry.Kind == sharing.Goroutine && a.Entry.Spawn == b.Entry.Spawn
}

// onlyFor reports whether the access is made by one entry alone, itself or by
// a function that nobody else calls.
func (j *judge) onlyFor(entry *ssa.Function, other sharing.MapUse) bool {
	if other.Entry.Fn != entry {
		return false
	}
	return !slices.ContainsFunc(j.evidence.Callers(other.Fn), func(caller *ssa.Function) bool { return caller != entry })
}

// beforeSpawn reports whether a function on the way to the use starts a
// goroutine behind it, which is when others come to know the object.
func (j *judge) beforeSpawn(use sharing.MapUse) bool {
	if j.evidence.SpawnsAfter(use.Instr) {
		return true
	}
	return slices.ContainsFunc(use.Calls, func(call ssa.CallInstruction) bool { return j.evidence.SpawnsAfter(call) })
}

// setUpFields is how many fields of an object a function assigns at least
// that sets the object up.
const setUpFields = 3

// setsUp reports whether the use is an assignment by a function that assigns
// several fields of the object: it makes the object new.
func (j *judge) setsUp(use sharing.MapUse) bool {
	if !use.Writes() || use.Place.Parent == nil {
		return false
	}
	fields := make(map[*types.Var]bool)
	sharing.Instructions(use.Fn, func(instr ssa.Instruction) {
		if store, ok := instr.(*ssa.Store); ok {
			if addr, ok := store.Addr.(*ssa.FieldAddr); ok && j.evidence.PlaceOf(addr.X) == use.Place.Parent {
				fields[j.evidence.PlaceOf(addr).Field] = true
			}
		}
	})
	return len(fields) >= setUpFields
}

// pairs judges what goroutines do against the functions that start them and
// against each other.
func (j *judge) pairs() {
	for _, fn := range j.evidence.Functions() {
		for _, pair := range j.evidence.Pairs(fn) {
			plain, atomic := pair.First, pair.With
			if plain.Atomic {
				plain, atomic = atomic, plain
			}
			if plain.Atomic || !atomic.Atomic || plain.Expr == nil || !plain.Writes() && !atomic.Writes() || plain.Held.Unseen {
				continue
			}
			if _, locked := pair.CommonLock(); !locked {
				j.verdicts = append(j.verdicts, verdict{plain: plain, atomic: atomic, spawn: pair.Spawn})
			}
		}
	}
}

// fold keeps one verdict for each function and variable, its first use, and
// tells it of the others.
func fold(verdicts []verdict) []verdict {
	type mistake struct {
		fn    *ssa.Function
		class any
	}
	known := make(map[mistake]int)
	var kept []verdict
	for _, v := range verdicts {
		key := mistake{v.plain.Fn, v.plain.Place.Class()}
		i, ok := known[key]
		if !ok {
			known[key] = len(kept)
			kept = append(kept, v)
			continue
		}
		first := &kept[i]
		if v.plain.Expr == first.plain.Expr && v.plain.Writes() {
			v.also = first.also
			*first = v // x++ reads and writes
		}
		if v.plain.Expr != first.plain.Expr && !slices.Contains(first.also, v.plain.Expr) {
			first.also = append(first.also, v.plain.Expr)
		}
	}
	return kept
}

// snapshots returns the fields of which the package keeps copies in other
// objects of the type, for plain use:
//
//	return Stats{Hits: atomic.LoadInt64(&s.hits)}
func snapshots(evidence *sharing.Evidence) map[*types.Var]bool {
	copied := make(map[*types.Var]bool)
	for _, fn := range evidence.Functions() {
		sharing.Instructions(fn, func(instr ssa.Instruction) {
			store, ok := instr.(*ssa.Store)
			if !ok {
				return
			}
			call, ok := store.Val.(*ssa.Call)
			if !ok || sharing.CalleeObject(&call.Call) == nil || model.AtomicOperation(sharing.CalleeObject(&call.Call)) != model.AtomicLoad {
				return
			}
			from, to := evidence.PlaceOf(call.Call.Args[0]), evidence.PlaceOf(store.Addr)
			if from.Field != nil && from.Field == to.Field {
				copied[to.Field] = true
			}
		})
	}
	return copied
}
