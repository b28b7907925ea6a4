package guardedby

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// The uses that have to hold a lock, and their share of all in percent, for
// variables in general and for fields declared right below their lock. See
// docs/precision.md for the figures from which they were chosen.
const (
	minUses       = 4
	minShare      = 75
	minUsesBelow  = 3
	minShareBelow = 66
)

// convincing returns those of the verdicts for which the habit is strong
// enough to call the others mistaken: all, if most uses hold the lock.
//
// Fewer will do where a function uses the variable under the lock, and once
// more when it has released it: it says itself what the lock is for. So they
// will where every write holds it and the lock stands beside the variable, and
// isn't just around the calls of one function. Then reads without it are
// mistaken, or the reader knows that nobody writes. He hardly does
//
//   - if there is nothing else for which the lock could be: the variable is
//     the only one of its struct that changes, and so is the lock;
//   - if it is declared right below the lock;
//   - if it is a count, below the lock, and he calls others who take the lock;
//   - in a function that takes the lock for something else it does, above all
//     if another one takes it to read this variable alone.
func (j *judge) convincing(location sharing.Location, h *habit, uses []sharing.MapUse, found []verdict, total, broken int) []verdict {
	found = j.collected(h, found)
	least, share := minUses, minShare
	if j.declared.isBelow(location, h) {
		least, share = minUsesBelow, minShareBelow
	}
	if len(h.kept) >= least && 100*len(h.kept) >= share*(len(h.kept)+broken) && 100*len(h.kept) >= share*total && len(h.sections) >= len(breakers(found)) {
		return j.believable(h, found, uses, total)
	}
	return slices.DeleteFunc(found, func(v verdict) bool { return !j.isPlain(location, h, v, uses, found, total) })
}

// strayWrites returns those of the verdicts on a variable that everybody else
// only reads, and under the lock, without whose writes that would be for nothing:
// the variable is declared right below the lock, and the one function that
// writes it takes the lock for something else.
func (j *judge) strayWrites(location sharing.Location, h *habit, uses []sharing.MapUse, found []verdict) []verdict {
	blamed := breakers(found)
	if !j.declared.isBelow(location, h) || !h.direct || len(blamed) != 1 {
		return nil
	}
	if slices.ContainsFunc(uses, func(use sharing.MapUse) bool {
		return use.Entry.Kind != sharing.Sequential && !blamed[use.Fn] && !use.Held.Maybe(h.class)
	}) {
		return nil
	}
	return slices.DeleteFunc(found, func(v verdict) bool {
		return !v.use.Writes() || v.other || v.shared || !j.evidence.Takes(v.use.Fn, h.class)
	})
}

// collected leaves out readers of a list to which one function alone appends
// under the lock. It holds the lock against itself, as workers add what they
// have done; who reads the list, in a function that knows of no lock, has
// waited for them, wherever that is.
func (j *judge) collected(h *habit, found []verdict) []verdict {
	if len(h.sections) > 1 || slices.ContainsFunc(h.uses, func(use sharing.MapUse) bool { return use.Use == sharing.Replaced && !appends(use.Instr) }) {
		return found
	}
	return slices.DeleteFunc(found, func(v verdict) bool {
		return !v.use.Writes() && isList(v.use.Place) && !j.evidence.Takes(v.use.Fn, h.class)
	})
}

// appends reports whether a store sets a slice to itself with something
// appended.
func appends(instr ssa.Instruction) bool {
	store, ok := instr.(*ssa.Store)
	return ok && isSlice(store.Val.Type()) && isEdit(store.Val)
}

func isList(at *sharing.Place) bool { return at.Field != nil && isSlice(at.Field.Type()) }

// isPlain reports whether a verdict holds however often the lock is missed
// elsewhere.
func (j *judge) isPlain(location sharing.Location, h *habit, v verdict, uses []sharing.MapUse, found []verdict, total int) bool {
	switch {
	case v.other:
		return false
	case v.shared:
		return len(h.kept) >= 2 && len(h.sections) >= 2
	case v.left && h.kin != strangers:
		return len(h.sections) >= 2
	case v.part:
		return len(h.sections) >= 2 && j.coversWrites(h, uses, nil)
	case h.kin != siblings || len(h.sections) < 2 && !h.direct || !j.coversWrites(h, uses, nil):
		return false
	case j.isSole(location, h), j.isTally(location, h, v, found), j.evidence.Takes(v.use.Fn, h.class) && j.hasGetter(h):
		return true
	}
	missing := len(breakers(found))
	some := len(h.kept) >= 2 && 2*len(h.kept) > total && len(h.kept) >= missing && (missing == 1 || len(h.sections) > missing)
	if !variableOf(location.Var).IsField() {
		some = some && len(h.kept) > len(found) // a package has phases: most uses must say so
	}
	return some && (j.declared.isBelow(location, h) || len(h.keepers) >= 2 && (j.evidence.Takes(v.use.Fn, h.class) || j.asksFirst(v.use, h.class)))
}

// firmUses and firmShare are how many uses have to hold a lock that not all
// writers hold, if readers are to be blamed; firmShare is also the share if a
// writer is, who never takes the lock, and writerShare that if all he writes is
// an addition to what was there.
const (
	firmUses    = 8
	firmShare   = 85
	writerShare = 80
)

// believable leaves out readers if there are writers who don't hold the lock
// either: then it isn't what keeps them apart, or they are at work at another
// time. So may be a method that writes and never takes the lock: it is meant to
// be called before the object is shared.
func (j *judge) believable(h *habit, found []verdict, uses []sharing.MapUse, total int) []verdict {
	firm := j.coversWrites(h, uses, found) || len(h.kept) >= firmUses && 100*len(h.kept) >= firmShare*total
	setUp := make(map[*ssa.Function]bool)
	for _, v := range found {
		if v.use.Writes() && !v.shared && v.use.Entry.Kind == sharing.Exported && !j.evidence.Takes(v.use.Fn, h.class) {
			share := firmShare
			if appends(v.use.Instr) {
				share = writerShare
			}
			setUp[v.use.Fn] = 100*len(h.kept) < share*total
		}
	}
	return slices.DeleteFunc(found, func(v verdict) bool {
		return !v.shared && (setUp[v.use.Fn] || !firm && !v.use.Writes()) || v.other && 100*len(h.kept) < firmShare*total
	})
}

// breakers returns the functions that use the variable without the lock.
// That a lock is held in many places under one function that takes it says
// no more than that one function.
func breakers(found []verdict) map[*ssa.Function]bool {
	functions := make(map[*ssa.Function]bool)
	for _, v := range found {
		functions[v.use.Fn] = true
	}
	return functions
}

// coversWrites reports whether everybody who writes the variable may hold the
// lock, those aside who are blamed for it or set all of the object.
func (j *judge) coversWrites(h *habit, uses []sharing.MapUse, blamed []verdict) bool {
	return !slices.ContainsFunc(uses, func(use sharing.MapUse) bool {
		return use.Writes() && use.Entry.Kind != sharing.Sequential && !use.Held.Maybe(h.class) && !saysHeld(use) && !j.setsAll(h, use) &&
			!slices.ContainsFunc(blamed, func(v verdict) bool { return v.use.Access == use.Access })
	})
}

// saysHeld reports whether the entry says that its callers hold a lock.
func saysHeld(use sharing.MapUse) bool {
	return use.Entry.Kind == sharing.Unknown && sharing.WantsLock(use.Entry.Fn)
}

// isSole reports whether a field and the lock are all of their struct that
// changes, so that the lock can be for nothing else.
func (j *judge) isSole(location sharing.Location, h *habit) bool {
	field, ok := location.Var.(*types.Var)
	if !ok || len(j.declared.beside[field]) == 0 {
		return false // of a struct inside the one with the lock
	}
	for _, other := range j.declared.beside[field] {
		switch {
		case other == field || other == h.class:
		case isLock(other.Type()) || j.changing[other] || safe(other.Type()) || isMap(other.Type()):
			return false
		}
	}
	return true
}

// changingFields finds the fields that somebody writes who didn't make the
// object.
func changingFields(locations []sharing.Location, uses map[sharing.Location][]sharing.MapUse) map[any]bool {
	changing := make(map[any]bool)
	for _, location := range locations {
		changing[location.Var] = changing[location.Var] || written(uses[location])
	}
	return changing
}
