package mapguard

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
)

// sharesMaps reports whether the package can hold what this check reports: a
// map that outlives a function or is captured by one, and something that
// makes goroutines or keeps them apart. Most packages don't, and are done.
func sharesMaps(pass *analysis.Pass) bool {
	return holdsMaps(pass.TypesInfo) && isConcurrent(pass)
}

// holdsMaps reports whether the package declares a variable or field that is
// a map.
func holdsMaps(info *types.Info) bool {
	for _, obj := range info.Defs {
		if v, ok := obj.(*types.Var); ok {
			if _, isMap := v.Type().Underlying().(*types.Map); isMap {
				return true
			}
		}
	}
	return false
}

// isConcurrent reports whether the package uses package sync, starts a
// goroutine or has handlers.
func isConcurrent(pass *analysis.Pass) bool {
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
