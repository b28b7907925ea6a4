package copyheavy

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/match"
)

// A reading tells whether only parts of a variable are read.
type reading struct {
	pass  *analysis.Pass
	v     *types.Var
	reads int
}

// onlyParts reports whether each use of the variable in the body selects a
// field that isn't large itself, to read it: no use takes an address, changes
// something, calls a method or stands in a function literal.
func (r *reading) onlyParts(body *ast.BlockStmt) bool {
	only := true
	var above []ast.Node
	ast.Inspect(body, func(n ast.Node) bool {
		if n == nil {
			above = above[:len(above)-1]
			return true
		}
		if id, ok := n.(*ast.Ident); ok && r.pass.TypesInfo.Uses[id] == r.v {
			r.reads++
			only = only && r.part(id, above)
		}
		above = append(above, n)
		return true
	})
	return only
}

func (r *reading) part(id *ast.Ident, above []ast.Node) bool {
	for _, n := range above {
		if _, literal := n.(*ast.FuncLit); literal {
			return false
		}
	}
	var use ast.Node = id
	selected := false
	for i := len(above) - 1; i >= 0; i-- {
		switch parent := above[i].(type) {
		case *ast.SelectorExpr:
			selection := r.pass.TypesInfo.Selections[parent]
			if selection == nil || selection.Kind() != types.FieldVal {
				return false
			}
			selected = true
		case *ast.IndexExpr:
			if parent.X != use {
				return selected
			}
		case *ast.SliceExpr:
			_, array := r.pass.TypesInfo.TypeOf(parent.X).Underlying().(*types.Array)
			return selected && !array
		case *ast.UnaryExpr:
			return selected && parent.Op != token.AND
		case *ast.IncDecStmt:
			return false
		case *ast.AssignStmt:
			for _, set := range match.Assignments(parent) {
				if set.Left == use {
					return false
				}
			}
			return selected
		case *ast.ParenExpr:
		default:
			return selected
		}
		use = above[i]
	}
	return selected
}

// changes reports whether the body sets the list or something in it.
func changes(body *ast.BlockStmt, list ast.Expr) bool {
	text := types.ExprString(list)
	changed := false
	ast.Inspect(body, func(n ast.Node) bool {
		for _, set := range match.Assignments(n) {
			left := types.ExprString(set.Left)
			changed = changed || left == text || strings.HasPrefix(left, text+"[")
		}
		return !changed
	})
	return changed
}
