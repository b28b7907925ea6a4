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
//
// Or it demands of the loop's index that it is one of all.
//
//	if i+1 == len(commands) {
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
			return r.info.Types[cond.Y].IsNil() && r.setOnlyIn(branch, cond.X) || r.picks(cond.X, cond.Y)
		}
	case *ast.Ident, *ast.SelectorExpr:
		return r.setOnlyIn(branch, cond) // if first { …; first = false }
	}
	return false
}

// picks reports whether the comparison of two operands holds for one index of
// the range loop: i, or i and a constant, on the left, and on the right a
// constant or the length of something, with a constant at most.
func (r round) picks(left, right ast.Expr) bool {
	loop, ok := r.loop.(*ast.RangeStmt)
	if !ok || loop.Key == nil {
		return false
	}
	index := LocalVar(r.info, r.withoutConstant(left))
	if index == nil || index != LocalVar(r.info, loop.Key) {
		return false
	}
	right = r.withoutConstant(right)
	if r.info.Types[right].Value != nil {
		return true
	}
	call, ok := right.(*ast.CallExpr)
	return ok && len(call.Args) == 1 && types.ExprString(call.Args[0]) == types.ExprString(loop.X) && types.ExprString(call.Fun) == "len"
}

// withoutConstant returns x of x+1 and x-1.
func (r round) withoutConstant(e ast.Expr) ast.Expr {
	e = ast.Unparen(e)
	sum, ok := e.(*ast.BinaryExpr)
	if ok && (sum.Op == token.ADD || sum.Op == token.SUB) && r.info.Types[sum.Y].Value != nil {
		return ast.Unparen(sum.X)
	}
	return e
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
