package sharing

import "golang.org/x/tools/go/ssa"

// A Relation is the way from a variable to the lock that is held for it: up
// over fields to an object that holds both, and down to the lock.
//
//	s.n        s.mu           over .n, down .mu
//	s.state.n  s.mu           over .state.n, down .mu
//	total      totalMu        a package-level lock, in reach of everybody
//
// It is found between the places of one access and says which lock belongs
// to the variable in another.
type Relation struct {
	Over, Down string
	Global     *ssa.Global // the package-level variable in which the lock lies
}

// Relate returns the relation of a variable and a lock, and false when they
// have no object in common.
func Relate(at, lock *Place) (Relation, bool) {
	if global, ok := lock.Base().(*ssa.Global); ok {
		return Relation{Global: global}, true
	}
	over := ""
	for p := at; p.Parent != nil; p = p.Parent {
		over = p.step() + over
		if down, ok := lock.below(p.Parent); ok {
			return Relation{Over: over, Down: down}, true
		}
	}
	return Relation{}, false
}

// Lock returns how the lock of a variable is written at another place, and
// false when the variable isn't reached through such an object.
func (r Relation) Lock(at *Place) (string, bool) {
	if r.Global != nil {
		return r.Global.Name(), true
	}
	over := ""
	for p := at; p.Parent != nil; p = p.Parent {
		over = p.step() + over
		if over == r.Over {
			return p.Parent.String() + r.Down, true
		}
	}
	return "", false
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
