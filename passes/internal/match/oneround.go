package match

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"
)

// OneRound reports whether a condition around a statement lets one iteration
// of the loop through at most: the branch sets the variable on which the
// condition depends, and nothing else in the loop does.
//
//	if timer == nil {
//		timer = time.NewTimer(d)
//		defer timer.Stop()
//	}
func OneRound(info *types.Info, stmt inspector.Cursor, loop ast.Stmt) bool {
	r := round{info, loop}
	for cursor := range stmt.Enclosing((*ast.IfStmt)(nil)) {
		branch := cursor.Node().(*ast.IfStmt)
		if !encloses(loop, branch) {
			return false
		}
		if encloses(branch.Body, stmt.Node()) && r.demandsUnset(branch.Cond, branch.Body) {
			return true
		}
	}
	return false
}

type round struct {
	info *types.Info
	loop ast.Stmt
}

// demandsUnset reports whether a condition demands of something that the
// branch sets, and only the branch, that this hasn't happened yet.
func (r round) demandsUnset(cond ast.Expr, branch *ast.BlockStmt) bool {
	switch cond := ast.Unparen(cond).(type) {
	case *ast.UnaryExpr:
		return cond.Op == token.NOT && r.setOnlyIn(branch, cond.X)
	case *ast.BinaryExpr:
		switch cond.Op {
		case token.LAND:
			return r.demandsUnset(cond.X, branch) || r.demandsUnset(cond.Y, branch)
		case token.EQL:
			return r.info.Types[cond.Y].IsNil() && r.setOnlyIn(branch, cond.X)
		}
	case *ast.Ident, *ast.SelectorExpr:
		return r.setOnlyIn(branch, cond) // if first { …; first = false }
	}
	return false
}

// setOnlyIn reports whether the loop assigns a variable or field in the
// branch and nowhere else. What is declared in the loop is another variable
// in each iteration.
func (r round) setOnlyIn(branch *ast.BlockStmt, e ast.Expr) bool {
	if v := r.root(e); v == nil || r.loop.Pos() <= v.Pos() && v.Pos() < r.loop.End() {
		return false
	}
	inside, outside := false, false
	ast.Inspect(r.loop, func(n ast.Node) bool {
		for _, set := range Assignments(n) {
			if types.ExprString(set.Left) == types.ExprString(e) {
				inside = inside || encloses(branch, n)
				outside = outside || !encloses(branch, n)
			}
		}
		return true
	})
	return inside && !outside
}

// root returns the local variable at the start of x or x.f.g.
func (r round) root(e ast.Expr) *types.Var {
	for {
		selector, ok := ast.Unparen(e).(*ast.SelectorExpr)
		if !ok {
			return LocalVar(r.info, e)
		}
		e = selector.X
	}
}

func encloses(outer, n ast.Node) bool { return outer.Pos() <= n.Pos() && n.Pos() < outer.End() }
