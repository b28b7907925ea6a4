package emptystruct

import (
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
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
	}
	c.otherUse(cursor, use, "len", "cap", "close")
}

// dropped reports whether nobody looks at the value received.
func dropped(receive inspector.Cursor) bool {
	switch parent := receive.Parent().Node().(type) {
	case *ast.ExprStmt:
		return true
	case *ast.AssignStmt:
		return len(parent.Lhs) == 2 && match.IsBlank(parent.Lhs[0]) || len(parent.Lhs) == 1 && match.IsBlank(parent.Lhs[0])
	}
	return false
}
