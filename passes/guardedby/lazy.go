package guardedby

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// dependsOnState reports whether a branch decides on a field of the object
// whether a write is made:
//
//	if s.table == nil { s.table = … }
//	if !s.loaded { … s.table = … }
func dependsOnState(use sharing.MapUse) bool {
	return isConditional(use.Instr, use) ||
		slices.ContainsFunc(use.Calls, func(call ssa.CallInstruction) bool { return isConditional(call, use) })
}

func isConditional(instr ssa.Instruction, use sharing.MapUse) bool {
	block := instr.Block()
	for at := block.Idom(); at != nil; at = at.Idom() {
		branch, ok := at.Instrs[len(at.Instrs)-1].(*ssa.If)
		if ok && asksForState(branch.Cond, use) {
			return true
		}
	}
	return false
}

// asksForState reports whether a condition is a field of the object to which
// the use belongs, or compares one with a constant.
func asksForState(cond ssa.Value, use sharing.MapUse) bool {
	switch cond := cond.(type) {
	case *ssa.BinOp:
		_, isConst := cond.Y.(*ssa.Const)
		return isConst && asksForState(cond.X, use)
	case *ssa.UnOp:
		if cond.Op == token.NOT {
			return asksForState(cond.X, use)
		}
		field, ok := cond.X.(*ssa.FieldAddr)
		return ok && sharing.SameObjectType(field.X.Type(), objectOf(use).Type())
	}
	return false
}

// objectOf returns what holds the field that is written, or a part of which
// is, or the variable.
func objectOf(use sharing.MapUse) ssa.Value {
	store, ok := use.Instr.(*ssa.Store)
	if !ok {
		return use.Place.Base()
	}
	addr := store.Addr
	for {
		switch at := addr.(type) {
		case *ssa.FieldAddr:
			return at.X
		case *ssa.IndexAddr:
			addr = at.X
		case *ssa.UnOp:
			addr = at.X
		default:
			return addr
		}
	}
}

// setFields is how many fields of an object a function assigns at least that
// sets the object up, and knows of no lock.
const setFields = 3

// setsUp reports whether the function of a write sets the whole object up,
// as methods named Init or Open do before the object is shared.
func (j *judge) setsUp(h *habit, use sharing.MapUse) bool {
	if j.evidence.Takes(use.Fn, h.class) {
		return false
	}
	object := objectOf(use)
	fields := make(map[int]bool)
	sharing.Instructions(use.Fn, func(instr ssa.Instruction) {
		if store, ok := instr.(*ssa.Store); ok {
			if field, ok := store.Addr.(*ssa.FieldAddr); ok && field.X == object {
				fields[field.Field] = true
			}
		}
	})
	return len(fields) >= setFields
}

// overwrites reports whether the function of the use assigns the whole object
// anew, `*s = shard{…}`, which nobody does to one that others know.
func overwrites(use sharing.MapUse) bool {
	object, ok := use.Place.Base().(*ssa.Parameter)
	found := false
	sharing.Instructions(use.Fn, func(instr ssa.Instruction) {
		store, isStore := instr.(*ssa.Store)
		found = found || ok && isStore && store.Addr == ssa.Value(object)
	})
	return found
}
