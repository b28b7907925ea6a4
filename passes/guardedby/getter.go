package guardedby

import (
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// A critical is what a function does while it holds a lock.
type critical struct {
	fn    *ssa.Function
	class any
}

// A visit is what a function does to an object while it holds a lock.
type visit struct {
	critical
	object *sharing.Place
}

// visits returns the objects of which functions use fields under the locks
// that they hold.
func visits(locations []sharing.Location, uses map[sharing.Location][]sharing.MapUse) map[visit]bool {
	all := make(map[visit]bool)
	for _, location := range locations {
		for _, use := range uses[location] {
			for _, lock := range use.Held.Must {
				all[visit{critical{use.Fn, lock.Class()}, use.Place.Parent}] = true
			}
		}
	}
	return all
}

// hasVisited reports whether the function of a use of an element's field uses
// another one of that element under the lock.
func (j *judge) hasVisited(h *habit, use sharing.MapUse) bool {
	object := use.Place.Parent
	return object != nil && object.Field == nil && object.Parent != nil && j.visits[visit{critical{use.Fn, h.class}, object}]
}

// criticals returns the variables that functions use under the locks that they
// hold.
func criticals(locations []sharing.Location, uses map[sharing.Location][]sharing.MapUse) map[critical]map[any]bool {
	all := make(map[critical]map[any]bool)
	for _, location := range locations {
		for _, use := range uses[location] {
			for _, lock := range use.Held.Must {
				key := critical{use.Fn, lock.Class()}
				if all[key] == nil {
					all[key] = make(map[any]bool)
				}
				all[key][location.Var] = true
			}
		}
	}
	return all
}

// hasGetter reports whether a function takes the lock for nothing but to read
// the variable, which says what the lock is for:
//
//	d.mu.RLock()
//	enabled := d.next.Enabled(level)
//	d.mu.RUnlock()
func (j *judge) hasGetter(h *habit) bool {
	for _, use := range h.uses {
		if !use.Writes() && len(j.criticals[critical{use.Fn, h.class}]) == 1 && j.evidence.Takes(use.Fn, h.class) && !writesIn(h, use.Fn) && !j.usesMap(use.Fn, h.class) {
			return true
		}
	}
	return false
}

func writesIn(h *habit, fn *ssa.Function) bool {
	for _, use := range h.uses {
		if use.Fn == fn && use.Writes() {
			return true
		}
	}
	return false
}

// usesMap reports whether the function uses a map under the lock: those have a
// check of their own and don't count as variables here.
func (j *judge) usesMap(fn *ssa.Function, class any) bool {
	found := false
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		isMap := false
		switch instr := instr.(type) {
		case *ssa.MapUpdate:
			isMap = true
		case *ssa.Lookup:
			isMap = sharing.IsMap(instr.X.Type())
		case *ssa.Range:
			isMap = sharing.IsMap(instr.X.Type())
		}
		if isMap && !found {
			_, found = j.evidence.HeldAt(instr).Find(class)
		}
	})
	return found
}
