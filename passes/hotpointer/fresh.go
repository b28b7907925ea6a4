package hotpointer

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/match"
)

// made returns what the expression points to when each evaluation makes a
// new object of it: &T{…}, new(T), the elided &T{…} of a literal's element,
// the address of a local variable, a variable that is set once to one of
// these, and a call of a function of this package that returns only such
// pointers. Otherwise it returns nil.
func (f *finder) made(e ast.Expr) types.Type {
	e = ast.Unparen(e)
	elem := pointee(f.pass.TypesInfo.TypeOf(e))
	if elem == nil {
		return nil
	}
	if f.madeHere(f.region.Decl, e) {
		return elem
	}
	if call, ok := e.(*ast.CallExpr); ok && f.constructor(call) {
		return elem
	}
	return nil
}

// madeHere does so without looking into other functions.
func (f *finder) madeHere(decl *ast.FuncDecl, e ast.Expr) bool {
	e = ast.Unparen(e)
	if f.isAllocation(decl, e) {
		return true
	}
	v := match.LocalVar(f.pass.TypesInfo, e)
	if v == nil || !sameIteration(decl, v, e) {
		return false
	}
	value := f.onlyValue(decl, v)
	return value != nil && f.isAllocation(decl, value)
}

func (f *finder) isAllocation(decl *ast.FuncDecl, e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.CompositeLit:
		return pointee(f.pass.TypesInfo.TypeOf(e)) != nil
	case *ast.CallExpr:
		return builtinName(f.pass.TypesInfo, e) == "new"
	case *ast.UnaryExpr:
		if e.Op != token.AND {
			return false
		}
		_, literal := ast.Unparen(e.X).(*ast.CompositeLit)
		v := match.LocalVar(f.pass.TypesInfo, e.X)
		return literal || v != nil && sameIteration(decl, v, e)
	}
	return false
}

// sameIteration reports whether each use of the variable at this place meets
// a new one: no loop holds the use and not the declaration.
func sameIteration(decl *ast.FuncDecl, v *types.Var, use ast.Expr) bool {
	same := true
	ast.Inspect(decl, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			inside := n.Pos() <= use.Pos() && use.Pos() < n.End()
			same = same && (!inside || n.Pos() <= v.Pos() && v.Pos() < n.End())
		}
		return same
	})
	return same
}

// onlyValue returns the value of a local variable that is set exactly once in
// the function, or nil.
func (j *judge) onlyValue(decl *ast.FuncDecl, v *types.Var) ast.Expr {
	var value ast.Expr
	count := 0
	ast.Inspect(decl, func(n ast.Node) bool {
		for _, set := range match.Assignments(n) {
			if match.LocalVar(j.pass.TypesInfo, set.Left) != v {
				continue
			}
			count++
			if _, loop := n.(*ast.RangeStmt); !loop {
				value = set.Right
			}
		}
		return true
	})
	if count != 1 {
		return nil
	}
	return value
}

// constructor reports whether the call is of a function of this package with
// one result that returns only pointers made there.
func (f *finder) constructor(call *ast.CallExpr) bool {
	fn := typeutil.StaticCallee(f.pass.TypesInfo, call)
	if fn == nil || fn.Signature().Results().Len() != 1 {
		return false
	}
	decl := f.decls[fn]
	if decl == nil {
		return false
	}
	returns, fresh := 0, true
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			returns++
			fresh = fresh && len(n.Results) == 1 && f.madeHere(decl, n.Results[0])
		}
		return true
	})
	return fresh && returns > 0
}
