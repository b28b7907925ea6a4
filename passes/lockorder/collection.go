package lockorder

import (
	"go/types"

	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// Objects of one type that a package keeps in many collections have many
// roles: connections of clients, of routes, of gateways. A lock of an element
// of one of them is seldom that of the object which has another role.

// manyRoles is in how many collections objects are kept that have roles.
const manyRoles = 3

// mayMeet reports whether the lock that one edge takes is likely to be of the
// object whose lock the next one holds. What objects of two types embed by
// pointer they hardly share.
func (g *graph) mayMeet(e, next edge) bool {
	if a, b := embeddedIn(e.taken.Lock), embeddedIn(next.held.Place); a != nil && b != nil && a != b {
		return false
	}
	taken, held := collectionOf(e.taken.Lock), collectionOf(next.held.Place)
	switch {
	case taken == held:
		return true
	case taken != nil && g.collections(elementOf(taken.Type())) >= manyRoles:
		return false
	}
	return held == nil || g.collections(elementOf(held.Type())) < manyRoles
}

// embeddedIn returns the field by which an object embeds, by pointer, the one
// to which the lock belongs, or nil.
func embeddedIn(lock *sharing.Place) *types.Var {
	if lock.Parent == nil || lock.Parent.Field == nil || !lock.Parent.Field.Embedded() || !sharing.IsReference(lock.Parent.Field.Type()) {
		return nil
	}
	return lock.Parent.Field
}

// collectionOf returns the field that holds the collection of which the object
// is an element to which a lock belongs, or nil.
func collectionOf(lock *sharing.Place) *types.Var {
	object := lock.Parent
	for object != nil && object.Field != nil && object.Field.Embedded() {
		object = object.Parent
	}
	element := false
	for object != nil && object.Field == nil && object.Parent != nil {
		element, object = true, object.Parent
	}
	if !element || object == nil {
		return nil
	}
	return object.Field
}

// elementOf returns the type of what a collection holds, be it one of
// collections.
func elementOf(t types.Type) types.Type {
	for {
		switch kept := t.Underlying().(type) {
		case *types.Map:
			t = kept.Elem()
		case *types.Slice:
			t = kept.Elem()
		case *types.Array:
			t = kept.Elem()
		default:
			return t
		}
	}
}

// collections counts the fields of the package's structs that hold collections
// of a type.
func (g *graph) collections(object types.Type) int {
	n := 0
	scope := g.pass.Pkg.Scope()
	for _, name := range scope.Names() {
		fields, ok := scope.Lookup(name).Type().Underlying().(*types.Struct)
		if _, isType := scope.Lookup(name).(*types.TypeName); !ok || !isType {
			continue
		}
		for field := range fields.Fields() {
			if element := elementOf(field.Type()); element != field.Type() && types.Identical(element, object) {
				n++
			}
		}
	}
	return n
}
