package deferloop

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
)

// onlyOnce reports whether a condition around the statement lets one
// iteration of the loop through at most: the branch sets the variable on
// which the condition depends, and nothing else in the loop does.
//
//	if timer == nil {
//		timer = time.NewTimer(d)
//		defer timer.Stop()
//	}
func (s *site) onlyOnce() bool {
	for cursor := range s.cursor.Enclosing((*ast.IfStmt)(nil)) {
		branch := cursor.Node().(*ast.IfStmt)
		if !within(s.body(), branch) {
			return false
		}
		if within(branch.Body, s.stmt) && s.demandsUnset(branch.Cond, branch.Body) {
			return true
		}
	}
	return false
}

// demandsUnset reports whether a condition demands of something that the
// branch sets, and only the branch, that this hasn't happened yet.
func (s *site) demandsUnset(cond ast.Expr, branch *ast.BlockStmt) bool {
	switch cond := ast.Unparen(cond).(type) {
	case *ast.UnaryExpr:
		return cond.Op == token.NOT && s.setOnlyIn(branch, cond.X)
	case *ast.BinaryExpr:
		switch cond.Op {
		case token.LAND:
			return s.demandsUnset(cond.X, branch) || s.demandsUnset(cond.Y, branch)
		case token.EQL:
			return s.info.Types[cond.Y].IsNil() && s.setOnlyIn(branch, cond.X)
		}
	case *ast.Ident, *ast.SelectorExpr:
		return s.setOnlyIn(branch, cond) // if first { …; first = false }
	}
	return false
}

// setOnlyIn reports whether the loop assigns a variable or field in the
// branch and nowhere else. What is declared in the loop is another variable
// in each iteration.
func (s *site) setOnlyIn(branch *ast.BlockStmt, e ast.Expr) bool {
	if v := s.root(e); v == nil || within(s.loop, posNode(v.Pos())) {
		return false
	}
	inside, outside := false, false
	ast.Inspect(s.body(), func(n ast.Node) bool {
		for _, set := range match.Assignments(n) {
			if types.ExprString(set.Left) == types.ExprString(e) {
				inside = inside || within(branch, n)
				outside = outside || !within(branch, n)
			}
		}
		return true
	})
	return inside && !outside
}

// expiresByItself reports whether the deferred call cancels a context with a
// deadline, in a loop over what there is to try that ends at the first
// success: what failed tries leave behind is little, and is gone in time.
func (s *site) expiresByItself(r release) bool {
	v := s.root(r.of)
	if r.kind != callback || v == nil || !s.isBounded() || !s.leavesOnSuccess() {
		return false
	}
	for _, set := range match.Assignments(s.taking(v)) {
		call, ok := set.Right.(*ast.CallExpr)
		if !ok || match.LocalVar(s.info, set.Left) != v {
			continue
		}
		callee, ok := typeutil.Callee(s.info, call).(*types.Func)
		return ok && model.LimitsTime(callee)
	}
	return false
}

// isBounded reports whether the loop goes over a collection or counts.
func (s *site) isBounded() bool {
	switch loop := s.loop.(type) {
	case *ast.RangeStmt:
		return !s.rangesOverChannel()
	case *ast.ForStmt:
		return loop.Init != nil && loop.Cond != nil && loop.Post != nil
	}
	return false
}

// leavesOnSuccess reports whether the iteration, behind the statement, leaves
// the function when there is no error.
func (s *site) leavesOnSuccess() bool {
	leaves := false
	s.inIteration(func(n ast.Node) {
		branch, ok := n.(*ast.IfStmt)
		if !ok || leaves || branch.Pos() < s.stmt.End() || len(branch.Body.List) == 0 {
			return
		}
		cond, ok := ast.Unparen(branch.Cond).(*ast.BinaryExpr)
		if !ok || cond.Op != token.EQL || !s.info.Types[cond.Y].IsNil() || !match.IsError(s.info.TypeOf(cond.X)) {
			return
		}
		_, leaves = branch.Body.List[len(branch.Body.List)-1].(*ast.ReturnStmt)
	})
	return leaves
}
