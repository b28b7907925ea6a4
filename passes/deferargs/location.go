package deferargs

import (
	"go/ast"
	"go/types"

	"github.com/goconclint/goconclint/passes/internal/match"
)

// A location is a local variable, or what a path of fields leads to from it,
// as in stats.files. Pointers on the way are followed without a mark, so two
// equal locations may differ in memory when a pointer was set in between:
// that is a change of a shorter location, which covers the longer one.
type location struct {
	root   *types.Var
	fields []*types.Var
}

func locate(info *types.Info, e ast.Expr) (location, bool) {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		v := match.LocalVar(info, e)
		return location{root: v}, v != nil
	case *ast.StarExpr:
		return locate(info, e.X)
	case *ast.SelectorExpr:
		selection := info.Selections[e]
		if selection == nil || selection.Kind() != types.FieldVal {
			return location{}, false
		}
		loc, ok := locate(info, e.X)
		loc.fields = append(loc.fields, selection.Obj().(*types.Var))
		return loc, ok
	}
	return location{}, false
}

// covers reports whether setting l sets m too, as setting stats does for
// stats.files.
func (l location) covers(m location) bool {
	if l.root != m.root || len(l.fields) > len(m.fields) {
		return false
	}
	for i, field := range l.fields {
		if m.fields[i] != field {
			return false
		}
	}
	return true
}
