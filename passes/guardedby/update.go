package guardedby

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
)

// addUpdates notes maps of which a statement changes an entry.
//
//	s.m[k] = v    s.m[k]++    delete(s.m, k)    clear(s.m)
func (d *declared) addUpdates(pass *analysis.Pass, n ast.Node) {
	switch n := n.(type) {
	case *ast.AssignStmt:
		for _, left := range n.Lhs {
			d.addUpdate(pass, left)
		}
	case *ast.IncDecStmt:
		d.addUpdate(pass, n.X)
	case *ast.CallExpr:
		if name, ok := n.Fun.(*ast.Ident); ok && (name.Name == "delete" || name.Name == "clear") && len(n.Args) > 0 {
			d.updatedIs(pass, n.Args[0])
		}
	}
}

func (d *declared) addUpdate(pass *analysis.Pass, left ast.Expr) {
	if index, ok := ast.Unparen(left).(*ast.IndexExpr); ok {
		d.updatedIs(pass, index.X)
	}
}

func (d *declared) updatedIs(pass *analysis.Pass, e ast.Expr) {
	var name *ast.Ident
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		name = e
	case *ast.SelectorExpr:
		name = e.Sel
	default:
		return
	}
	if v, ok := pass.TypesInfo.Uses[name].(*types.Var); ok && isMap(v.Type()) {
		d.updated[v.Origin()] = true
	}
}
