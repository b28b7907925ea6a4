package emptystruct

import (
	"go/ast"

	"github.com/goconclint/goconclint/passes/internal/edit"
)

// asked makes if _, ok := m[k]; ok of if m[k].
func (c *candidate) asked(branch *ast.IfStmt, index *ast.IndexExpr, not string) {
	scope := c.pass.TypesInfo.Scopes[branch]
	if branch.Init != nil || scope == nil || c.meansOutside(branch, "ok") {
		c.noFix = true
		return
	}
	text := edit.Source(c.pass, index)
	if text == "" {
		c.noFix = true
		return
	}
	c.edits = append(c.edits, edit.Replace(branch.Cond, "_, ok := "+text+"; "+not+"ok"))
}

// meansOutside reports whether the branch uses a variable of the name that is
// declared outside of it: a new one would stand in its way.
func (c *candidate) meansOutside(branch *ast.IfStmt, name string) bool {
	found := false
	ast.Inspect(branch, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && id.Name == name {
			obj := c.pass.TypesInfo.Uses[id]
			found = found || obj != nil && (obj.Pos() < branch.Pos() || branch.End() <= obj.Pos())
		}
		return !found
	})
	return found
}
