package guardedby

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// A kin is how near the declarations of a lock and of a variable are to each
// other. A lock is declared for what stands beside it; one that is held
// further away is mostly held for something else.
type kin int

const (
	strangers kin = iota // no more than what happens to be held
	within               // a part of what stands beside the lock: s.mu and s.state.n, s.mu and s.list[i].n
	siblings             // s.mu and s.n, or two package-level variables
)

// kinOf finds the object that holds both the variable and the lock.
//
//	s.n        s.mu       siblings
//	s.n        s.T.mu     siblings, if T is embedded
//	s.state.n  s.mu       within, if state isn't a pointer
//	s.conn.n   s.mu       strangers: what a pointer leads to has an owner of its own
//	s.n        s.out.mu   strangers: the lock of what s.out does
//	s.t        s.t.mu     strangers: the lock is a part of the variable
func kinOf(at, lock *sharing.Place) kin {
	if lock.Within(at) {
		return strangers
	}
	nearest := siblings
	for p := at; p.Parent != nil; p = p.Parent {
		if lock != p.Parent && lock.Within(p.Parent) {
			if lock.Within(p) || !isDirect(lock, p.Parent) {
				return strangers
			}
			return nearest
		}
		if nearest = outward(p, nearest); nearest == strangers {
			return strangers
		}
	}
	if _, ok := at.Base().(*ssa.Global); ok && isGlobal(lock) {
		return nearest
	}
	return strangers
}

// isDirect reports whether the lock is a field of the object, be it by
// embedding.
func isDirect(lock, object *sharing.Place) bool {
	for p := lock.Parent; p != object; p = p.Parent {
		if p.Field == nil || !p.Field.Embedded() {
			return false
		}
	}
	return lock.Field != nil
}

// outward returns how near a variable is whose path goes on above the place.
func outward(p *sharing.Place, nearest kin) kin {
	parent := p.Parent
	switch {
	case parent.Field == nil && parent.Parent == nil:
		return nearest // the root
	case parent.Field != nil && parent.Field.Embedded():
		return nearest
	case p.Field != nil && parent.Field != nil && isPointer(parent.Field.Type()):
		return strangers
	}
	return within
}

func isPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}

// isGlobal reports whether the place is a package-level variable.
func isGlobal(place *sharing.Place) bool {
	_, ok := place.Root.(*ssa.Global)
	return ok
}

// mayFail reports whether the lock of a class is one that answers whether it
// was taken, Lock() error: it keeps operations apart, or processes, and isn't
// declared for what stands beside it.
func mayFail(class any) bool {
	v := variableOf(class)
	if v == nil {
		return false
	}
	method, _, _ := types.LookupFieldOrMethod(v.Type(), true, v.Pkg(), "Lock")
	lock, ok := method.(*types.Func)
	return ok && lock.Signature().Results().Len() > 0
}
