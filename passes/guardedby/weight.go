package guardedby

import (
	"go/ast"
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
// Fewer will do where every write holds it and the lock stands beside the
// variable. Then reads without it are mistaken, or the reader knows that
// nobody writes. He hardly does
//
//   - if there is nothing else for which the lock could be: the variable is
//     the only one of its struct that changes, and so is the lock;
//   - in a function that takes the lock for something else it does.
func (j *judge) convincing(location sharing.Location, h *habit, uses []sharing.MapUse, found []verdict, total, broken int) []verdict {
	field, _ := location.Var.(*types.Var)
	least, share := minUses, minShare
	if j.declared.below[field] == h.class {
		least, share = minUsesBelow, minShareBelow
	}
	if len(h.kept) >= least && 100*len(h.kept) >= share*(len(h.kept)+broken) && 100*len(h.kept) >= share*total && len(h.sections) >= len(breakers(found)) {
		return j.believable(h, found, uses, total)
	}
	if len(h.sections) < 2 {
		return nil
	}
	if h.kin != siblings || len(h.keepers) < 2 || !h.coversWrites(uses, nil) {
		return slices.DeleteFunc(found, func(v verdict) bool { return !v.shared || len(h.kept) < 2 })
	}
	if j.isSole(field, h) {
		return found
	}
	return slices.DeleteFunc(found, func(v verdict) bool {
		return !v.shared && (len(h.kept) < len(breakers(found)) || !j.evidence.Takes(v.use.Fn, h.class))
	})
}

// firmUses and firmShare are how many uses have to hold a lock that not all
// writers hold, if readers are to be blamed; writerShare is the share if a
// writer is, who never takes the lock.
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
	firm := h.coversWrites(uses, found) || len(h.kept) >= firmUses && 100*len(h.kept) >= firmShare*total
	setUp := make(map[*ssa.Function]bool)
	for _, v := range found {
		if v.use.Writes() && !v.shared && v.use.Entry.Kind == sharing.Exported && !j.evidence.Takes(v.use.Fn, h.class) {
			setUp[v.use.Fn] = 100*len(h.kept) < writerShare*total
		}
	}
	return slices.DeleteFunc(found, func(v verdict) bool {
		return !v.shared && (setUp[v.use.Fn] || !firm && !v.use.Writes())
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
// lock, those aside who are blamed for it.
func (h *habit) coversWrites(uses []sharing.MapUse, blamed []verdict) bool {
	return !slices.ContainsFunc(uses, func(use sharing.MapUse) bool {
		return use.Writes() && use.Entry.Kind != sharing.Sequential && !use.Held.Maybe(h.class) &&
			!slices.ContainsFunc(blamed, func(v verdict) bool { return v.use.Access == use.Access })
	})
}

// isSole reports whether a field and the lock are all of their struct that
// changes, so that the lock can be for nothing else.
func (j *judge) isSole(field *types.Var, h *habit) bool {
	if field == nil {
		return false
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

// underReadLock finds writes made while the lock is held for reading only:
// others who hold it so are at work at the same time.
func (j *judge) underReadLock(h *habit, uses []sharing.MapUse) []verdict {
	var found []verdict
	seen := make(map[ast.Expr]bool)
	for _, use := range uses {
		if use.Use != sharing.Replaced || use.Expr == nil || seen[use.Expr] || !concurrent(use) || use.Held.Unseen || len(use.Held.May) != 1 || len(use.Held.Must) != 1 {
			continue
		}
		lock := use.Held.Must[0]
		if !lock.Shared || lock.Class() != h.class || kinOf(use.At, lock.Place) == strangers {
			continue
		}
		other := h.otherReader(use)
		if other.Access == nil || !h.ownedByWriters() || j.evidence.OfOneGoroutine(use.Entry.Fn) {
			continue
		}
		seen[use.Expr] = true
		found = append(found, verdict{use: use, meets: other, lock: lock.Place.String(), shared: true})
	}
	return found
}

// ownedByWriters reports whether somebody writes the variable with the lock
// to himself.
func (h *habit) ownedByWriters() bool {
	return slices.ContainsFunc(h.uses, func(use sharing.MapUse) bool {
		lock, held := use.Held.Find(h.class)
		return held && !lock.Shared && use.Writes()
	})
}

// otherReader returns a use by another function under the lock held for
// reading.
func (h *habit) otherReader(use sharing.MapUse) sharing.MapUse {
	for _, other := range h.uses {
		lock, held := other.Held.Find(h.class)
		if held && lock.Shared && other.Fn != use.Fn && concurrent(other) {
			return other
		}
	}
	return sharing.MapUse{}
}

// looksUpAtomic reports whether the function of the use has asked an atomic
// variable before, which may tell it that the guarded one doesn't change any
// more.
func looksUpAtomic(use sharing.MapUse) bool {
	found := false
	sharing.Instructions(use.Fn, func(instr ssa.Instruction) {
		call, ok := instr.(*ssa.Call)
		if !ok || found {
			return
		}
		fn := sharing.CalleeObject(&call.Call)
		found = fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == "sync/atomic" && call.Block().Dominates(use.Instr.Block())
	})
	return found
}
