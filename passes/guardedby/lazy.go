package guardedby

import (
	"go/token"
	"go/types"
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
// sets the object up, and knows of no lock, if these aren't all that it has.
const setFields = 3

// setsUp reports whether the function of a use sets the whole object up, as
// methods named Init or Open do before the object is shared, and decoders. What
// it reads of an object all of which it sets is its own.
func (j *judge) setsUp(h *habit, use sharing.MapUse) bool {
	if j.evidence.Takes(use.Fn, h.class) {
		return false
	}
	return use.Writes() && len(fieldsSet(use.Fn, objectOf(use))) >= setFields || j.setsAll(h, use) || j.initializes(h, use)
}

// initializes reports whether the use is on the way of a method Init, which
// doesn't know of the lock.
func (j *judge) initializes(h *habit, use sharing.MapUse) bool {
	fn := use.Entry.Fn
	return fn.Signature.Recv() != nil && use.Entry.Kind == sharing.Exported && sharing.IsInitializer(fn) && use.At.Base() == ssa.Value(fn.Params[0]) &&
		!j.evidence.Takes(fn, h.class)
}

// setsAll reports whether the function of a use sets all of an object.
func (j *judge) setsAll(h *habit, use sharing.MapUse) bool {
	object := objectOf(use)
	fields := fieldsSet(use.Fn, object)
	return len(fields) >= 2 && len(fields) == dataFields(object) && !changes(use.Fn, object, fields) && !j.evidence.Takes(use.Fn, h.class)
}

// fieldsSet returns where a function assigns the fields of an object.
func fieldsSet(fn *ssa.Function, object ssa.Value) map[int][]*ssa.Store {
	fields := make(map[int][]*ssa.Store)
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		if store, ok := instr.(*ssa.Store); ok {
			if field, ok := store.Addr.(*ssa.FieldAddr); ok && field.X == object {
				fields[field.Field] = append(fields[field.Field], store)
			}
		}
	})
	return fields
}

// changes reports whether a function asks what was in a field of an object
// before it assigns it.
func changes(fn *ssa.Function, object ssa.Value, fields map[int][]*ssa.Store) bool {
	found := false
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		load, ok := instr.(*ssa.UnOp)
		if !ok || found {
			return
		}
		field, ok := load.X.(*ssa.FieldAddr)
		found = ok && field.X == object && fields[field.Field] != nil &&
			!slices.ContainsFunc(fields[field.Field], func(set *ssa.Store) bool { return sharing.Reaches(set, load) })
	})
	return found
}

// dataFields counts the fields of an object that aren't locks and the like.
func dataFields(object ssa.Value) int {
	t := object.Type()
	if pointer, ok := t.Underlying().(*types.Pointer); ok {
		t = pointer.Elem()
	}
	fields, ok := t.Underlying().(*types.Struct)
	if !ok {
		return 0
	}
	n := 0
	for field := range fields.Fields() {
		if !safe(field.Type()) {
			n++
		}
	}
	return n
}
