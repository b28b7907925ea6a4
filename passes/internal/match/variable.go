package match

import (
	"go/ast"
	"go/types"
)

// Variable returns the variable that an expression names, as v or x.v: that
// of a function or package, or a field, of a generic type as declared. It is
// nil for other expressions.
func Variable(info *types.Info, e ast.Expr) *types.Var {
	var name *ast.Ident
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		name = e
	case *ast.SelectorExpr:
		name = e.Sel
	default:
		return nil
	}
	if v, ok := info.Uses[name].(*types.Var); ok {
		return v.Origin()
	}
	return nil
}
