package deferloop

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
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

// givenBack reports whether each path to the next iteration gives the thing
// back by itself: then the deferred call is there for the others.
//
//	f, err := os.Open(path)
//	…
//	defer f.Close() // when copy panics, or we return
//	if err := copy(w, f); err != nil {
//		return err
//	}
//	f.Close()
func (s *site) givenBack(r release) bool {
	back, around := false, false
	s.graph.Search(s.step, func(step program.Step) bool {
		if step != s.step && s.givesBack(step.Node, r) {
			back = true
			return false
		}
		around = around || step.Node == ast.Node(s.loop)
		return !around && within(s.loop, step.Node)
	})
	return back && !around
}

// givesBack reports whether a step releases what the deferred call would.
func (s *site) givesBack(n ast.Node, r release) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ForStmt, *ast.RangeStmt, *ast.DeferStmt, *ast.FuncLit:
			return false
		case *ast.CallExpr:
			other, ok := s.releaseBy(n)
			found = found || ok && other.kind == r.kind && s.root(other.of) == s.root(r.of) && types.ExprString(other.of) == types.ExprString(r.of)
		}
		return !found
	})
	return found
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
