package match

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"
)

// Builtin returns the name of the predeclared function that a call calls,
// empty if it calls something else, be it of the same name.
func Builtin(info *types.Info, call *ast.CallExpr) string {
	if builtin, ok := typeutil.Callee(info, call).(*types.Builtin); ok {
		return builtin.Name()
	}
	return ""
}

// ShrinksMap returns the map from which a call of delete or clear takes
// entries, nil if the call is another.
func ShrinksMap(info *types.Info, call *ast.CallExpr) ast.Expr {
	if name := Builtin(info, call); (name == "delete" || name == "clear") && len(call.Args) > 0 {
		return call.Args[0]
	}
	return nil
}
