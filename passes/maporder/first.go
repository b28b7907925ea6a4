package maporder

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
)

// returned returns the end of the function at the first of several entries
// that match: those whose key begins with something, say. That a search for
// one thing finds only one is assumed of all other conditions.
func (l *loop) returned(cur inspector.Cursor, stmt *ast.ReturnStmt) (sink, bool) {
	shown := false
	for _, result := range stmt.Results {
		shown = shown || l.varies(result) && !match.IsError(l.info.TypeOf(result))
	}
	return sink{at: stmt, what: "the first match is returned"}, shown && l.ambiguous(cur)
}

// broken returns the end of the loop at the first of several matches that
// was put into a variable.
func (l *loop) broken(cur inspector.Cursor, stmt *ast.BranchStmt) (sink, bool) {
	if stmt.Tok != token.BREAK || stmt.Label != nil || l.leavesOther(cur) || !l.ambiguous(cur) {
		return sink{}, false
	}
	block, ok := cur.Parent().Node().(*ast.BlockStmt)
	if !ok {
		return sink{}, false
	}
	for _, earlier := range block.List {
		for _, set := range match.Assignments(earlier) {
			v := match.LocalVar(l.info, set.Left)
			if v != nil && !l.declares(v) && set.Right != nil && l.varies(set.Right) {
				return sink{at: stmt, what: "the first match is kept"}, true
			}
		}
	}
	return sink{}, false
}

// leavesOther reports whether a break belongs to a statement in the loop.
func (l *loop) leavesOther(cur inspector.Cursor) bool {
	for outer := range cur.Enclosing((*ast.ForStmt)(nil), (*ast.RangeStmt)(nil), (*ast.SwitchStmt)(nil), (*ast.TypeSwitchStmt)(nil), (*ast.SelectStmt)(nil)) {
		return outer.Node() != ast.Node(l.stmt)
	}
	return true
}

// ambiguous reports whether several entries may meet the conditions around a
// node: all of these are matches of a part of the key or value, or compare it
// with a limit.
func (l *loop) ambiguous(cur inspector.Cursor) bool {
	matches := false
	for outer := range cur.Enclosing((*ast.IfStmt)(nil), (*ast.CaseClause)(nil), (*ast.RangeStmt)(nil), (*ast.ForStmt)(nil)) {
		if outer.Node() == ast.Node(l.stmt) {
			break
		}
		branch, ok := outer.Node().(*ast.IfStmt)
		if !ok || !inside(branch.Body, cur.Node().Pos()) {
			return false
		}
		if !l.matchesPart(branch.Cond) && !l.limits(branch.Cond) {
			return false
		}
		matches = true
	}
	return matches
}

func (l *loop) matchesPart(cond ast.Expr) bool {
	call, ok := ast.Unparen(cond).(*ast.CallExpr)
	if !ok || !l.varies(call) {
		return false
	}
	fn, ok := typeutil.Callee(l.info, call).(*types.Func)
	return ok && model.MatchesPart(fn)
}

// limits reports whether a condition compares what varies with something that
// doesn't, other than for equality: n > 10.
func (l *loop) limits(cond ast.Expr) bool {
	cmp, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok {
		return false
	}
	switch cmp.Op {
	case token.LSS, token.LEQ, token.GTR, token.GEQ:
		return l.varies(cmp.X) != l.varies(cmp.Y)
	}
	return false
}

// best returns an assignment that keeps the entry with the greatest or
// smallest value, where the order decides between equals:
//
//	if n > most {
//		most, winner = n, name
//	}
func (l *loop) best(cur inspector.Cursor, stmt *ast.AssignStmt) (sink, bool) {
	block, ok := cur.Parent().Node().(*ast.BlockStmt)
	if !ok {
		return sink{}, false
	}
	branch, ok := cur.Parent().Parent().Node().(*ast.IfStmt)
	if !ok || branch.Body != block {
		return sink{}, false
	}
	cond, ok := ast.Unparen(branch.Cond).(*ast.BinaryExpr)
	if !ok || cond.Op != token.GTR && cond.Op != token.LSS || l.isUnique(cond) {
		return sink{}, false
	}
	var best *types.Var
	keepsKey := false
	for _, s := range block.List {
		for _, set := range match.Assignments(s) {
			v := match.LocalVar(l.info, set.Left)
			if v == nil || l.declares(v) || set.Right == nil {
				continue
			}
			text := types.ExprString(set.Right)
			if text == types.ExprString(cond.X) && match.LocalVar(l.info, cond.Y) == v || text == types.ExprString(cond.Y) && match.LocalVar(l.info, cond.X) == v {
				best = v
			} else {
				keepsKey = keepsKey || l.stmt.Key != nil && match.LocalVar(l.info, set.Right) == match.LocalVar(l.info, l.stmt.Key)
			}
		}
	}
	first := block.List[0] == ast.Stmt(stmt)
	return sink{at: stmt, what: "the first of equals is kept"}, first && best != nil && keepsKey
}

// isUnique reports whether a comparison is of the keys themselves, no two of
// which are equal.
func (l *loop) isUnique(cond *ast.BinaryExpr) bool {
	if l.stmt.Key == nil {
		return false
	}
	key := match.LocalVar(l.info, l.stmt.Key)
	return key != nil && (match.LocalVar(l.info, cond.X) == key || match.LocalVar(l.info, cond.Y) == key)
}
