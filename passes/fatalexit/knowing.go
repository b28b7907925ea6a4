package fatalexit

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
)

// This file asks whether an exit skips a deferred call knowingly, or misses
// nothing by it.

// madeBefore reports whether the function makes the deferred call or its
// effect itself somewhere, without defer: it knows what an exit skips.
func (c *checker) madeBefore(stmt *ast.DeferStmt, effect *types.Func, x exit) bool {
	deferred := edit.Print(c.pass.Fset, stmt.Call.Fun)
	for cursor := range x.fn.Preorder((*ast.CallExpr)(nil)) {
		call := cursor.Node().(*ast.CallExpr)
		if call.Pos() < stmt.End() || isDeferred(cursor) || !c.owns(x.fn, cursor) {
			continue
		}
		if fn, _ := typeutil.Callee(c.info, call).(*types.Func); fn == effect || edit.Print(c.pass.Fset, call.Fun) == deferred {
			return true
		}
	}
	return false
}

// nothingWritten reports whether the writer that the deferred call flushes
// isn't named between the two: there is nothing to flush, as far as is seen
// here.
func (c *checker) nothingWritten(stmt *ast.DeferStmt, effect *types.Func, x exit) bool {
	fun, ok := ast.Unparen(stmt.Call.Fun).(*ast.SelectorExpr)
	if !ok || effect.Name() != "Flush" {
		return false
	}
	last := x.expr.Pos()
	for loop := range x.cursor.Enclosing((*ast.ForStmt)(nil), (*ast.RangeStmt)(nil)) {
		last = max(last, loop.Node().End())
	}
	writer := edit.Print(c.pass.Fset, fun.X)
	named := false
	for cursor := range x.fn.Preorder((*ast.Ident)(nil), (*ast.SelectorExpr)(nil)) {
		at := cursor.Node().(ast.Expr)
		named = named || stmt.End() <= at.Pos() && at.Pos() < last && edit.Print(c.pass.Fset, at) == writer
	}
	return !named
}

// judges reports whether the process ends because of what was found in the
// files that the deferred call would remove, and no error: whoever is told of
// it wants to look. Temporary files have names that nobody is told.
//
//	defer os.Remove(got)
//	if diff := compare(got, want); diff != "" {
//		fmt.Println(diff)
//		os.Exit(1)
//	}
func (c *checker) judges(stmt *ast.DeferStmt, x exit) bool {
	for cursor := range x.cursor.Enclosing((*ast.IfStmt)(nil), (*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		branch, ok := cursor.Node().(*ast.IfStmt)
		if !ok {
			return false
		}
		found := false
		ast.Inspect(branch.Cond, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			found = found || ok && c.foundIn(match.LocalVar(c.info, id), stmt, x.fn)
			return !found
		})
		return found
	}
	return false
}

// foundIn reports whether a variable, not an error, is what a call returned
// that was given a variable which the deferred call names.
func (c *checker) foundIn(v *types.Var, stmt *ast.DeferStmt, fn inspector.Cursor) bool {
	if v == nil || match.IsError(v.Type()) {
		return false
	}
	for cursor := range fn.Preorder((*ast.AssignStmt)(nil)) {
		for _, set := range match.Assignments(cursor.Node()) {
			call, ok := set.Right.(*ast.CallExpr)
			if !ok || match.LocalVar(c.info, set.Left) != v {
				continue
			}
			for _, arg := range call.Args {
				if given := match.LocalVar(c.info, arg); given != nil && match.Mentions(c.info, stmt.Call, given) {
					return !c.isTemporary(given, fn)
				}
			}
		}
	}
	return false
}

func (c *checker) isTemporary(v *types.Var, fn inspector.Cursor) bool {
	for cursor := range fn.Preorder((*ast.AssignStmt)(nil)) {
		for _, set := range match.Assignments(cursor.Node()) {
			call, ok := set.Right.(*ast.CallExpr)
			if ok && match.LocalVar(c.info, set.Left) == v && model.MakesTemporary(typeutil.StaticCallee(c.info, call)) {
				return true
			}
		}
	}
	return false
}
