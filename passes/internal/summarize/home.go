package summarize

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// home returns the lock of an object for that of the object to which one of
// its parts points back:
//
//	h.clients[i].hub.mu    is h.mu
//
// That the pointer leads back to where one came from isn't certain; but what is
// kept by one object and knows one of its type mostly knows just that one. A
// part with several such pointers is a list or a graph. Of a part that is known
// by an interface only, the type is that of the method that is called, if the
// package puts such an object there.
func (a *Acquisitions) home(lock *sharing.Place, through *types.Named) *sharing.Place {
	if lock.Parent == nil || lock.Field == nil || lock.Parent.Field == nil {
		return lock
	}
	back := lock.Parent
	owner := pointsTo(back.Field.Type())
	part := outOf(back.Parent)
	if owner == nil || part == nil || part.Field == nil || part.Parent == nil || part.Field == back.Field {
		return lock
	}
	whole := typeOf(part.Parent)
	if whole == nil || whole.Origin() != owner.Origin() {
		return lock
	}
	known := typeOf(back.Parent)
	if known != nil && types.IsInterface(known) {
		known = nil
		if through != nil && a.puts(through, part.Field) {
			known = through
		}
	}
	if !pointsBack(known, back.Field, owner) || a.hasItsOwn(back.Field) {
		return lock
	}
	if at, ok := a.evidence.Rebase(lock, back, part.Parent); ok {
		return at
	}
	return lock
}

// puts reports whether the package assigns an object of the type to a field
// that holds an interface.
func (a *Acquisitions) puts(object *types.Named, field *types.Var) bool {
	return a.assigns(field, func(store *ssa.Store) bool {
		boxed, ok := store.Val.(*ssa.MakeInterface)
		if !ok {
			return false
		}
		named := model.ReceiverNamed(boxed.X.Type())
		return named != nil && named.Origin() == object.Origin()
	})
}

// hasItsOwn reports whether what a field points to is made for the object that
// has the field: the package puts something new there that it does nothing
// else with.
//
//	app := &App{mounts: newMounts()}
func (a *Acquisitions) hasItsOwn(field *types.Var) bool { return a.assigns(field, isOnlyPut) }

// assigns reports whether one of the package's assignments of a field is as
// asked.
func (a *Acquisitions) assigns(field *types.Var, asked func(*ssa.Store) bool) bool {
	return slices.ContainsFunc(a.storesOf(field), asked)
}

// storesOf lists the package's assignments of a field. All are gathered at
// once: in a large package thousands of locks ask for those of some field.
func (a *Acquisitions) storesOf(field *types.Var) []*ssa.Store {
	if a.stores == nil {
		a.stores = make(map[*types.Var][]*ssa.Store)
		for _, fn := range a.evidence.Functions() {
			sharing.Instructions(fn, a.addStore)
		}
	}
	return a.stores[field.Origin()]
}

func (a *Acquisitions) addStore(instr ssa.Instruction) {
	store, ok := instr.(*ssa.Store)
	if !ok {
		return
	}
	if addr, isField := store.Addr.(*ssa.FieldAddr); isField {
		field := match.Field(addr.X.Type(), addr.Field).Origin()
		a.stores[field] = append(a.stores[field], store)
	}
}

// isOnlyPut reports whether a store puts something new somewhere of which the
// function knows nothing else but how it begins.
func isOnlyPut(store *ssa.Store) bool {
	var refs []ssa.Instruction
	switch v := store.Val.(type) {
	case *ssa.Call:
		refs = *v.Referrers()
	case *ssa.Alloc:
		refs = *v.Referrers()
	default:
		return false
	}
	return !slices.ContainsFunc(refs, func(ref ssa.Instruction) bool {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
			return false
		case *ssa.FieldAddr:
			return slices.ContainsFunc(*ref.Referrers(), func(use ssa.Instruction) bool {
				_, sets := use.(*ssa.Store)
				return !sets
			})
		}
		return ref != ssa.Instruction(store)
	})
}

// outOf returns the field in which an element is kept, at any depth.
func outOf(at *sharing.Place) *sharing.Place {
	for at != nil && at.Field == nil && at.Parent != nil {
		at = at.Parent
	}
	return at
}

// pointsTo returns the named type to which a type points.
func pointsTo(t types.Type) *types.Named {
	if _, ok := t.Underlying().(*types.Pointer); !ok {
		return nil
	}
	return model.ReceiverNamed(t)
}

// typeOf returns the named type of the object at a place, or that it points
// to.
func typeOf(at *sharing.Place) *types.Named {
	switch {
	case at.Field != nil:
		return model.ReceiverNamed(at.Field.Type())
	case at.Parent == nil:
		return model.ReceiverNamed(at.Root.Type())
	}
	elements := at.Parent
	depth := 1
	for elements.Field == nil && elements.Parent != nil {
		elements, depth = elements.Parent, depth+1
	}
	if elements.Field == nil {
		return nil
	}
	t := elements.Field.Type()
	for range depth {
		switch kept := t.Underlying().(type) {
		case *types.Slice:
			t = kept.Elem()
		case *types.Array:
			t = kept.Elem()
		case *types.Map:
			t = kept.Elem()
		default:
			return nil
		}
	}
	return model.ReceiverNamed(t)
}

// pointsBack reports whether a field is the only one of its struct that
// points to an object of the type.
func pointsBack(part *types.Named, field *types.Var, owner *types.Named) bool {
	if part == nil {
		return false
	}
	fields, ok := part.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	found := false
	for f := range fields.Fields() {
		switch known := pointsTo(f.Type()); {
		case f.Origin() == field.Origin():
			found = true
		case known != nil && known.Origin() == owner.Origin():
			return false
		}
	}
	return found
}
