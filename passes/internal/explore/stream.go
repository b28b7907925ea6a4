package explore

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// isStream reports whether one side of a race is a goroutine that works for
// one call: the method that starts it returns the channel on which it answers,
// and the value has no lock, channel or atomic by which goroutines could meet.
// Who calls takes all answers before going on with the value.
func (c *client) isStream(f *Finding) bool {
	if c.typ == nil || hasMeetingPlace(c.typ) {
		return false
	}
	return slices.ContainsFunc([]*ssa.Function{c.setup, c.first, c.second}, func(fn *ssa.Function) bool {
		return fn != nil && returnsChannel(fn) && slices.ContainsFunc(f.Ops, func(op Operation) bool { return f.startedIn(op, fn) })
	})
}

// startedIn reports whether the goroutine of an operation was started by a
// function, or by one that this one called.
func (f *Finding) startedIn(op Operation, fn *ssa.Function) bool {
	if op.Goroutine < 0 {
		return false
	}
	for _, pos := range f.Goroutines[op.Goroutine].Spawn {
		if declares(fn, pos) {
			return true
		}
	}
	return false
}

func returnsChannel(fn *ssa.Function) bool {
	for result := range fn.Signature.Results().Variables() {
		if _, ok := result.Type().Underlying().(*types.Chan); ok {
			return true
		}
	}
	return false
}

// hasMeetingPlace reports whether a struct has a field by which goroutines
// meet.
func hasMeetingPlace(t types.Type) bool {
	fields, ok := t.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for field := range fields.Fields() {
		of := field.Type()
		if pointer, ok := of.Underlying().(*types.Pointer); ok {
			of = pointer.Elem()
		}
		if _, ok := of.Underlying().(*types.Chan); ok {
			return true
		}
		if named, ok := types.Unalias(of).(*types.Named); ok && named.Obj().Pkg() != nil {
			switch named.Obj().Pkg().Path() {
			case "sync", "sync/atomic":
				return true
			}
		}
	}
	return false
}
