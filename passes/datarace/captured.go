package datarace

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/match"
)

// sharedCaptures returns the variables of functions, by where they are
// declared, that a function literal uses which doesn't declare them, and that
// are set elsewhere than where they are declared. Others don't race.
//
// Those whose address is taken are left out: what is done through pointers,
// by functions of sync/atomic say, isn't seen.
func sharedCaptures(pass *analysis.Pass) map[token.Pos]*types.Var {
	c := &captures{info: pass.TypesInfo, captured: make(map[*types.Var]bool), set: make(map[*types.Var]bool), lost: make(map[*types.Var]bool)}
	for _, file := range pass.Files {
		ast.PreorderStack(file, nil, c.visit)
	}
	shared := make(map[token.Pos]*types.Var)
	for v := range c.captured {
		if c.set[v] && !c.lost[v] {
			shared[v.Pos()] = v
		}
	}
	return shared
}

type captures struct {
	info     *types.Info
	captured map[*types.Var]bool
	set      map[*types.Var]bool
	lost     map[*types.Var]bool
}

func (c *captures) visit(n ast.Node, stack []ast.Node) bool {
	switch n := n.(type) {
	case *ast.Ident:
		v := match.LocalVar(c.info, n)
		if v == nil || c.info.Uses[n] != types.Object(v) {
			return true
		}
		if lit := literalAround(stack); lit != nil && (v.Pos() < lit.Pos() || lit.End() <= v.Pos()) {
			c.captured[v] = true
		}
	case *ast.UnaryExpr:
		if v := match.LocalVar(c.info, n.X); v != nil && n.Op == token.AND {
			c.lost[v] = true
		}
	default:
		for _, assignment := range match.Assignments(n) {
			if id, ok := ast.Unparen(assignment.Left).(*ast.Ident); ok && c.info.Defs[id] == nil {
				if v := match.LocalVar(c.info, id); v != nil {
					c.set[v] = true
				}
			}
		}
	}
	return true
}

func literalAround(stack []ast.Node) *ast.FuncLit {
	for i := len(stack) - 1; i >= 0; i-- {
		if lit, ok := stack[i].(*ast.FuncLit); ok {
			return lit
		}
	}
	return nil
}
