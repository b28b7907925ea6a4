package summarize

import (
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// A Hooked is what a function of another package takes by a function of this
// one, which it finds in a field and calls with locks held.
type Hooked struct {
	Acquisition
	Held sharing.Held // of the object that has the field, or of those around it
}

// Hooked lists these for a call, in the places of the function that makes it.
// Many have objects with such a field: only those functions count that were
// put there by way of the same fields of the same type.
func (a *Acquisitions) Hooked(call ssa.CallInstruction) []Hooked {
	var list []Hooked
	for _, hook := range a.evidence.HooksOf(call) {
		held := sharing.Held{Must: hook.Held, May: hook.Held}
		sameWay := func(target callback) bool { return target.among == nil && isSameWay(target.owner, hook.Field.Parent) }
		for _, got := range a.takenIn(hook.Field, call, sameWay) {
			list = append(list, Hooked{got, held})
		}
	}
	return list
}

// isSameWay reports whether two places are the same fields of objects of one
// type.
func isSameWay(a, b *sharing.Place) bool {
	for ; a.Parent != nil; a, b = a.Parent, b.Parent {
		if b.Parent == nil || a.Field == nil || a.Field != b.Field {
			return false
		}
	}
	of, with := typeOf(a), typeOf(b)
	return of != nil && with != nil && of.Origin() == with.Origin()
}

// ofHooks lists what a call of another package takes by hooks, but for what
// that holds itself.
func (a *Acquisitions) ofHooks(call ssa.CallInstruction, own []Guard) []Acquisition {
	var list []Acquisition
	for _, got := range a.Hooked(call) {
		if !holds(got.Held, got.Lock) {
			got.Guards = own
			list = append(list, got.Acquisition)
		}
	}
	return list
}
