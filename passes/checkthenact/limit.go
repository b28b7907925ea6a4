package checkthenact

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// A limit is kept by one who counts and adds in one go:
//
//	s.mu.Lock()
//	full := len(s.conns) >= s.max
//	s.mu.Unlock()
//	if full {
//		return errFull
//	}
//	…
//	s.mu.Lock()
//	s.conns[c] = true // two can come here for the last place
//	s.mu.Unlock()

// overLimit reports whether an action adds to what the check has found to be
// small enough, with a lock that was released in between, and nobody has looked
// again.
func (j *judge) overLimit(check, act step, steps []step) bool {
	if check.kind != guarded || check.key != nil || !adds(act) || !limits(check, act) || j.together(check, act) || !ofOneLock(check.held, act.held) {
		return false
	}
	return !slices.ContainsFunc(steps, func(other step) bool {
		return !other.write && other.place == act.place && j.together(other, act) && limits(other, act)
	})
}

// adds reports whether a step makes more of what it changes: it sets an entry
// of a map, appends to a list, raises a count.
func adds(act step) bool {
	if act.key != nil {
		return true
	}
	switch v := act.value.(type) {
	case *ssa.BinOp:
		return v.Op == token.ADD && isOld(v.X, act)
	case *ssa.Call:
		return program.Builtin(&v.Call) == "append" && isOld(v.Call.Args[0], act)
	}
	return false
}

// isOld reports whether a value is what was in the field that a step assigns.
func isOld(v ssa.Value, act step) bool {
	load, isLoad := v.(*ssa.UnOp)
	store, isStore := act.stored.(*ssa.Store)
	if !isLoad || !isStore {
		return false
	}
	from, ok := load.X.(*ssa.FieldAddr)
	to, isField := store.Addr.(*ssa.FieldAddr)
	return ok && isField && from.X == to.X && from.Field == to.Field
}

// limits reports whether the action is taken only if the check, by comparing
// a length or a number with a limit, says that there is room.
func limits(check, act step) bool {
	if !sharing.Reaches(check.instr, act.instr) {
		return false
	}
	branch := branchOn(check, act)
	if branch == nil {
		return false
	}
	block := branch.Preds[0]
	if check.compares {
		return true
	}
	compared, ok := comparison(block.Instrs[len(block.Instrs)-1].(*ssa.If).Cond)
	if !ok {
		return false
	}
	less := compared.Op == token.LSS || compared.Op == token.LEQ
	if !derives(compared.X, check.result()) {
		less = !less
	}
	return less == (block.Succs[0] == branch)
}

// comparison returns the comparison of a number with a limit that a value is.
// How something compares with nothing says that it is empty.
func comparison(v ssa.Value) (*ssa.BinOp, bool) {
	compared, ok := v.(*ssa.BinOp)
	if !ok || program.IsZero(compared.X) || program.IsZero(compared.Y) {
		return nil, false
	}
	switch compared.Op {
	case token.LSS, token.LEQ, token.GTR, token.GEQ:
		return compared, true
	}
	return nil, false
}
