package recovermisuse

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
)

// judgeUndeferred judges a call, without defer, of a function that calls
// recover: there is no point in it when recovering is all that the function
// does.
func (c *checker) judgeUndeferred(call inspector.Cursor, fn *types.Func) {
	if !c.onlyRecovers(fn) {
		return
	}
	expr := call.Node().(*ast.CallExpr)
	callee := edit.Print(c.pass.Fset, expr.Fun)
	for outer := range call.Enclosing((*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		_, body := parts(outer.Node())
		if match.Recovers(c.info, body) {
			return // what there is to recover is recovered here
		}
		if _, how := c.mannerOf(outer); how == deferred {
			c.useless(call, fmt.Sprintf("%s recovers nothing here: recover works in the deferred function alone, and %s is one call deeper", callee, fn.Name()), c.deferDirectly(outer, expr))
		} else if call.ParentEdgeKind() == edge.ExprStmt_X {
			c.useless(call, fmt.Sprintf("%s recovers nothing without defer: there is no panic when it is called", callee), c.prefixDefer(call))
		}
		return
	}
}

// prefixDefer defers a call that stands at the top of its function, behind
// other defer statements at most.
func (c *checker) prefixDefer(call inspector.Cursor) []analysis.SuggestedFix {
	stmt := call.Parent()
	if stmt.ParentEdgeKind() != edge.BlockStmt_List {
		return nil
	}
	block := stmt.Parent()
	if kind := block.ParentEdgeKind(); kind != edge.FuncDecl_Body && kind != edge.FuncLit_Body {
		return nil
	}
	for _, before := range block.Node().(*ast.BlockStmt).List {
		if before == stmt.Node() {
			return []analysis.SuggestedFix{edit.Fix("Defer the call", edit.Insert(call.Node().Pos(), "defer "))}
		}
		if _, ok := before.(*ast.DeferStmt); !ok {
			break
		}
	}
	return nil
}

// deferDirectly defers a call without operands in place of the literal that
// does nothing else.
func (c *checker) deferDirectly(lit inspector.Cursor, call *ast.CallExpr) []analysis.SuggestedFix {
	fn, ok := lit.Node().(*ast.FuncLit)
	if !ok || len(fn.Body.List) != 1 || len(call.Args) > 0 || lit.ParentEdgeKind() != edge.CallExpr_Fun {
		return nil
	}
	if stmt, ok := fn.Body.List[0].(*ast.ExprStmt); !ok || stmt.X != call {
		return nil
	}
	if !isName(call.Fun) {
		return nil // its receiver would be evaluated early
	}
	return []analysis.SuggestedFix{edit.Fix("Defer "+edit.Print(c.pass.Fset, call.Fun)+" itself", edit.Replace(lit.Parent().Node(), edit.Source(c.pass, call)))}
}

// isName reports whether an expression is a name or a chain of them.
func isName(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Ident:
		return true
	case *ast.SelectorExpr:
		return isName(e.X)
	}
	return false
}

// onlyRecovers reports whether recovering is all that a function is there
// for: everything in it depends on what recover returns. Of a function of
// another package its name says so.
func (c *checker) onlyRecovers(fn *types.Func) bool {
	decl := c.decls[fn]
	if decl == nil {
		return match.NamedRecovery(fn.Name())
	}
	if decl.Type.Results.NumFields() > 0 {
		return false // somebody looks at what it found
	}
	switch first := decl.Body.List[0].(type) {
	case *ast.IfStmt: // if r := recover(); r != nil { … }
		return len(decl.Body.List) == 1 && (first.Init != nil && c.recoversIn(first.Init) || c.recoversIn(first.Cond))
	case *ast.AssignStmt: // r := recover(), then if r == nil { return } or if r != nil { … }
		if len(decl.Body.List) == 1 || !c.recoversIn(first) {
			return false
		}
		second, ok := decl.Body.List[1].(*ast.IfStmt)
		if !ok {
			return false
		}
		cond, ok := ast.Unparen(second.Cond).(*ast.BinaryExpr)
		return ok && c.info.Types[cond.Y].IsNil() && (len(decl.Body.List) == 2 || cond.Op == token.EQL)
	}
	return false
}

func (c *checker) recoversIn(n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		found = found || match.IsRecover(c.info, n)
		return !found
	})
	return found
}
