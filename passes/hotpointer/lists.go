package hotpointer

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/hotness"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// listWalks reports loops over singly linked lists that a slice could stand
// for:
//
//	for n := s.head; n != nil; n = n.next { … }
//
// where nodes of the type are only ever pushed at an end of a list, popped
// from its head, and walked. What splices, sorts or shares nodes is a list
// for a reason.
func (j *judge) listWalks(region hotness.Region) []report.Finding {
	var found []report.Finding
	region.Inspect(func(n ast.Node, _ []ast.Node) bool {
		if loop, ok := n.(*ast.ForStmt); ok {
			if step, node := j.step(loop); step != nil && j.isPlainList(node) {
				found = append(found, j.listFinding(region, step, node))
			}
		}
		return true
	})
	return found
}

func (j *judge) listFinding(region hotness.Region, step ast.Expr, node *types.Named) report.Finding {
	related := region.Why.Related()
	if declared, ok := j.declared(node); ok {
		related = append(related, declared)
	}
	return report.Finding{
		Range:   step,
		Subject: node.Obj(),
		Message: fmt.Sprintf("%s steps through a list of %d-byte nodes on a hot path: one allocation per node, a load to wait for per step",
			edit.Print(j.pass.Fset, step), j.pass.TypesSizes.Sizeof(node)),
		Related: related,
	}
}

// step returns the n.next of a loop that runs while n != nil, and the type of
// what n points to.
func (j *judge) step(loop *ast.ForStmt) (ast.Expr, *types.Named) {
	cond, ok := loop.Cond.(*ast.BinaryExpr)
	if !ok || cond.Op != token.NEQ || !j.pass.TypesInfo.Types[cond.Y].IsNil() {
		return nil, nil
	}
	n := match.LocalVar(j.pass.TypesInfo, cond.X)
	if n == nil {
		return nil, nil
	}
	node, ok := types.Unalias(pointee(n.Type())).(*types.Named)
	if !ok || node.Obj().Pkg() != j.pass.Pkg {
		return nil, nil
	}
	candidates := append([]ast.Stmt{loop.Post}, loop.Body.List...)
	for _, stmt := range candidates {
		for _, set := range match.Assignments(stmt) {
			next, ok := set.Right.(*ast.SelectorExpr)
			if ok && match.LocalVar(j.pass.TypesInfo, set.Left) == n && match.LocalVar(j.pass.TypesInfo, next.X) == n {
				return next, node
			}
		}
	}
	return nil, nil
}

// isPlainList reports whether the type is that of small list nodes which the
// package only pushes, pops and walks.
func (j *judge) isPlainList(node *types.Named) bool {
	word := j.pass.TypesSizes.Sizeof(types.Typ[types.Uintptr])
	if !concrete(node) || !match.Copyable(node, j.pass.Pkg) || j.pass.TypesSizes.Sizeof(node) > (valueWords+1)*word {
		return false
	}
	l := &list{node: node, link: linkOf(node)}
	if l.link < 0 {
		return false
	}
	o := &obligations{pass: j.pass, wanted: []*types.TypeName{node.Obj()}, reasons: make(map[*types.TypeName]string)}
	if o.api(); o.reasons[node.Obj()] != "" {
		return false
	}
	functions := j.prog.Functions()
	if init := j.prog.Package().Func("init"); init != nil {
		functions = append(functions, init)
	}
	for _, fn := range functions {
		if !l.plainIn(fn) {
			return false
		}
	}
	return true
}
