package panicmisuse

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/match"
)

// decodedInto reports whether a decoder puts into the variable what it gets
// from elsewhere: json.Unmarshal(data, &v), json.NewDecoder(r.Body).Decode(&v).
func (t *tracer) decodedInto(v *types.Var, at inspector.Cursor) bool {
	for fn := range at.Enclosing((*ast.FuncDecl)(nil)) {
		for cursor := range fn.Preorder((*ast.CallExpr)(nil)) {
			call := cursor.Node().(*ast.CallExpr)
			callee, _ := typeutil.Callee(t.c.info, call).(*types.Func)
			if callee == nil || len(call.Args) == 0 || !isAddressOf(t.c.info, call.Args[len(call.Args)-1], v) {
				continue
			}
			if callee.Name() == "Decode" && callee.Signature().Recv() != nil || callee.Name() == "Unmarshal" && t.isInput(call.Args[0], cursor) {
				t.outside = true
				return true
			}
		}
	}
	return false
}

func isAddressOf(info *types.Info, e ast.Expr, v *types.Var) bool {
	ref, ok := ast.Unparen(e).(*ast.UnaryExpr)
	return ok && ref.Op == token.AND && match.LocalVar(info, ref.X) == v
}
