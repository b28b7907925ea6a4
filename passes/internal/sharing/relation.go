package sharing

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// A Relation is the way from a variable to the lock that is held for it: up
// over fields to an object that holds both, and down to the lock.
//
//	s.n        s.mu           over .n, down .mu
//	s.state.n  s.mu           over .state.n, down .mu
//	total      totalMu        a package-level lock, in reach of everybody
//
// It is found between the places of one access and says which lock belongs
// to the variable in another. A long way is no relation: objects know each
// other for many reasons.
type Relation struct {
	over   string      // fields from the common object to the variable
	first  *types.Var  // the first of them: it tells the object's type
	down   string      // fields from the common object to the lock
	global *ssa.Global // the package-level variable in which the lock lies
}

// Bounds on the way from a variable up to the object and down to the lock,
// embedded fields apart.
const (
	maxUp   = 4
	maxDown = 2
)

// Relate returns the relation of a variable and a lock that is held, and
// false when they have no object in common, or the lock is a part of the
// variable.
func Relate(at, lock *Place) (Relation, bool) {
	if global, ok := lock.Base().(*ssa.Global); ok {
		return Relation{global: global, down: strings.TrimPrefix(lock.String(), global.Name())}, true
	}
	r := Relation{}
	for p, up := at, 0; p != nil && up <= maxUp; p, up = p.Parent, up+1 {
		if down, ok := lock.below(p); ok {
			r.down = down
			return r, r.first != nil && lock.depthIn(p) <= maxDown
		}
		if p.Parent == nil {
			break
		}
		r.over = p.step() + r.over
		r.first = p.Field
	}
	return Relation{}, false
}

// depthIn counts the fields on the way from an object down to a part of it,
// those apart that are embedded.
func (p *Place) depthIn(object *Place) int {
	depth := 0
	for ; p != object; p = p.Parent {
		if p.Field == nil || !p.Field.Embedded() {
			depth++
		}
	}
	return depth
}

// Object returns the object in which the lock of a variable lies, nil if that
// is the package, and false when the variable isn't reached through such an
// object.
func (r Relation) Object(at *Place) (*Place, bool) {
	if r.global != nil {
		return nil, true
	}
	over := ""
	for p := at; p.Parent != nil; p = p.Parent {
		over = p.step() + over
		if over == r.over && p.Field == r.first {
			return p.Parent, true
		}
	}
	return nil, false
}

// Beside returns the way down to the lock from the object of which the
// variable is a field, and false if it is a part of such a field.
func (r Relation) Beside() (string, bool) {
	return r.down, r.global == nil && r.first != nil && r.over == "."+r.first.Name()
}

// Lock returns how the lock of a variable is written at another place, and
// false when the variable isn't reached through such an object.
func (r Relation) Lock(at *Place) (string, bool) {
	object, ok := r.Object(at)
	switch {
	case !ok:
		return "", false
	case object == nil:
		return r.global.Name() + r.down, true
	}
	return object.String() + r.down, true
}

// below returns the path from an object down to the place.
func (p *Place) below(object *Place) (string, bool) {
	path := ""
	for ; p != nil; p = p.Parent {
		if p == object {
			return path, path != ""
		}
		if p.Parent != nil {
			path = p.step() + path
		}
	}
	return "", false
}

func (p *Place) step() string {
	if p.Field == nil {
		return "[]"
	}
	return "." + p.Field.Name()
}
