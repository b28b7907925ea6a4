package guardedby

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/goconclint/goconclint/passes/internal/sharing"
)

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
		if other.Access == nil || !h.ownedByWriters() && !h.coversAll(uses) || j.evidence.OfOneGoroutine(use.Entry.Fn) {
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

// coversAll reports whether everybody who may meet others holds the lock.
func (h *habit) coversAll(uses []sharing.MapUse) bool {
	return len(h.keepers) > 1 && !slices.ContainsFunc(uses, func(use sharing.MapUse) bool {
		return use.Entry.Kind != sharing.Sequential && !use.Held.Maybe(h.class)
	})
}

// otherReader returns a use by another function, on another goroutine, under
// the lock held for reading.
func (h *habit) otherReader(use sharing.MapUse) sharing.MapUse {
	for _, other := range h.uses {
		lock, held := other.Held.Find(h.class)
		if held && lock.Shared && other.Fn != use.Fn && concurrent(other) && !sameGoroutine(use, other) {
			return other
		}
	}
	return sharing.MapUse{}
}

// insideReadLock finds calls under a read lock of methods that change what a
// variable holds, which others do with the lock to themselves:
//
//	c.mu.RLock()
//	c.order.MoveToFront(e)
//
// A stream has one reader at a time whatever lock he holds, which then keeps
// apart those who read and who put another stream in its place.
func (j *judge) insideReadLock(uses []sharing.MapUse) []verdict {
	var found []verdict
	seen := make(map[ast.Expr]bool)
	for _, use := range uses {
		if !use.Inside || !use.Writes() || use.Expr == nil || seen[use.Expr] || !concurrent(use) || use.Held.Unseen || len(use.Held.May) != 1 || len(use.Held.Must) != 1 {
			continue
		}
		lock := use.Held.Must[0]
		if !lock.Shared || kinOf(use.At, lock.Place) == strangers || j.evidence.OfOneGoroutine(use.Entry.Fn) || use.At.Field != nil && isStream(use.At.Field.Type()) {
			continue
		}
		owned := slices.IndexFunc(uses, func(other sharing.MapUse) bool {
			held, ok := other.Held.Find(lock.Class())
			return ok && !held.Shared && other.Inside && other.Writes()
		})
		if owned < 0 {
			continue
		}
		seen[use.Expr] = true
		found = append(found, verdict{use: use, meets: uses[owned], lock: lock.Place.String(), shared: true, inside: true})
	}
	return found
}

// isStream reports whether values of a type are read as a stream is: they have
// Read and, unlike buffers, don't know how long they are.
func isStream(t types.Type) bool {
	reads, _, _ := types.LookupFieldOrMethod(t, true, nil, "Read")
	length, _, _ := types.LookupFieldOrMethod(t, true, nil, "Len")
	_, isMethod := reads.(*types.Func)
	return isMethod && length == nil
}
