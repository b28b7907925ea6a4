package mapguard

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// A relation is the way from a map to its lock: how many steps up from the
// map's place to an object that holds both, and the fields down to the lock.
//
//	s.m        s.mu           up 1 over m, down mu
//	s.state.m  s.mu           up 2 over m and state, down mu
//	table      tableMu        a package-level lock, in reach of everybody
//
// It must hold between the places of one access; then it says which lock
// belongs to the map in another access. A long way is no relation: objects
// know each other for many reasons.
type relation struct {
	over   string      // fields from the common object to the map
	first  *types.Var  // the first of them: it tells the object's type
	down   string      // fields from the common object to the lock
	global *ssa.Global // the package-level variable in which the lock lies
}

// Bounds on the way from a map up to the object and down to the lock.
const (
	maxUp   = 4
	maxDown = 2
)

// relate returns the relation of a map and a lock that is held. It reports
// false when they have no object in common.
func relate(at, lock *sharing.Place) (relation, bool) {
	if global, ok := lock.Base().(*ssa.Global); ok {
		return relation{global: global}, true
	}
	r := relation{}
	for p, up := at, 0; p != nil && up <= maxUp; p, up = p.Parent, up+1 {
		if down, ok := below(lock, p); ok {
			r.down = down
			return r, r.first != nil && strings.Count(down, ".") <= maxDown
		}
		if p.Parent == nil {
			break
		}
		r.over = stepName(p) + r.over
		r.first = p.Field
	}
	return relation{}, false
}

// below returns the path from an object to a place inside it.
func below(place, object *sharing.Place) (string, bool) {
	path := ""
	for p := place; p != nil; p = p.Parent {
		if p == object {
			return path, path != ""
		}
		if p.Parent != nil {
			path = stepName(p) + path
		}
	}
	return "", false
}

func stepName(p *sharing.Place) string {
	if p.Field == nil {
		return "[]"
	}
	return "." + p.Field.Name()
}

// lockOf returns the object in which the lock of a map lies, and false when
// the map isn't reached through such an object.
func (r relation) lockOf(at *sharing.Place) (*sharing.Place, bool) {
	if r.global != nil {
		return nil, true
	}
	over := ""
	for p := at; p.Parent != nil; p = p.Parent {
		over = stepName(p) + over
		if over == r.over && p.Field == r.first {
			return p.Parent, true
		}
	}
	return nil, false
}
