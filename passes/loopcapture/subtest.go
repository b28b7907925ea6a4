package loopcapture

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// A parallelPart is the part of a subtest's literal that runs after the
// function which started it has returned.
type parallelPart struct {
	lit   *ast.FuncLit
	stmts []ast.Stmt
}

// parallelBody returns the part behind the call of t.Parallel in the literal
// of a t.Run call, or nil:
//
//	t.Run(name, func(t *testing.T) {
//		…           // runs within t.Run
//		t.Parallel()
//		…           // runs when the test around it is done
//	})
//
// A label starts the search again, since a jump may skip the call.
func (n *nest) parallelBody(call *ast.CallExpr, fn *types.Func) *parallelPart {
	if model.Key(fn) != "(testing.T).Run" || len(call.Args) != 2 {
		return nil
	}
	lit, ok := ast.Unparen(call.Args[1]).(*ast.FuncLit)
	if !ok || len(lit.Type.Params.List[0].Names) == 0 {
		return nil
	}
	t := n.info.Defs[lit.Type.Params.List[0].Names[0]]
	if t == nil {
		return nil
	}
	start := -1
	for i, stmt := range lit.Body.List {
		for {
			labeled, ok := stmt.(*ast.LabeledStmt)
			if !ok {
				break
			}
			stmt, start = labeled.Stmt, -1
		}
		if start < 0 && n.callsParallel(stmt, t) {
			start = i + 1
		}
	}
	if start < 0 {
		return nil
	}
	return &parallelPart{lit, lit.Body.List[start:]}
}

// callsParallel reports whether a statement is t.Parallel().
func (n *nest) callsParallel(stmt ast.Stmt, t types.Object) bool {
	expr, ok := stmt.(*ast.ExprStmt)
	if !ok {
		return false
	}
	call, ok := expr.X.(*ast.CallExpr)
	if !ok {
		return false
	}
	fn, ok := typeutil.Callee(n.info, call).(*types.Func)
	if !ok || model.Key(fn) != "(testing.T).Parallel" {
		return false
	}
	selector, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	id, ok := ast.Unparen(selector.X).(*ast.Ident)
	return ok && n.info.Uses[id] == t
}
