package recovermisuse

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
)

// judgeUndeferred judges a call, without defer, of a function that calls
// recover: there is no point in it when recovering is all that the function
// does.
func (c *checker) judgeUndeferred(call inspector.Cursor, fn *types.Func) {
	if !c.known.Ending(fn).Handles {
		return
	}
	expr := call.Node().(*ast.CallExpr)
	callee := edit.Print(c.pass.Fset, expr.Fun)
	for outer := range call.Enclosing((*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		_, body := match.FuncParts(outer.Node())
		if match.Recovers(c.info, body) {
			return // what there is to recover is recovered here
		}
		if _, how := c.mannerOf(outer); how == deferred {
			c.useless(call, fmt.Sprintf("%s recovers nothing here: recover works in the deferred function alone, and %s is one call deeper", callee, fn.Name()), c.deferDirectly(outer, expr))
		} else if call.ParentEdgeKind() == edge.ExprStmt_X {
			c.useless(call, fmt.Sprintf("%s recovers nothing without defer: there is no panic when it is called", callee), c.prefixDefer(call))
		}
		return
	}
}

// prefixDefer defers a call that stands at the top of its function, behind
// other defer statements at most.
func (c *checker) prefixDefer(call inspector.Cursor) []analysis.SuggestedFix {
	stmt := call.Parent()
	if stmt.ParentEdgeKind() != edge.BlockStmt_List {
		return nil
	}
	block := stmt.Parent()
	if kind := block.ParentEdgeKind(); kind != edge.FuncDecl_Body && kind != edge.FuncLit_Body {
		return nil
	}
	for _, before := range block.Node().(*ast.BlockStmt).List {
		if before == stmt.Node() {
			return []analysis.SuggestedFix{edit.Fix("Defer the call", edit.Insert(call.Node().Pos(), "defer "))}
		}
		if _, ok := before.(*ast.DeferStmt); !ok {
			break
		}
	}
	return nil
}

// deferDirectly defers a call without operands in place of the literal that
// does nothing else.
func (c *checker) deferDirectly(lit inspector.Cursor, call *ast.CallExpr) []analysis.SuggestedFix {
	fn, ok := lit.Node().(*ast.FuncLit)
	if !ok || len(fn.Body.List) != 1 || len(call.Args) > 0 || lit.ParentEdgeKind() != edge.CallExpr_Fun {
		return nil
	}
	if stmt, ok := fn.Body.List[0].(*ast.ExprStmt); !ok || stmt.X != call {
		return nil
	}
	if !isName(call.Fun) {
		return nil // its receiver would be evaluated early
	}
	outer := lit.Parent().Node()
	return []analysis.SuggestedFix{edit.Fix("Defer "+edit.Print(c.pass.Fset, call.Fun)+" itself",
		analysis.TextEdit{Pos: outer.Pos(), End: call.Pos()},
		analysis.TextEdit{Pos: c.lastComment(lit, call.End(), outer.End()), End: outer.End()})}
}

// lastComment returns the end of the last comment between two positions, or
// else the first of these.
func (c *checker) lastComment(at inspector.Cursor, from, to token.Pos) token.Pos {
	last := from
	for file := range at.Enclosing((*ast.File)(nil)) {
		for _, group := range file.Node().(*ast.File).Comments {
			if last <= group.Pos() && group.End() <= to {
				last = group.End()
			}
		}
	}
	return last
}

// isName reports whether an expression is a name or a chain of them.
func isName(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Ident:
		return true
	case *ast.SelectorExpr:
		return isName(e.X)
	}
	return false
}
