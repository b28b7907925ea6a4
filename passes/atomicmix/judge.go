package atomicmix

import (
	"cmp"
	"go/types"
	"slices"
	"strings"

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
	also   []verdict      // further plain uses in the same function
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
			if use.Atomic || j.snapshots[field] && !use.Writes() || !j.exposed(use) || j.meant(use.Effect) {
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
	if use.Entry.Test || use.Held.Unseen || j.setsUp(use) {
		return false
	}
	if j.ordered(use, use.Instr) || j.alone(use.Fn) {
		return false
	}
	return !slices.ContainsFunc(use.Calls, func(call ssa.CallInstruction) bool {
		return j.ordered(use, call) || j.alone(call.Parent())
	})
}

// alone reports whether a function says that its caller keeps others away, by
// its own name or comment, or by that of its type.
func (j *judge) alone(fn *ssa.Function) bool {
	return sharing.WantsLock(fn) || j.evidence.OfOneGoroutine(fn)
}

// ordered reports whether the function of an instruction, on the way to a
// use, starts a goroutine behind it, which is when others come to know the
// object; or has waited for, or told somebody, something before it. What a
// goroutine receives is mostly work.
func (j *judge) ordered(use sharing.MapUse, instr ssa.Instruction) bool {
	if j.evidence.SpawnsAfter(instr) {
		return true
	}
	return use.Entry.Kind != sharing.Goroutine && j.evidence.Joined(instr.Parent(), instr)
}

// conflict returns an atomic access that the plain use races with. What one
// function or goroutine alone stores it may read plainly; but who adds or
// swaps atomically expects others to do so as well.
func (j *judge) conflict(use sharing.MapUse, all []sharing.MapUse) (sharing.MapUse, bool) {
	var found sharing.MapUse
	for _, other := range all {
		switch {
		case !other.Atomic || !use.Writes() && !other.Writes() || other.Entry.Kind == sharing.Sequential:
		case use.Held.Excludes(other.Held) || sameGoroutine(use, other) || apart(use.Place, other.Place):
		case !use.Writes() && (stores(other) || loadedElsewhere(use, all)) && (other.Fn == use.Fn && stores(other) || j.onlyFor(use.Entry.Fn, other)):
		case found.Access == nil || other.Writes() && !found.Writes():
			found = other
		}
	}
	return found, found.Access != nil
}

// apart reports whether two fields lie in structs that are parts of different
// types: counters that a server and its clients embed are not the same ones.
func apart(a, b *sharing.Place) bool {
	x, y := holder(a), holder(b)
	return x != nil && y != nil && x != y
}

// holder returns the field that the struct of a field is, itself and not
// behind a pointer, or nil.
func holder(p *sharing.Place) *types.Var {
	if p == nil || p.Parent == nil || p.Parent.Field == nil {
		return nil
	}
	if _, isStruct := p.Parent.Field.Type().Underlying().(*types.Struct); !isStruct {
		return nil
	}
	return p.Parent.Field
}

func sameGoroutine(a, b sharing.MapUse) bool {
	return a.Entry.Kind == sharing.Goroutine && b.Entry.Kind == sharing.Goroutine && a.Entry.Spawn == b.Entry.Spawn
}

// stores reports whether an atomic access sets the variable to a value of its
// own.
func stores(use sharing.MapUse) bool {
	call := use.Instr.(*ssa.Call)
	return model.AtomicOperation(sharing.CalleeObject(&call.Call)) == model.AtomicStore
}

// onlyFor reports whether the access is made by one entry alone, itself or by
// a function that nobody else calls.
func (j *judge) onlyFor(entry *ssa.Function, other sharing.MapUse) bool {
	if other.Entry.Fn != entry {
		return false
	}
	return !slices.ContainsFunc(j.evidence.Callers(other.Fn), func(caller *ssa.Function) bool { return caller != entry && caller.Parent() != entry })
}

// loadedElsewhere reports whether somebody else loads the variable atomically:
// then it is for him that who changes it does so atomically, too.
func loadedElsewhere(use sharing.MapUse, all []sharing.MapUse) bool {
	return slices.ContainsFunc(all, func(other sharing.MapUse) bool {
		return other.Atomic && !other.Writes() && other.Fn != use.Fn && other.Entry.Fn != use.Entry.Fn
	})
}

// setUpFields is how many fields of an object a function assigns at least
// that sets the object up.
const setUpFields = 3

// setsUp reports whether the use is an assignment by a function that makes
// the object new: it says so by its name, or assigns several of its fields,
// or the whole.
func (j *judge) setsUp(use sharing.MapUse) bool {
	if !use.Writes() || use.Place.Parent == nil {
		return false
	}
	if strings.HasPrefix(strings.ToLower(use.Fn.Name()), "init") {
		return true
	}
	fields, whole := make(map[*types.Var]bool), false
	sharing.Instructions(use.Fn, func(instr ssa.Instruction) {
		store, ok := instr.(*ssa.Store)
		if !ok {
			return
		}
		if addr, ok := store.Addr.(*ssa.FieldAddr); ok && j.evidence.PlaceOf(addr.X) == use.Place.Parent {
			fields[j.evidence.PlaceOf(addr).Field] = true
		}
		whole = whole || j.evidence.PlaceOf(store.Addr) == use.Place.Parent
	})
	return whole || len(fields) >= setUpFields
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
			if plain.Atomic || !atomic.Atomic || !plain.Writes() && !atomic.Writes() || plain.Held.Unseen || j.meant(plain) {
				continue
			}
			if _, locked := pair.CommonLock(); !locked {
				j.verdicts = append(j.verdicts, verdict{plain: plain, atomic: atomic, spawn: pair.Spawn})
			}
		}
	}
}

// fold keeps one verdict for each function, its first use, and tells it of
// the others.
func fold(verdicts []verdict) []verdict {
	known := make(map[*ssa.Function]int)
	var kept []verdict
	for _, v := range verdicts {
		i, ok := known[v.plain.Fn]
		if !ok {
			known[v.plain.Fn] = len(kept)
			kept = append(kept, v)
			continue
		}
		kept[i].take(v)
	}
	return kept
}

// take adds a use to those of the verdict, in source order. Of two at one
// expression the one that writes counts, as in x++.
func (v *verdict) take(other verdict) {
	all := append([]verdict{*v}, v.also...)
	all[0].also = nil
	if i := slices.IndexFunc(all, func(w verdict) bool { return w.plain.Expr == other.plain.Expr }); i < 0 {
		all = append(all, other)
	} else if other.plain.Writes() && !all[i].plain.Writes() {
		all[i] = other
	}
	slices.SortStableFunc(all, func(a, b verdict) int { return cmp.Compare(a.plain.Expr.Pos(), b.plain.Expr.Pos()) })
	*v = all[0]
	v.also = all[1:]
}
