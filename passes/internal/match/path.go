package match

import "go/ast"

// IsPath matches x and x.f.g.
func IsPath(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return true
	case *ast.SelectorExpr:
		return IsPath(e.X)
	}
	return false
}
