package checkthenact

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

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

	stored   ssa.Instruction // by which it is written, in a callee perhaps
	helper   bool            // a callee takes the step, see helperSteps
	compares bool            // and returns how what it read compares with something
}

// steps lists those of a function and of the functions that it calls, on
// locations that others know.
func (j *judge) steps(fn *ssa.Function) []step {
	list := slices.Clone(j.ownSteps(fn))
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		if call, ok := instr.(*ssa.Call); ok {
			list = append(list, j.helperSteps(call)...)
		}
	})
	return list
}

// ownSteps lists the steps that a function takes itself, in order.
func (j *judge) ownSteps(fn *ssa.Function) []step {
	if known, ok := j.own[fn]; ok {
		return known
	}
	list := j.findSteps(fn)
	j.own[fn] = list
	return list
}

func (j *judge) findSteps(fn *ssa.Function) []step {
	var list []step
	add := func(s step, place, key ssa.Value) {
		s.place, s.held, s.stored = j.evidence.PlaceOf(place), j.evidence.HeldAt(s.instr), s.instr
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
