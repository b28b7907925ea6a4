package paths

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
)

// succeeded says what the outcome of a condition tells of an attempt: a call
// that returns an error or a bool, or a select.
func succeeded(p *Point[due], cond ssa.Value, outcome bool) Outcome {
	cond = p.Resolve(cond)
	if not, ok := cond.(*ssa.UnOp); ok && not.Op == token.NOT {
		return succeeded(p, not.X, !outcome)
	}
	if computedBy(cond, p.State.since) {
		return pick(outcome)
	}
	compared, ok := cond.(*ssa.BinOp)
	if !ok || compared.Op != token.EQL && compared.Op != token.NEQ {
		return Unclear
	}
	equal := outcome == (compared.Op == token.EQL)
	other, isConst := compared.Y.(*ssa.Const)
	tried := p.Resolve(compared.X)
	switch choice, isSelect := p.State.since.(*ssa.Select); {
	case !isConst || !computedBy(tried, p.State.since):
		return Unclear
	case isSelect:
		return chosen(choice, p.State.nth, int(other.Int64()), equal)
	case other.IsNil() && match.IsError(tried.Type()):
		return pick(equal)
	}
	return Unclear
}

// chosen says whether the nth case of a select was taken if its choice is or
// isn't the number. Behind the last comparison of a select without a default,
// one case is left.
func chosen(choice *ssa.Select, nth, number int, equal bool) Outcome {
	last := len(choice.States) - 1
	switch {
	case equal:
		return pick(number == nth)
	case number == nth:
		return Fails
	case choice.Blocking && number == last-1, !choice.Blocking && number == last:
		return pick(choice.Blocking && nth == last)
	}
	return Unclear
}

// deniedBy reports whether the outcome of a condition says that the chosen case
// of a select has received nothing: the channel was closed.
func deniedBy(cond ssa.Value, outcome bool, since ssa.Instruction) bool {
	if not, ok := cond.(*ssa.UnOp); ok && not.Op == token.NOT {
		cond, outcome = not.X, !outcome
	}
	received, ok := cond.(*ssa.Extract)
	return ok && received.Index == 1 && !outcome && computedBy(received, since)
}

// computedBy reports whether a value is what an instruction computes, or a
// part of it.
func computedBy(v ssa.Value, instr ssa.Instruction) bool {
	if extract, ok := v.(*ssa.Extract); ok {
		v = extract.Tuple
	}
	computed, ok := v.(ssa.Instruction)
	return ok && computed == instr
}
