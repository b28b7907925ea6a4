package hotpointer

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/goconclint/goconclint/passes/internal/match"
)

// valueRead reports whether a use of an expression for a value in memory only
// reads it: it isn't set, and nobody gets its address or that of a part.
func valueRead(info *types.Info, value ast.Expr, above []ast.Node) bool {
	parent := above[len(above)-1]
	above = above[:len(above)-1]
	switch parent := parent.(type) {
	case *ast.ParenExpr:
		return valueRead(info, parent, above)
	case *ast.UnaryExpr:
		return parent.Op != token.AND
	case *ast.SelectorExpr:
		return pointee(info.TypeOf(value)) != nil || selectionRead(info, parent, above)
	case *ast.IndexExpr:
		return !isArray(info.TypeOf(value)) || parent.X != value || valueRead(info, parent, above)
	case *ast.SliceExpr:
		return !isArray(info.TypeOf(value)) || parent.X != value
	}
	for _, set := range match.Assignments(parent) {
		if set.Left == value {
			return false
		}
	}
	return true
}

// selectionRead judges value.Sel: a field that is only read, or a method that
// gets a copy.
func selectionRead(info *types.Info, selector *ast.SelectorExpr, above []ast.Node) bool {
	selection := info.Selections[selector]
	if selection == nil {
		return false
	}
	if selection.Kind() == types.FieldVal {
		return throughPointer(selection) || valueRead(info, selector, above)
	}
	fn, ok := selection.Obj().(*types.Func)
	if !ok || len(selection.Index()) > 1 {
		return false // promoted: the way to it isn't followed
	}
	return types.IsInterface(selection.Recv()) || pointee(fn.Signature().Recv().Type()) == nil
}

// throughPointer reports whether the way to a promoted field leads through an
// embedded pointer, to another object.
func throughPointer(selection *types.Selection) bool {
	t := selection.Recv()
	if p := pointee(t); p != nil {
		t = p
	}
	for _, i := range selection.Index() {
		if pointee(t) != nil {
			return true
		}
		fields, ok := t.Underlying().(*types.Struct)
		if !ok {
			return false
		}
		t = fields.Field(i).Type()
	}
	return false
}

func isArray(t types.Type) bool {
	_, ok := t.Underlying().(*types.Array)
	return ok
}
