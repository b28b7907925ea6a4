package deferargs

import (
	"fmt"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// elapsed returns the first expression in a deferred call that measures a
// time when the defer statement runs, or nil. A literal that is an argument
// runs later, one that is called on the spot doesn't.
func (c *checker) elapsed(deferred *ast.CallExpr) ast.Expr {
	var found ast.Expr
	ast.Inspect(deferred, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			if found == nil && c.measures(n) && (n != deferred || c.isSince(n)) {
				found = n
			}
		}
		return found == nil
	})
	return found
}

// measures reports whether a call returns the time since a moment: it is
// time.Since or its twin in arithmetic, or a function of this package that
// only wraps one.
func (c *checker) measures(call *ast.CallExpr) bool {
	if c.isSince(call) {
		return true
	}
	if lit, ok := ast.Unparen(call.Fun).(*ast.FuncLit); ok {
		return c.returnsSince(lit.Body)
	}
	switch callee := typeutil.Callee(c.pass.TypesInfo, call).(type) {
	case *types.Func:
		return callee.Pkg() == c.pass.Pkg && takesTime(call, c.pass.TypesInfo) && c.returnsSince(c.bodyOf(callee))
	case *types.Var:
		return c.returnsSince(c.boundBody(callee))
	}
	return false
}

// isSince reports whether a call is time.Since(t) or time.Now().Sub(t).
func (c *checker) isSince(call *ast.CallExpr) bool {
	fn := typeutil.StaticCallee(c.pass.TypesInfo, call)
	switch model.Key(fn) {
	case "time.Since":
		return true
	case "(time.Time).Sub":
		fun, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		if !ok {
			return false
		}
		now, ok := ast.Unparen(fun.X).(*ast.CallExpr)
		return ok && model.Key(typeutil.StaticCallee(c.pass.TypesInfo, now)) == "time.Now"
	}
	return false
}

// takesTime reports whether a call hands on a moment to measure from.
func takesTime(call *ast.CallExpr, info *types.Info) bool {
	for _, arg := range call.Args {
		if named := model.ReceiverNamed(info.TypeOf(arg)); named != nil && named.Obj().Name() == "Time" {
			return true
		}
	}
	return false
}

// returnsSince reports whether a body is one return statement that measures.
func (c *checker) returnsSince(body *ast.BlockStmt) bool {
	if body == nil || len(body.List) != 1 {
		return false
	}
	ret, ok := body.List[0].(*ast.ReturnStmt)
	if !ok || len(ret.Results) != 1 {
		return false
	}
	found := false
	ast.Inspect(ret.Results[0], func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			found = found || c.isSince(call)
		}
		return !found
	})
	return found
}

// bodyOf returns the body of a function of the package, or nil.
func (c *checker) bodyOf(fn *types.Func) *ast.BlockStmt {
	for _, file := range c.pass.Files {
		for _, decl := range file.Decls {
			if decl, ok := decl.(*ast.FuncDecl); ok && c.pass.TypesInfo.Defs[decl.Name] == fn.Origin() {
				return decl.Body
			}
		}
	}
	return nil
}

// boundBody returns the body of the literal that a local variable is defined
// with, or nil.
func (c *checker) boundBody(v *types.Var) *ast.BlockStmt {
	var body *ast.BlockStmt
	for _, file := range c.pass.Files {
		if v.Pos() < file.FileStart || file.FileEnd < v.Pos() {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			for _, set := range match.Assignments(n) {
				if lit, ok := set.Right.(*ast.FuncLit); ok && set.Left.Pos() == v.Pos() {
					body = lit.Body
				}
			}
			return body == nil && (n == nil || n.Pos() <= v.Pos() && v.Pos() < n.End())
		})
	}
	return body
}

// timed reports a time measured too early.
func (c *checker) timed(cursor inspector.Cursor, since ast.Expr) report.Finding {
	call := cursor.Node().(*ast.DeferStmt).Call
	finding := report.Finding{
		Range: since,
		Message: fmt.Sprintf("%s is evaluated at the defer statement: %s gets the time until here, not until the return",
			edit.Print(c.pass.Fset, since), calleeName(c.pass.Fset, call)),
	}
	if since == ast.Expr(call) {
		finding.Message = fmt.Sprintf("the result of %s is dropped: measure in a deferred function literal", edit.Print(c.pass.Fset, since))
		return finding
	}
	if d, ok := c.deferral(cursor, c.functionOf(cursor)); ok {
		finding.Fixes = c.closure(d, nil)
	}
	return finding
}
