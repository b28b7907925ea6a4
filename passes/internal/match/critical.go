package match

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// TakesLock reports whether a call takes a lock, of whatever type, or tries to.
func TakesLock(info *types.Info, call *ast.CallExpr) bool {
	fn, _ := typeutil.Callee(info, call).(*types.Func)
	switch model.LockOperation(fn) {
	case model.Acquire, model.AcquireShared, model.TryAcquire, model.TryAcquireShared:
		return true
	}
	return false
}
