package sharing

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// isSubtest reports whether fn runs its function argument as a subtest. It
// runs where it stands, unless it calls t.Parallel: from then on it is paused
// until the test function has returned, and runs at the same time as the
// other parallel subtests.
func isSubtest(fn *types.Func) bool { return model.Key(fn) == "(testing.T).Run" }

// isParallel reports whether the body of a subtest calls t.Parallel.
func (b *builder) isParallel(body ssa.Value) bool {
	fn, _ := b.callable(body)
	return fn != nil && parallelCall(fn) != nil
}

func parallelCall(fn *ssa.Function) ssa.Instruction {
	var found ssa.Instruction
	eachInstr(fn, func(instr ssa.Instruction) {
		if call, ok := instr.(*ssa.Call); ok && found == nil {
			if callee := CalleeObject(&call.Call); callee != nil && model.Key(callee) == "(testing.T).Parallel" {
				found = call
			}
		}
	})
	return found
}
