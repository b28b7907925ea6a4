package chanleak

import (
	"strings"

	"golang.org/x/tools/go/ssa"

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
	if l.prog.NoReturn(fn) {
		return true
	}
	return fn.Pkg() != nil && fn.Pkg().Path() == "testing" && (strings.HasPrefix(fn.Name(), "Error") || fn.Name() == "Fail")
}
