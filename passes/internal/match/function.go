package match

import "go/ast"

// FuncParts returns the type and body of a function declaration or literal,
// or nil for another node.
func FuncParts(fn ast.Node) (*ast.FuncType, *ast.BlockStmt) {
	switch fn := fn.(type) {
	case *ast.FuncLit:
		return fn.Type, fn.Body
	case *ast.FuncDecl:
		return fn.Type, fn.Body
	}
	return nil, nil
}
