package guardedby

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// A habit is a lock and the uses of one variable that hold it.
type habit struct {
	class     any
	name      string
	relations []sharing.Relation
	uses      []sharing.MapUse
	kept      map[ast.Expr]bool
}

// habitOf picks the lock that most uses hold, or the one that a comment
// names.
func (j *judge) habitOf(location sharing.Location, uses []sharing.MapUse) *habit {
	said, annotated := j.annotation(location)
	var all []*habit
	for _, use := range uses {
		for _, lock := range use.Held.Must {
			r, ok := sharing.Relate(use.At, lock.Place)
			if !ok || use.Expr == nil {
				continue
			}
			i := slices.IndexFunc(all, func(h *habit) bool { return h.class == lock.Class() })
			if i < 0 {
				i = len(all)
				all = append(all, &habit{class: lock.Class(), name: className(lock.Class()), kept: make(map[ast.Expr]bool)})
			}
			all[i].add(use, r)
		}
	}
	var best *habit
	for _, h := range all {
		if annotated && h.name != said {
			continue
		}
		if best == nil || len(h.kept) > len(best.kept) {
			best = h
		}
	}
	return best
}

func className(class any) string {
	switch class := class.(type) {
	case *types.Var:
		return class.Name()
	case ssa.Value:
		return class.Name()
	}
	return ""
}

func (h *habit) add(use sharing.MapUse, r sharing.Relation) {
	h.uses = append(h.uses, use)
	h.kept[use.Expr] = true
	if !slices.Contains(h.relations, r) {
		h.relations = append(h.relations, r)
	}
}

// lockFor returns the lock of a variable as it is written beside it.
func (h *habit) lockFor(at *sharing.Place) (string, bool) {
	for _, r := range h.relations {
		if name, ok := r.Lock(at); ok {
			return name, true
		}
	}
	return "", false
}

// writers counts the places where the variable is written under the lock. If
// there is only one, a function that has held the lock before may know that
// the variable is set and stays so.
func (h *habit) writers() int {
	places := make(map[ast.Expr]bool)
	for _, use := range h.uses {
		if use.Writes() {
			places[use.Expr] = true
		}
	}
	return len(places)
}

// conflict returns a use under the lock of which one writes, and that another
// goroutine can make. What one goroutine alone writes it can read without
// the lock.
func (h *habit) conflict(use sharing.MapUse) (sharing.MapUse, bool) {
	var found sharing.MapUse
	for _, other := range h.uses {
		switch {
		case !use.Writes() && !other.Writes(), sameGoroutine(use, other), !concurrent(other):
			continue
		case !use.Writes() && other.Fn == use.Fn:
			continue // the only writer may read without the lock
		}
		if found.Access == nil || other.Writes() && !found.Writes() {
			found = other
		}
	}
	return found, found.Access != nil
}

// straying returns the call that leaves the habit, if the use itself holds
// the lock on other ways to it: the last call that isn't common to this way
// and one that holds the lock.
func (h *habit) straying(use sharing.MapUse) ssa.CallInstruction {
	common := -1
	for _, other := range h.uses {
		if other.Access == use.Access {
			common = max(common, commonTail(use.Calls, other.Calls))
		}
	}
	if common < 0 || common >= len(use.Calls) {
		return nil
	}
	return use.Calls[len(use.Calls)-1-common]
}

func commonTail(a, b []ssa.CallInstruction) int {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	return n
}
