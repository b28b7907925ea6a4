package sharing

import (
	"golang.org/x/tools/go/ssa"
)

// A helper that prints or encodes whatever it is passed uses the maps among
// that, and who passes them is to blame:
//
//	func respond(w io.Writer, value any) { json.NewEncoder(w).Encode(value) }
//
//	respond(w, s.counts)      // reads s.counts
//
// The access in the helper is made one of the call that passes the map, with
// the locks held when the helper uses it.

// A passing is the argument of a call by which a map goes into a parameter of
// interface type.
type passing struct {
	call  ssa.CallInstruction
	index int
}

// unboxed returns the effect of an access to what a parameter holds, as that
// of the call which passes the map. It reports false if no map is passed.
// Other effects it returns as they are.
func (b *builder) unboxed(f *frame, e Effect) (Effect, bool) {
	if !e.boxed {
		return e, true
	}
	value := e.value
	for isBox(value) && f.parent != nil && f.call != nil {
		index := indexOfParam(f.fn, value)
		if index < 0 || index >= len(f.args) {
			return e, false
		}
		value = f.args[index]
		if passed := mapBehind(value); passed != nil && !isBox(passed) {
			e.Access = b.passed(passing{f.call, index}, f.parent.fn, passed)
			e.Calls = callsAbove(e.Calls, f.call)
			return e, true
		}
		f = f.parent
	}
	return e, false
}

// passed returns the access that a call makes by passing a map on.
func (b *builder) passed(at passing, fn *ssa.Function, value ssa.Value) *Access {
	known, ok := b.passings[at]
	if !ok {
		known = &Access{
			Instr: at.call, Fn: fn, Use: Read,
			Place: b.places.of(value), Expr: b.accesses.source.mapAt(at.call), value: value,
		}
		b.passings[at] = known
	}
	return known
}

func indexOfParam(fn *ssa.Function, v ssa.Value) int {
	for i, param := range fn.Params {
		if ssa.Value(param) == v {
			return i
		}
	}
	return -1
}

// callsAbove returns the calls that lead to one of them.
func callsAbove(calls []ssa.CallInstruction, below ssa.CallInstruction) []ssa.CallInstruction {
	for i, call := range calls {
		if call == below {
			return calls[:i:i]
		}
	}
	return calls
}
