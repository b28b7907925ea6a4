package program

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Loads reports whether an instruction reads the variable that its operand
// points to. An array that nobody uses afterwards isn't read: in
// `for i := range array` go/ssa loads the array, which the program doesn't
// evaluate as its length is constant (Go specification, For statements with
// range clause).
func Loads(instr *ssa.UnOp) bool {
	if instr.Op != token.MUL {
		return false
	}
	_, isArray := instr.Type().Underlying().(*types.Array)
	return !isArray || instr.Referrers() == nil || len(*instr.Referrers()) > 0
}

// LoadedLate returns the return statement that a variable is read for beside a
// call, or nil. Which of the two comes first the language leaves open (Go
// specification, Order of evaluation): go/ssa reads the variable first, and
// the compiler when all calls are done.
//
//	return found, group.Wait()
func LoadedLate(load *ssa.UnOp) *ssa.Return {
	refs := load.Referrers()
	if refs == nil || len(*refs) != 1 {
		return nil
	}
	ret, ok := (*refs)[0].(*ssa.Return)
	if !ok || ret.Block() != load.Block() || load.Pos() < ret.Pos() { // of a statement before
		return nil
	}
	instrs := load.Block().Instrs
	behind := instrs[slices.Index(instrs, ssa.Instruction(load))+1:]
	if !slices.ContainsFunc(behind, func(instr ssa.Instruction) bool { _, isCall := instr.(*ssa.Call); return isCall }) {
		return nil
	}
	return ret
}
