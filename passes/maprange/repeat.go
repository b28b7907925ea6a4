package maprange

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/goconclint/goconclint/passes/internal/match"
)

// runsAgain reports whether the whole loop is run until nothing changes any
// more: an outer loop goes by something that the iterations set, or by the
// size of the map, or the function calls itself.
//
//	for changed := true; changed; {
//		changed = false
//		for name := range known { … known[other] = true; changed = true … }
//	}
func (r *ranged) runsAgain() bool {
	set := r.setByIterations()
	for outer := range r.cursor.Parent().Enclosing((*ast.ForStmt)(nil), (*ast.RangeStmt)(nil), (*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		switch n := outer.Node().(type) {
		case *ast.ForStmt:
			if r.asks(n, set) {
				return true
			}
		case *ast.FuncLit:
			return false
		case *ast.FuncDecl:
			return r.recurs(n)
		}
	}
	return false
}

// setByIterations returns the variables from outside that the loop sets.
func (r *ranged) setByIterations() map[*types.Var]bool {
	set := make(map[*types.Var]bool)
	ast.Inspect(r.loop.Body, func(n ast.Node) bool {
		for _, s := range match.Assignments(n) {
			if v := match.LocalVar(r.info, s.Left); v != nil && (v.Pos() < r.loop.Pos() || r.loop.End() <= v.Pos()) {
				set[v] = true
			}
		}
		return true
	})
	return set
}

// asks reports whether a condition of the outer loop mentions one of the
// variables, or the map.
func (r *ranged) asks(outer *ast.ForStmt, set map[*types.Var]bool) bool {
	found := false
	about := func(cond ast.Expr) {
		if cond == nil {
			return
		}
		ast.Inspect(cond, func(n ast.Node) bool {
			e, ok := n.(ast.Expr)
			if !ok {
				return true
			}
			found = found || set[match.LocalVar(r.info, e)] || r.reader.term(e).equal(r.place)
			return !found
		})
	}
	about(outer.Cond)
	ast.Inspect(outer.Body, func(n ast.Node) bool {
		if branch, ok := n.(*ast.IfStmt); ok && n != ast.Node(r.loop) {
			about(branch.Cond)
		}
		return n != ast.Node(r.loop) && !found
	})
	return found
}

func (r *ranged) recurs(decl *ast.FuncDecl) bool {
	found := false
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		found = found || r.calls(n, decl)
		return !found
	})
	return found
}

// definesFromOld reports whether an assignment makes the new value of the
// old: n++, n += 2.
func definesFromOld(set match.Assignment) bool {
	return set.Op != token.ASSIGN && set.Op != token.DEFINE
}
