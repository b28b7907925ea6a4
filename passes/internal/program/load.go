package program

import (
	"go/token"
	"go/types"

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
