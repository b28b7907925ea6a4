package summarize

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// A callback is a function of an object that is kept in a field of the same
// object, to be called later:
//
//	s.changed = s.audit
//	s.OnChange(s.audit)                 // which appends it to s.listeners
//	s.OnChange(func() { s.audit() })
//
// Whoever calls what is in the field calls the function with that object.
type callback struct {
	fn    *ssa.Function
	owner *sharing.Place // the object, in the places of fn
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
				a.register(a.evidence.PlaceOf(instr.Addr), instr.Val)
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
		var object *sharing.Place
		switch {
		case callee.Signature.Recv() != nil && kept.Parent == a.evidence.PlaceOf(callee.Params[0]):
			object = a.evidence.PlaceOf(args[0])
		case a.isMade(callee, kept.Parent):
			object = a.evidence.PlaceOf(call)
		default:
			continue
		}
		if fn, owner := a.ofObject(args[i], object); fn != nil {
			a.registered[kept.Field] = append(a.registered[kept.Field], callback{fn, owner})
		}
	}
}

// isMade reports whether the object is what the function returns, having made
// it.
func (a *Acquisitions) isMade(fn *ssa.Function, object *sharing.Place) bool {
	if _, isNew := object.Root.(*ssa.Alloc); !isNew || object.Parent != nil {
		return false
	}
	returned := false
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		if ret, ok := instr.(*ssa.Return); ok && len(ret.Results) == 1 {
			returned = returned || a.evidence.PlaceOf(ret.Results[0]) == object
		}
	})
	return returned
}

// register notes a function that is assigned to a field of its own object.
func (a *Acquisitions) register(field *sharing.Place, value ssa.Value) {
	if field.Field == nil {
		return
	}
	if fn, owner := a.ofObject(value, field.Parent); fn != nil {
		a.registered[field.Field] = append(a.registered[field.Field], callback{fn, owner})
	}
}

// ofObject returns the function that a value is, if it is a method value of
// the object or a literal that knows it, and the object in its places.
func (a *Acquisitions) ofObject(value ssa.Value, object *sharing.Place) (*ssa.Function, *sharing.Place) {
	if named, ok := value.(*ssa.ChangeType); ok {
		value = named.X
	}
	closure, ok := value.(*ssa.MakeClosure)
	fn := a.evidence.FunctionIn(value)
	if !ok || fn == nil {
		return nil, nil
	}
	knows := slices.ContainsFunc(closure.Bindings, func(bound ssa.Value) bool { return a.evidence.PlaceOf(bound) == object })
	switch {
	case !knows:
		return nil, nil
	case fn.Parent() == nil: // a method value
		return fn, a.evidence.PlaceOf(fn.Params[0])
	}
	return fn, object
}

// keptIn returns the field in which a function keeps its parameter: assigned,
// appended or put in under a key.
func (a *Acquisitions) keptIn(param *ssa.Parameter) *sharing.Place {
	for _, ref := range *param.Referrers() {
		switch ref := ref.(type) {
		case *ssa.MapUpdate:
			return fieldOnly(a.evidence.PlaceOf(ref.Map))
		case *ssa.Store:
			if element, ok := ref.Addr.(*ssa.IndexAddr); ok {
				return fieldOnly(a.appendedTo(element.X))
			}
			return fieldOnly(a.evidence.Assigned(ref.Addr))
		}
	}
	return nil
}

// appendedTo returns the slice to which the elements of an array, those of a
// variadic argument, are appended.
func (a *Acquisitions) appendedTo(array ssa.Value) *sharing.Place {
	for _, ref := range *array.Referrers() {
		slice, ok := ref.(*ssa.Slice)
		if !ok {
			continue
		}
		for _, use := range *slice.Referrers() {
			call, ok := use.(*ssa.Call)
			if !ok {
				continue
			}
			if builtin, ok := call.Call.Value.(*ssa.Builtin); ok && builtin.Name() == "append" {
				return a.evidence.PlaceOf(call.Call.Args[0])
			}
		}
	}
	return nil
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
	for _, target := range a.callbacks()[at.Field] {
		for _, inner := range a.Of(target.fn) {
			if inner.Inner || len(inner.Guards) > 0 || len(inner.Calls) >= maxCalls {
				continue
			}
			if lock, ok := a.evidence.Rebase(inner.Lock, target.owner, at.Parent); ok {
				calls := append([]ssa.CallInstruction{call}, inner.Calls...)
				list = append(list, Acquisition{lock, inner.Mode, calls, own, inner.Via, false, inner.Choice})
			}
		}
	}
	return list
}
