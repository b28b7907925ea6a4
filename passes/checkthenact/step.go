package checkthenact

import (
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// A kind says what makes one step safe.
type kind int

const (
	syncMap kind = iota
	flag         // an atomic variable
	guarded      // a lock, held at the step
)

// A step reads or writes a location in one go.
type step struct {
	kind  kind
	write bool
	instr ssa.Instruction
	place *sharing.Place
	key   any       // of a map's entry
	value ssa.Value // that is written
	held  sharing.Held
}

// steps lists those of a function, in order, on locations that others know.
func (j *judge) steps(fn *ssa.Function) []step {
	var list []step
	add := func(s step, place, key ssa.Value) {
		s.place, s.held = j.evidence.PlaceOf(place), j.evidence.HeldAt(s.instr)
		if key != nil {
			s.key = j.keyOf(key)
		}
		if s.place.Exact() && !s.held.Unseen && known(s.place) && (s.kind != guarded || len(s.held.Must) > 0) {
			list = append(list, s)
		}
	}
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		switch instr := instr.(type) {
		case *ssa.Call:
			j.callStep(instr, add)
		case *ssa.Lookup:
			if sharing.IsMap(instr.X.Type()) {
				add(step{kind: guarded, instr: instr}, instr.X, instr.Index)
			}
		case *ssa.MapUpdate:
			add(step{kind: guarded, write: true, instr: instr, value: instr.Value}, instr.Map, instr.Key)
		case *ssa.UnOp:
			if field, ok := instr.X.(*ssa.FieldAddr); ok && instr.Op == token.MUL {
				add(step{kind: guarded, instr: instr}, field, nil)
			}
		case *ssa.Store:
			if field, ok := instr.Addr.(*ssa.FieldAddr); ok {
				add(step{kind: guarded, write: true, instr: instr, value: instr.Val}, field, nil)
			}
		}
	})
	return list
}

// callStep adds what a call of sync.Map or package sync/atomic does.
func (j *judge) callStep(call *ssa.Call, add func(s step, place, key ssa.Value)) {
	fn := sharing.CalleeObject(&call.Call)
	if fn == nil || call.Call.IsInvoke() || len(call.Call.Args) == 0 {
		return
	}
	args := call.Call.Args
	switch model.Key(fn) {
	case "(sync.Map).Load":
		add(step{kind: syncMap, instr: call}, args[0], args[1])
		return
	case "(sync.Map).Store":
		add(step{kind: syncMap, write: true, instr: call, value: args[2]}, args[0], args[1])
		return
	}
	switch model.AtomicStep(fn) {
	case model.AtomicLoad:
		add(step{kind: flag, instr: call}, args[0], nil)
	case model.AtomicStore:
		add(step{kind: flag, write: true, instr: call, value: args[1]}, args[0], nil)
	}
}

// known reports whether others can know a location: it isn't, or isn't in, a
// variable of the function.
func known(place *sharing.Place) bool {
	switch base := place.Base().(type) {
	case *ssa.Global:
		return true
	case *ssa.Parameter:
		return place.Parent != nil || isPointer(base.Type())
	case *ssa.Alloc:
		return base.Heap && capturedElsewhere(base)
	}
	return false
}

func isPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}

// capturedElsewhere reports whether a function literal uses a variable.
func capturedElsewhere(alloc *ssa.Alloc) bool {
	for _, ref := range *alloc.Referrers() {
		if _, ok := ref.(*ssa.MakeClosure); ok {
			return true
		}
	}
	return false
}

// keyOf returns what a map's key is known by.
func (j *judge) keyOf(key ssa.Value) any {
	if boxed, ok := key.(*ssa.MakeInterface); ok {
		key = boxed.X
	}
	if c, ok := key.(*ssa.Const); ok && c.Value != nil && c.Value.Kind() != constant.Unknown {
		return c.Value.ExactString()
	}
	return j.evidence.PlaceOf(key)
}

// same reports whether two steps concern one location.
func (s step) same(t step) bool {
	return s.kind == t.kind && s.place == t.place && s.key == t.key
}

// result returns what the step reads.
func (s step) result() ssa.Value { return s.instr.(ssa.Value) }

// onlyPresence reports whether a look at a map ignores the value found.
func (s step) onlyPresence() bool {
	for _, ref := range *s.result().Referrers() {
		if extract, ok := ref.(*ssa.Extract); ok && extract.Index == 0 && used(extract) {
			return false
		}
	}
	return true
}

func used(v ssa.Value) bool {
	for _, ref := range *v.Referrers() {
		if _, ok := ref.(*ssa.DebugRef); !ok {
			return true
		}
	}
	return false
}

// apart reports whether the action comes after the check and somebody can get
// between them: no lock is held throughout, and no other look is taken with
// the lock that is held at the action.
func (j *judge) apart(check, act step, steps []step) bool {
	if !sharing.Reaches(check.instr, act.instr) {
		return false
	}
	if j.together(check, act) || check.kind == guarded && !check.held.Excludes(act.held) && !sharedThenOwned(check.held, act.held) {
		return false
	}
	for _, other := range steps {
		if !other.write && other.same(act) && sharing.Reaches(other.instr, act.instr) && j.together(other, act) {
			return false
		}
	}
	return true
}

// together reports whether a lock is held from one step to the other.
func (j *judge) together(check, act step) bool {
	return check.held.Excludes(act.held) && !j.releasedBetween(check, act)
}

// sharedThenOwned reports whether the same lock is held for reading at the
// check, and owned at the action.
func sharedThenOwned(check, act sharing.Held) bool {
	for _, lock := range check.Must {
		if owned, ok := act.Find(lock.Class()); ok && lock.Shared && !owned.Shared {
			return true
		}
	}
	return false
}

// releasedBetween reports whether a lock that is held at the action is
// released after the check.
func (j *judge) releasedBetween(check, act step) bool {
	found := false
	sharing.Instructions(act.instr.Parent(), func(instr ssa.Instruction) {
		call, ok := instr.(*ssa.Call)
		if !ok || found {
			return
		}
		lock, op := j.evidence.LockOperation(&call.Call)
		if op != model.Release && op != model.ReleaseShared {
			return
		}
		_, held := act.held.Find(lock.Class())
		found = held && sharing.Reaches(check.instr, call) && sharing.Reaches(call, act.instr)
	})
	return found
}
