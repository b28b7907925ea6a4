package guardedby

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/match"
)

// addUpdates notes maps of which a statement changes an entry, and those that
// one replaces.
//
//	s.m[k] = v    s.m[k]++    delete(s.m, k)    clear(s.m)
//	s.m = make(map[string]int)
func (d *declared) addUpdates(pass *analysis.Pass, n ast.Node) {
	switch n := n.(type) {
	case *ast.AssignStmt:
		for _, left := range n.Lhs {
			d.addUpdate(pass, left)
		}
	case *ast.IncDecStmt:
		d.addUpdate(pass, n.X)
	case *ast.CallExpr:
		if shrunk := match.ShrinksMap(pass.TypesInfo, n); shrunk != nil {
			d.updatedIs(pass, shrunk)
		}
	}
}

func (d *declared) addUpdate(pass *analysis.Pass, left ast.Expr) {
	if index, ok := ast.Unparen(left).(*ast.IndexExpr); ok {
		d.updatedIs(pass, index.X)
	} else if v := mapVariable(pass, left); v != nil {
		d.replaced[v] = true
	}
}

func (d *declared) updatedIs(pass *analysis.Pass, e ast.Expr) {
	if v := mapVariable(pass, e); v != nil {
		d.updated[v] = true
	}
}

// mapVariable returns the variable or field of map type that an expression
// names, nil if it doesn't.
func mapVariable(pass *analysis.Pass, e ast.Expr) *types.Var {
	if v := match.Variable(pass.TypesInfo, e); v != nil && isMap(v.Type()) {
		return v
	}
	return nil
}
