package explore

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/program"
)

// Some assumptions are possible and yet hardly ever what happens: whoever wrote
// the code knows better than we do. What a finding takes for true in that way
// is noted for [Finding.Low].

// An unlikelihood is a kind of such assumptions.
type unlikelihood struct {
	unmanned bool // a loop that starts goroutines makes no round
	negative bool // what is compared with zero for more, and for none, is less
	unseen   bool // a variable that a function literal sets for code that isn't seen has some value

	unawaited bool // of a race: a WaitGroup is told of nobody
	early     bool // of a race in a test: a timer, set for nobody knows how long, goes off while the test runs
}

// remote reports whether there may well be another way to the finding, with
// nothing unlikely.
func (f *Finding) remote() bool { return f.Scaled || f.unlikely.unawaited || f.unlikely.negative }

// noteUnlikely adds what is unlikely of the assumptions that matter to a
// finding.
func (f *Finding) noteUnlikely(list []assumption) {
	for _, a := range list {
		f.unlikely.unmanned = f.unlikely.unmanned || a.startsNothing()
		f.unlikely.unseen = f.unlikely.unseen || a.asksCallback()
	}
}

// startsNothing reports whether the answer leaves a loop that starts
// goroutines before its first round.
func (a assumption) startsNothing() bool {
	branch, ok := a.at.(*ssa.If)
	if !ok {
		return false
	}
	taken, other := branch.Block().Succs[1-flag(a.truth)], branch.Block().Succs[flag(a.truth)]
	loop := program.LoopAt(branch.Block())
	if loop == nil {
		loop = program.LoopAt(other) // of a range over an integer, asked before
	}
	if loop == nil || loop.Holds(taken) {
		return false
	}
	return slices.ContainsFunc(branch.Parent().Blocks, func(b *ssa.BasicBlock) bool { return loop.Holds(b) && startsIn(b) })
}

// takesForNegative reports whether a path assumes of a number, which is asked
// whether it is zero and whether it is more, that it is neither: sizes aren't
// below.
func (f *facts) takesForNegative() bool {
	for at := f; at != nil; at = at.parent {
		if c := at.cond; !at.truth && c.kind == symBinop && c.tag == token.LSS && c.args[0] == value(int64(0)) && f.isNonZero(c.args[1]) {
			return true
		}
	}
	return false
}

func (f *facts) isNonZero(number value) bool {
	for at := f; at != nil; at = at.parent {
		if c := at.cond; !at.truth && c.kind == symBinop && c.tag == token.EQL && c.args[0] == number && c.args[1] == value(int64(0)) {
			return true
		}
	}
	return false
}

// asksCallback reports whether a branch is on a variable that a function
// literal sets which is given to code that isn't seen:
//
//	withLock(func() { closing = s.closing; s.closing = true })
//	if !closing {
func (a assumption) asksCallback() bool {
	branch, ok := a.at.(*ssa.If)
	if !ok {
		return false
	}
	cond := branch.Cond
	if not, ok := cond.(*ssa.UnOp); ok && not.Op == token.NOT {
		cond = not.X
	}
	load, ok := cond.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return false
	}
	variable, ok := load.X.(*ssa.Alloc)
	return ok && slices.ContainsFunc(*variable.Referrers(), func(ref ssa.Instruction) bool {
		literal, ok := ref.(*ssa.MakeClosure)
		return ok && setsCaptured(literal, variable) && isGivenAway(literal)
	})
}

func setsCaptured(literal *ssa.MakeClosure, variable *ssa.Alloc) bool {
	index := slices.Index(literal.Bindings, ssa.Value(variable))
	return index >= 0 && isSet(literal.Fn.(*ssa.Function).FreeVars[index])
}

// isGivenAway reports whether a literal is an argument of a call.
func isGivenAway(literal *ssa.MakeClosure) bool {
	return slices.ContainsFunc(*literal.Referrers(), func(ref ssa.Instruction) bool {
		call, ok := ref.(*ssa.Call)
		return ok && slices.Contains(call.Call.Args, ssa.Value(literal))
	})
}

// inTest reports whether what is explored begins in a test file.
func (m *machine) inTest() bool {
	return m.entry.Func != nil && match.InTestFile(m.pkg.Prog.Fset, m.entry.Func.Pos())
}
