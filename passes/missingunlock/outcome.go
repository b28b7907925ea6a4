package missingunlock

import (
	"go/constant"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/sharing"
)

type outcome int

const (
	unclearOutcome outcome = iota
	succeeds
	fails
)

// outcomeOf tells by the last result whether a return means success: a nil
// error, true, or any other value that isn't nil.
func outcomeOf(ret *ssa.Return) outcome {
	if len(ret.Results) == 0 {
		return unclearOutcome
	}
	last := returned(ret, len(ret.Results)-1)
	c, isConst := last.(*ssa.Const)
	switch {
	case types.Identical(last.Type(), types.Universe.Lookup("error").Type()):
		return pick(isConst && c.Value == nil)
	case isConst && c.Value != nil && c.Value.Kind() == constant.Bool:
		return pick(constant.BoolVal(c.Value))
	case sharing.IsReference(last.Type()):
		return pick(!isConst)
	}
	return unclearOutcome
}

func pick(success bool) outcome {
	if success {
		return succeeds
	}
	return fails
}

// returned returns a result of a return. In a function with deferred calls
// it goes through a variable, which is assigned just before.
func returned(ret *ssa.Return, index int) ssa.Value {
	load, ok := ret.Results[index].(*ssa.UnOp)
	if !ok {
		return ret.Results[index]
	}
	for _, instr := range slices.Backward(ret.Block().Instrs) {
		if store, ok := instr.(*ssa.Store); ok && store.Addr == load.X {
			return store.Val
		}
	}
	return load
}
