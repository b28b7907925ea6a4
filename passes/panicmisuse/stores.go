package panicmisuse

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
)

// storesOf returns the values that the package puts into a field.
func (c *checker) storesOf(field *types.Var) []inspector.Cursor {
	if c.stores == nil {
		c.stores = make(map[*types.Var][]inspector.Cursor)
		for file := range c.librarySource() {
			for cursor := range file.Preorder((*ast.KeyValueExpr)(nil), (*ast.AssignStmt)(nil)) {
				c.addStores(cursor)
			}
		}
	}
	return c.stores[field]
}

func (c *checker) addStores(cursor inspector.Cursor) {
	switch n := cursor.Node().(type) {
	case *ast.KeyValueExpr:
		if id, ok := n.Key.(*ast.Ident); ok {
			if field, ok := c.info.Uses[id].(*types.Var); ok && field.IsField() {
				c.stores[field.Origin()] = append(c.stores[field.Origin()], cursor.ChildAt(edge.KeyValueExpr_Value, -1))
			}
		}
	case *ast.AssignStmt:
		for i, left := range n.Lhs {
			selector, ok := left.(*ast.SelectorExpr)
			if !ok || len(n.Lhs) != len(n.Rhs) {
				continue
			}
			if field, ok := c.info.Uses[selector.Sel].(*types.Var); ok && field.IsField() {
				c.stores[field.Origin()] = append(c.stores[field.Origin()], cursor.ChildAt(edge.AssignStmt_Rhs, i))
			}
		}
	}
}
