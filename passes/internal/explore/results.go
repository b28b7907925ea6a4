package explore

import (
	"go/token"
	"go/types"
)

// What the results of one call of unknown code say of each other.

// decideResult settles x == nil of a slice or map that unknown code returned
// beside an error: when that is nil, there is something, be it empty.
func (f *facts) decideResult(cond *symbol) (truth, known bool) {
	call, ok := resultIsNil(cond, func(t types.Type) bool {
		switch t.Underlying().(type) {
		case *types.Slice, *types.Map:
			return true
		}
		return false
	})
	if !ok {
		return false, false
	}
	for at := f; at != nil; at = at.parent {
		if !at.truth {
			continue
		}
		if other, ok := resultIsNil(at.cond, func(t types.Type) bool { return types.Identical(t, errorType) }); ok && other == call {
			return false, true
		}
	}
	return false, false
}

// resultIsNil reports whether a condition says that one of several results of
// unknown code, of a type as asked, is nil, and the number of the call.
func resultIsNil(cond *symbol, is func(types.Type) bool) (call int64, ok bool) {
	if cond.kind != symBinop || cond.tag != token.EQL || cond.args[1] != (nilRef{}) {
		return 0, false
	}
	x, ok := cond.args[0].(*symbol)
	if !ok || x.kind != symFresh || x.tag == 0 || !is(x.typ) {
		return 0, false
	}
	return x.n, true
}
