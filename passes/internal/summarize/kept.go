package summarize

import (
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// A method may keep a function in an object that it makes and puts among
// others that its own object has:
//
//	func (h *Hub) Subscribe(fn func(Message)) {
//		h.subs = append(h.subs, &subscription{fn: fn})
//	}
//
// Whoever calls what is in the field of one of these calls it for the object
// that has them all.

// ownerOf returns the place of a field of the callee's receiver in which an
// object that the callee makes is put, as an element or by itself; nil if
// there is none.
func (a *Acquisitions) ownerOf(callee *ssa.Function, made *sharing.Place) *sharing.Place {
	alloc, isNew := made.Root.(*ssa.Alloc)
	if !isNew || made.Parent != nil || callee.Signature.Recv() == nil {
		return nil
	}
	for _, ref := range *alloc.Referrers() {
		if kept := fieldAround(a.keeperOf(ref, alloc)); kept != nil && kept.Parent == a.evidence.PlaceOf(callee.Params[0]) {
			return kept
		}
	}
	return nil
}

// keeperOf returns where an instruction puts an object.
func (a *Acquisitions) keeperOf(instr ssa.Instruction, object ssa.Value) *sharing.Place {
	switch instr := instr.(type) {
	case *ssa.MapUpdate:
		if instr.Value == object {
			return a.evidence.PlaceOf(instr.Map)
		}
	case *ssa.Store:
		if instr.Val != object {
			return nil
		}
		if element, ok := instr.Addr.(*ssa.IndexAddr); ok {
			return a.appendedTo(element.X)
		}
		return a.evidence.Assigned(instr.Addr)
	}
	return nil
}

// fieldAround returns the field of which a place is an element, or the place.
func fieldAround(at *sharing.Place) *sharing.Place {
	for at != nil && at.Field == nil {
		at = at.Parent
	}
	return at
}
