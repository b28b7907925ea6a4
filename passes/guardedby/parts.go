package guardedby

import (
	"slices"

	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// A collection of partUses holds the uses of fields of structs as uses of the
// variables that hold these structs, without a pointer between them: who changes
// a field under the lock changes the variable.
//
//	s.stats.hits++       // under the lock
//	return s.stats
type partUses struct {
	of map[any][]sharing.MapUse // by the field that holds the struct
	is map[*sharing.Access]bool // the accesses of these uses
}

func partsIn(locations []sharing.Location, uses map[sharing.Location][]sharing.MapUse) *partUses {
	p := &partUses{make(map[any][]sharing.MapUse), make(map[*sharing.Access]bool)}
	for _, location := range locations {
		for _, use := range uses[location] {
			if !use.Inside {
				p.add(use)
			}
		}
	}
	return p
}

// add notes a use of a field for all structs around it.
func (p *partUses) add(use sharing.MapUse) {
	at, in := use.At, use.Place
	for isPart(at) && isPart(in) {
		at, in = at.Parent, in.Parent
		access := *use.Access
		access.Place = in
		use.Access, use.At = &access, at
		p.of[at.Field] = append(p.of[at.Field], use)
		p.is[&access] = true
	}
}

// isPart reports whether a place is a field of a struct that is itself a field.
func isPart(at *sharing.Place) bool {
	return at.Field != nil && at.Parent != nil && at.Parent.Field != nil && !isPointer(at.Parent.Field.Type())
}

// wholes returns those of the verdicts that blame uses of the variable itself;
// those of its fields are judged field by field.
func (p *partUses) wholes(found []verdict) []verdict {
	return slices.DeleteFunc(found, func(v verdict) bool { return p.is[v.use.Access] })
}
