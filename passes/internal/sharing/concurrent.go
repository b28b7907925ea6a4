package sharing

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
)

// Concurrent reports whether the package uses package sync, starts a
// goroutine or has handlers. In others there is evidence of nothing but what
// exported functions do to variables, and no need for the SSA form.
func Concurrent(pass *analysis.Pass) bool {
	for _, imported := range pass.Pkg.Imports() {
		if imported.Path() == "sync" {
			return true
		}
	}
	found := false
	for _, file := range pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			found = found || concurrentNode(pass.TypesInfo, n)
			return !found
		})
	}
	return found
}

func concurrentNode(info *types.Info, n ast.Node) bool {
	switch n := n.(type) {
	case *ast.GoStmt:
		return true
	case *ast.SelectorExpr:
		fn, ok := info.Uses[n.Sel].(*types.Func)
		return ok && (model.Spawns(fn) >= 0 || model.LockOperation(fn) != model.NoLockOp || model.Key(fn) == "(testing.T).Parallel")
	case *ast.FuncDecl:
		fn, ok := info.Defs[n.Name].(*types.Func)
		return ok && match.Handler(fn.Signature())
	case *ast.FuncLit:
		sig, ok := info.TypeOf(n).(*types.Signature)
		return ok && match.Handler(sig)
	}
	return false
}
