package deferloop

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
)

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
// the function when there is no error, or when there is what it tried to get.
func (s *site) leavesOnSuccess() bool {
	leaves := false
	s.inIteration(func(n ast.Node) {
		branch, ok := n.(*ast.IfStmt)
		if !ok || leaves || branch.Pos() < s.stmt.End() || len(branch.Body.List) == 0 {
			return
		}
		cond, ok := ast.Unparen(branch.Cond).(*ast.BinaryExpr)
		if !ok || !s.info.Types[cond.Y].IsNil() || (cond.Op == token.EQL) != match.IsError(s.info.TypeOf(cond.X)) {
			return
		}
		_, leaves = branch.Body.List[len(branch.Body.List)-1].(*ast.ReturnStmt)
	})
	return leaves
}
