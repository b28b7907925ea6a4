package chanleak

import (
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// ends reports whether nothing comes behind a call, or nothing that matters:
// it doesn't return, or the test has failed.
func (l *leavings) ends(instr ssa.Instruction) bool {
	call, ok := instr.(*ssa.Call)
	if !ok {
		return false
	}
	fn := sharing.CalleeObject(&call.Call)
	if fn == nil {
		return false
	}
	return l.prog.NoReturn(fn) || model.FailsTest(fn)
}
