package paths

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
)

// succeeded says what the outcome of a condition tells of an attempt: a call
// or a select.
func succeeded(p *Point[due], cond ssa.Value, outcome bool) Outcome {
	choice, isSelect := p.State.since.(*ssa.Select)
	if !isSelect {
		return SucceededBy(p, p.State.since, cond, outcome)
	}
	number, equal, ok := comparison(p, choice, cond, outcome)
	if !ok {
		return Unclear
	}
	return chosen(choice, p.State.nth, int(number.Int64()), equal)
}

// SucceededBy says what the outcome of a condition tells of a call, as
// [OutcomeOf] tells it by a return: whether its error is nil, its bool true,
// or what it found isn't nil.
func SucceededBy[S comparable](p *Point[S], call ssa.Instruction, cond ssa.Value, outcome bool) Outcome {
	cond = p.Resolve(cond)
	if not, ok := cond.(*ssa.UnOp); ok && not.Op == token.NOT {
		return SucceededBy(p, call, not.X, !outcome)
	}
	if computedBy(cond, call) {
		return pick(outcome)
	}
	other, equal, ok := comparison(p, call, cond, outcome)
	switch {
	case !ok || !other.IsNil():
		return Unclear
	case match.IsError(other.Type()):
		return pick(equal)
	}
	return pick(!equal)
}

// comparison returns the constant with which a condition compares what an
// instruction computes, and whether they are equal by its outcome.
func comparison[S comparable](p *Point[S], instr ssa.Instruction, cond ssa.Value, outcome bool) (other *ssa.Const, equal, ok bool) {
	compared, isCompared := p.Resolve(cond).(*ssa.BinOp)
	if !isCompared || compared.Op != token.EQL && compared.Op != token.NEQ || !computedBy(p.Resolve(compared.X), instr) {
		return nil, false, false
	}
	other, ok = compared.Y.(*ssa.Const)
	return other, outcome == (compared.Op == token.EQL), ok
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
