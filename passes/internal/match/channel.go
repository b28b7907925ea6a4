package match

import (
	"go/ast"
	"go/token"
	"go/types"
)

// IsChan reports whether the values of a type are channels.
func IsChan(t types.Type) bool {
	_, ok := t.Underlying().(*types.Chan)
	return ok
}

// IsEmptyStruct reports whether the values of a type say nothing but that they
// are there.
func IsEmptyStruct(t types.Type) bool {
	fields, ok := t.Underlying().(*types.Struct)
	return ok && fields.NumFields() == 0
}

// SendAt returns the send statement within a node whose arrow stands at a
// position, nil if there is none.
func SendAt(n ast.Node, arrow token.Pos) *ast.SendStmt {
	var found *ast.SendStmt
	ast.Inspect(n, func(n ast.Node) bool {
		if stmt, ok := n.(*ast.SendStmt); ok && stmt.Arrow == arrow {
			found = stmt
		}
		return found == nil
	})
	return found
}
