package summarize

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// A callback is a function of an object that is kept in a field of the same
// object, or of a part of it, to be called later:
//
//	s.changed = s.audit
//	s.OnChange(s.audit)                 // which appends it to s.listeners
//	s.OnChange(func() { s.audit() })
//	s.cache = newCache(s.spill)         // which keeps it in the cache
//
// Whoever calls what is in the field calls the function with that object.
type callback struct {
	fn    *ssa.Function
	owner *sharing.Place // what has the field, in the places of fn
	among *types.Var     // of the owner: where it has the objects that have the field, see kept.go; nil if it has it itself
}

// callbacks finds the callbacks of the package, by field.
func (a *Acquisitions) callbacks() map[*types.Var][]callback {
	if a.registered != nil {
		return a.registered
	}
	a.registered = make(map[*types.Var][]callback)
	for _, fn := range a.evidence.Functions() {
		sharing.Instructions(fn, func(instr ssa.Instruction) {
			switch instr := instr.(type) {
			case *ssa.Store:
				a.register(a.evidence.Assigned(instr.Addr), instr.Val)
			case *ssa.Call:
				a.registerArgs(instr)
			}
		})
	}
	return a.registered
}

// registerArgs looks at a call of a method that keeps a function in a field
// of its receiver, or of a function that keeps one in an object that it makes.
func (a *Acquisitions) registerArgs(call *ssa.Call) {
	callee, args := a.evidence.Callee(&call.Call)
	if callee == nil || len(args) != len(callee.Params) {
		return
	}
	for i, param := range callee.Params {
		if _, isFunc := param.Type().Underlying().(*types.Signature); !isFunc {
			continue
		}
		kept := a.keptIn(param)
		if kept == nil {
			continue
		}
		if callee.Signature.Recv() != nil && kept.Parent == a.evidence.PlaceOf(callee.Params[0]) {
			a.add(kept.Field, args[i], a.evidence.PlaceOf(args[0]), nil)
		} else if among := a.ownerOf(callee, kept.Parent); among != nil {
			a.add(kept.Field, args[i], a.evidence.PlaceOf(args[0]), among.Field)
		} else if made := a.madeBy(call, callee, kept.Parent); made != nil {
			a.add(kept.Field, args[i], a.evidence.PlaceOf(made), nil)
		}
	}
}

// madeBy returns the result of a call which is the object that the callee has
// made, or nil.
func (a *Acquisitions) madeBy(call *ssa.Call, callee *ssa.Function, object *sharing.Place) ssa.Value {
	if _, isNew := object.Root.(*ssa.Alloc); !isNew || object.Parent != nil {
		return nil
	}
	var made ssa.Value
	sharing.Instructions(callee, func(instr ssa.Instruction) {
		if ret, ok := instr.(*ssa.Return); ok {
			i := slices.IndexFunc(ret.Results, func(result ssa.Value) bool { return a.evidence.PlaceOf(result) == object })
			if value := program.Result(call, i); value != nil {
				made = value
			}
		}
	})
	return made
}

// register notes a function that is assigned to a field.
func (a *Acquisitions) register(field *sharing.Place, value ssa.Value) {
	if field.Field != nil {
		a.add(field.Field, value, field.Parent, nil)
	}
}

// add notes that a field of an object holds a function, if that is a method
// value of the object or of one of which it is a part, or a literal, which may
// know it.
func (a *Acquisitions) add(field *types.Var, value ssa.Value, object *sharing.Place, among *types.Var) {
	if named, ok := value.(*ssa.ChangeType); ok {
		value = named.X
	}
	closure, ok := value.(*ssa.MakeClosure)
	fn := a.evidence.FunctionIn(value)
	if !ok || fn == nil {
		return
	}
	if fn.Parent() != nil { // a literal has the places of the function around it
		a.registered[field] = append(a.registered[field], callback{fn, object, among})
		return
	}
	if len(fn.Params) == 0 {
		return // of another package, or of an interface
	}
	receiver := a.evidence.PlaceOf(closure.Bindings[0])
	for _, name := range a.namesOf(object) {
		if owner, ok := a.evidence.Rebase(name, receiver, a.evidence.PlaceOf(fn.Params[0])); ok {
			a.registered[field] = append(a.registered[field], callback{fn, owner, among})
		}
	}
}

// namesOf returns the places by which an object is known: its own, and that
// in the fields to which it, or what it is a part of, is assigned.
func (a *Acquisitions) namesOf(object *sharing.Place) []*sharing.Place {
	names := []*sharing.Place{object}
	root := object.Base()
	if root.Referrers() == nil {
		return names
	}
	for _, ref := range *root.Referrers() {
		if store, ok := ref.(*ssa.Store); ok && store.Val == root {
			if name, ok := a.evidence.Rebase(object, a.evidence.PlaceOf(root), a.evidence.Assigned(store.Addr)); ok {
				names = append(names, name)
			}
		}
	}
	return names
}

// keptIn returns the field in which a function keeps its parameter: assigned,
// appended or put in under a key.
func (a *Acquisitions) keptIn(param *ssa.Parameter) *sharing.Place {
	for _, ref := range *param.Referrers() {
		if kept := fieldOnly(a.keeperOf(ref, param)); kept != nil {
			return kept
		}
	}
	return nil
}

// appendedTo returns the slice to which the elements of an
// array, those of a variadic argument, are appended.
func (a *Acquisitions) appendedTo(list ssa.Value) *sharing.Place {
	array, ok := list.(*ssa.Alloc)
	if !ok {
		return nil
	}
	calls := program.Appends(array)
	if len(calls) == 0 {
		return nil
	}
	return a.evidence.PlaceOf(calls[0].Call.Args[0])
}

func fieldOnly(at *sharing.Place) *sharing.Place {
	if at == nil || at.Field == nil {
		return nil
	}
	return at
}

// ofCallbacks lists what a call of a function takes that is kept in a field.
func (a *Acquisitions) ofCallbacks(call ssa.CallInstruction, own []Guard) []Acquisition {
	common := call.Common()
	if common.IsInvoke() || common.StaticCallee() != nil {
		return nil
	}
	at := a.evidence.PlaceOf(common.Value)
	for at.Parent != nil && at.Field == nil {
		at = at.Parent
	}
	if at.Field == nil {
		return nil
	}
	var list []Acquisition
	for _, got := range a.takenIn(at, call, func(callback) bool { return true }) {
		got.Guards = own
		list = append(list, got)
	}
	return list
}

// takenIn lists what those functions take that are kept in a field, for a call
// by which they are called, without its conditions.
func (a *Acquisitions) takenIn(at *sharing.Place, call ssa.CallInstruction, may func(callback) bool) []Acquisition {
	var list []Acquisition
	for _, target := range a.callbacks()[at.Field] {
		if !may(target) {
			continue
		}
		object := at.Parent
		if target.among != nil {
			if object = fieldAround(at.Parent); object == nil || object.Field != target.among {
				continue
			}
			object = object.Parent
		}
		for _, inner := range a.Of(target.fn) {
			if inner.Inner || len(inner.Guards) > 0 || len(inner.Calls) >= maxCalls {
				continue
			}
			if lock, ok := a.rebaseAround(inner.Lock, target.owner, object); ok {
				calls := append([]ssa.CallInstruction{call}, inner.Calls...)
				list = append(list, Acquisition{lock, inner.Mode, calls, nil, inner.Via, false, inner.Choice})
			}
		}
	}
	return list
}

// rebaseAround is Rebase for two objects, or for those around them if they are
// the same part of these: the function may lie in a struct of hooks.
func (a *Acquisitions) rebaseAround(lock, from, to *sharing.Place) (*sharing.Place, bool) {
	for from != nil && to != nil {
		if moved, ok := a.evidence.Rebase(lock, from, to); ok {
			return moved, true
		}
		if from.Field == nil || from.Field != to.Field {
			break
		}
		from, to = from.Parent, to.Parent
	}
	return nil, false
}
