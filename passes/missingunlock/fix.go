package missingunlock

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/paths"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// unlockBefore returns the fix that unlocks in front of a return whose
// results don't depend on the lock: constants, variables and new errors.
func (w wording) unlockBefore(walk *walk, l leak) []analysis.SuggestedFix {
	lock := w.receiver(l.taken)
	ret := w.returnAt(walk.fn, l.ret.Pos())
	if lock == nil || ret == nil || !w.inScope(lock, ret.Pos()) || !w.independent(ret) {
		return nil
	}
	method := "Unlock"
	if fn := sharing.CalleeObject(l.taken.Common()); fn != nil && (fn.Name() == "RLock" || fn.Name() == "TryRLock") {
		method = "RUnlock"
	}
	text := edit.Print(w.pass.Fset, lock) + "." + method + "()\n" + edit.Indentation(w.pass, ret.Pos())
	return []analysis.SuggestedFix{edit.Fix("Unlock before the return", edit.Insert(ret.Pos(), text))}
}

func (w wording) returnAt(fn *ssa.Function, pos token.Pos) *ast.ReturnStmt {
	var found *ast.ReturnStmt
	ast.Inspect(paths.BodyOf(fn), func(n ast.Node) bool {
		if ret, ok := n.(*ast.ReturnStmt); ok && ret.Return == pos {
			found = ret
		}
		return found == nil
	})
	return found
}

// inScope reports whether an expression means the same at another place.
func (w wording) inScope(expr ast.Expr, pos token.Pos) bool {
	ok := true
	ast.Inspect(expr, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr, *ast.IndexExpr:
			ok = false
		case *ast.Ident:
			if v, isVar := w.pass.TypesInfo.Uses[n].(*types.Var); isVar && !v.IsField() {
				_, visible := w.pass.Pkg.Scope().Innermost(pos).LookupParent(n.Name, pos)
				ok = ok && visible == v
			}
		}
		return ok
	})
	return ok
}

// independent reports whether the results can be computed behind the unlock:
// they read nothing but local variables.
func (w wording) independent(ret *ast.ReturnStmt) bool {
	ok := true
	for _, result := range ret.Results {
		ast.Inspect(result, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				_, isPackage := w.pass.TypesInfo.Uses[rootIdent(n.X)].(*types.PkgName)
				ok = ok && isPackage
				return false
			case *ast.IndexExpr, *ast.StarExpr, *ast.SliceExpr, *ast.FuncLit:
				ok = false
			case *ast.CallExpr:
				ok = ok && w.ofPackage(n)
			}
			return ok
		})
	}
	return ok
}

// ofPackage reports whether the call is of a function of another package.
func (w wording) ofPackage(call *ast.CallExpr) bool {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	_, ok = w.pass.TypesInfo.Uses[rootIdent(sel.X)].(*types.PkgName)
	return ok
}

func rootIdent(e ast.Expr) *ast.Ident {
	id, _ := ast.Unparen(e).(*ast.Ident)
	return id
}
