package emptystruct

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/edit"
)

// channelUse judges one use of a channel: constants may be sent, and values
// received that nobody looks at.
func (c *candidate) channelUse(cursor inspector.Cursor, use ast.Expr) {
	switch parent := cursor.Parent().Node().(type) {
	case *ast.SendStmt:
		if parent.Chan == use && c.pass.TypesInfo.Types[parent.Value].Value != nil {
			c.filled++
			c.edits = append(c.edits, edit.Replace(parent.Value, empty+"{}"))
			return
		}
	case *ast.UnaryExpr:
		if parent.Op == token.ARROW && dropped(cursor.Parent()) {
			return
		}
	case *ast.RangeStmt:
		if parent.X == use && parent.Key == nil {
			return
		}
	case *ast.CallExpr:
		b, ok := typeutil.Callee(c.pass.TypesInfo, parent).(*types.Builtin)
		if ok && (b.Name() == "len" || b.Name() == "cap" || b.Name() == "close") {
			return
		}
	case *ast.AssignStmt:
		c.reset(parent, use)
		return
	case *ast.BinaryExpr:
		if c.pass.TypesInfo.Types[parent.Y].IsNil() {
			return
		}
	}
	c.no = true
}

// dropped reports whether nobody looks at the value received.
func dropped(receive inspector.Cursor) bool {
	switch parent := receive.Parent().Node().(type) {
	case *ast.ExprStmt:
		return true
	case *ast.AssignStmt:
		return len(parent.Lhs) == 2 && isBlank(parent.Lhs[0]) || len(parent.Lhs) == 1 && isBlank(parent.Lhs[0])
	}
	return false
}
