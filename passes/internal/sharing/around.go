package sharing

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Reaches reports whether an instruction can run after another of the same
// function.
func Reaches(from, to ssa.Instruction) bool { return reachableFrom(from, nil).has(to) }

// maxCallers bounds the calls that lead to a function.
const maxCallers = 6

// CalledUnderLock reports whether a function of the package that leads to
// the given one by calls by name may hold a lock where it does so.
func (e *Evidence) CalledUnderLock(fn *ssa.Function) bool {
	return slices.ContainsFunc(e.HeldAround(fn), func(held Held) bool { return len(held.May) > 0 || held.Unseen })
}

// HeldAround returns the locks that functions of the package hold where they
// call a function, or one that leads to it by calls by name.
func (e *Evidence) HeldAround(fn *ssa.Function) []Held {
	var list []Held
	seen := map[*ssa.Function]bool{fn: true}
	next := []*ssa.Function{fn}
	for range maxCallers {
		var callers []*ssa.Function
		for _, callee := range next {
			for _, site := range e.calls.sites[callee] {
				list = append(list, e.HeldAt(site))
				if caller := origin(site.Parent()); !seen[caller] {
					seen[caller] = true
					callers = append(callers, caller)
				}
			}
		}
		next = callers
	}
	return list
}
