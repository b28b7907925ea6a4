package paths

import (
	"go/constant"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// An Outcome is what a return says of the call.
type Outcome int

// Outcomes.
const (
	Unclear Outcome = iota
	Succeeds
	Fails
)

// OutcomeOf tells by the last result whether a return means success: a nil
// error, true, or any other value that isn't nil.
func OutcomeOf(ret *ssa.Return) Outcome {
	if len(ret.Results) == 0 {
		return Unclear
	}
	last := program.Returned(ret, len(ret.Results)-1)
	c, isConst := last.(*ssa.Const)
	switch {
	case match.IsError(last.Type()):
		return pick(isConst && c.Value == nil)
	case isConst && c.Value != nil && c.Value.Kind() == constant.Bool:
		return pick(constant.BoolVal(c.Value))
	case sharing.IsReference(last.Type()):
		return pick(!isConst)
	}
	return Unclear
}

func pick(success bool) Outcome {
	if success {
		return Succeeds
	}
	return Fails
}

// CertainlyFails reports whether a return says that the call failed, and not
// by an error that may be nil.
func CertainlyFails(ret *ssa.Return) bool { return OutcomeOf(ret) == Fails && !mayBeNil(ret) }

// mayBeNil reports whether a return passes an error on that it doesn't know to
// be one: it was computed further up, and nobody has compared it with nil.
func mayBeNil(ret *ssa.Return) bool {
	err := program.Returned(ret, len(ret.Results)-1)
	computed, ok := err.(ssa.Instruction)
	if !ok || computed.Block() == ret.Block() || !match.IsError(err.Type()) {
		return false
	}
	return !slices.ContainsFunc(program.Decided(ret), func(f program.Fact) bool {
		compared, ok := f.Cond.(*ssa.BinOp)
		return ok && compared.X == err && (compared.Op == token.NEQ) == f.Holds
	})
}
