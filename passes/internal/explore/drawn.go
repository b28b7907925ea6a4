package explore

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// Of a channel that was taken from a map or slice it may not be known which
// one it is, and whether it is the one that was taken before.

// isDrawn reports whether the channel of an operation is what an unknown map
// holds under some key, or an unknown slice at some place: goroutines may
// share them out among themselves.
func (m *machine) isDrawn(o *op) bool {
	if o == nil || o.ch == nil {
		return false
	}
	p, c := m.channelOf(o.ch)
	if c == nil {
		return false
	}
	s := m.names.external(p.obj)
	if s == nil || s.kind != symElem {
		return s != nil && s.kind == symLookup
	}
	of, ok := s.args[0].(*symbol)
	if !ok || of.typ == nil {
		return false
	}
	_, isArray := of.typ.Underlying().(*types.Array)
	return isArray
}

// lookedUp reports whether an instruction closes what a map holds under a key.
// Done again and again, that is done for one key after the other.
func lookedUp(instr ssa.Instruction) bool {
	call, ok := instr.(ssa.CallInstruction)
	if !ok || len(call.Common().Args) != 1 {
		return false
	}
	v := call.Common().Args[0]
	if found, ok := v.(*ssa.Extract); ok {
		v = found.Tuple
	}
	lookup, ok := v.(*ssa.Lookup)
	return ok && isMapType(lookup.X.Type())
}
