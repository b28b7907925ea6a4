package shutdown

import (
	"fmt"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// judgeContexts judges the contexts that are given to methods which give
// something up, and to functions of the package that hand theirs on to one.
func (c *checker) judgeContexts() {
	for _, ending := range c.within {
		c.judgeBackground(ending)
		c.judgeContext(ending, ending.expr.Args[0], ending.fn.Name())
	}
	handing := c.handingOn()
	if len(handing) == 0 {
		return
	}
	for cursor := range c.root.Preorder((*ast.CallExpr)(nil)) {
		expr := cursor.Node().(*ast.CallExpr)
		fn := c.callee(expr)
		if to, ok := handing[fn]; ok && to.param < len(expr.Args) && !c.servesTests(cursor) {
			c.judgeContext(call{cursor, expr, fn}, expr.Args[to.param], to.method)
		}
	}
}

func (c *checker) callee(call *ast.CallExpr) *types.Func {
	fn, _ := typeutil.Callee(c.info, call).(*types.Func)
	return fn
}

// judgeContext reports a call that ends something within a context which is
// done by then.
func (c *checker) judgeContext(ending call, ctx ast.Expr, method string) {
	fn, ok := around(ending.cursor)
	if !ok {
		return
	}
	ancestors := c.ancestry(ctx, fn)
	if len(ancestors) == 0 {
		return
	}
	by := c.doneBefore(ending.cursor, fn, ancestors)
	if by == nil || c.limits(by.of.v, fn) {
		return
	}
	c.reporter.Add(report.Finding{
		Range:   ctx,
		Message: fmt.Sprintf("%s is already done when %s is called: %s gives up at once", edit.Print(c.pass.Fset, ctx), edit.Print(c.pass.Fset, ending.expr.Fun), method),
		Related: []analysis.RelatedInformation{report.Here(by.at, by.how)},
		Fixes:   c.withoutCancel(ending.cursor, by.of.use),
	})
}

// limits reports whether a context is what a function that gives something up
// itself was given for that: it is a time limit, and when that is over, so is
// the patience.
//
//	func (b *batcher) Shutdown(ctx context.Context) error {
//		select {
//		case <-b.idle:
//		case <-ctx.Done(): // out of time
//			return errors.Join(ctx.Err(), b.sender.Shutdown(ctx))
//		}
func (c *checker) limits(ctx *types.Var, fn inspector.Cursor) bool {
	for decl := range fn.Enclosing((*ast.FuncDecl)(nil)) {
		method, ok := c.info.Defs[decl.Node().(*ast.FuncDecl).Name].(*types.Func)
		return ok && model.EndsWithin(method) && method.Signature().Params().At(0) == ctx
	}
	return false
}

// withoutCancel returns the fix that hands on a context like it that doesn't
// end.
func (c *checker) withoutCancel(at inspector.Cursor, ctx ast.Expr) []analysis.SuggestedFix {
	if match.VersionBefore(c.pass, ctx.Pos(), "go1.21") {
		return nil
	}
	name, imports, ok := edit.Import(c.pass, at, "context")
	if !ok {
		return nil
	}
	return []analysis.SuggestedFix{edit.Fix("Don't hand the cancellation on", append(imports,
		edit.Insert(ctx.Pos(), name+".WithoutCancel("), edit.Insert(ctx.End(), ")"))...)}
}

// doneBefore returns what makes one of the contexts be done before the call,
// on every path that leads to it. For a deferred call it asks for what stands
// between the defer statement and the function's end, at its top.
func (c *checker) doneBefore(at, fn inspector.Cursor, contexts []ancestor) *event {
	if stmt, owner, ok := c.deferral(at, fn); ok {
		return c.doneBehind(stmt, owner, contexts)
	}
	body := bodyOf(fn.Node())
	graph := c.prog.Graph(body)
	to, ok := graph.Find(at.Node())
	if !ok || len(body.List) == 0 {
		return nil
	}
	for cursor := range fn.Preorder((*ast.UnaryExpr)(nil), (*ast.CallExpr)(nil)) {
		by := c.ends(cursor, contexts)
		if owner, ok := around(cursor); by == nil || !ok || owner.Node() != fn.Node() || isDeferred(cursor) {
			continue
		}
		step, ok := graph.Find(cursor.Node())
		if !ok || !graph.Reaches(step, to, func(program.Step) bool { return false }) {
			continue
		}
		if !graph.Avoids(step, to) && !c.setBetween(contexts, step, to, graph) {
			return by
		}
	}
	return nil
}

// setBetween reports whether the context gets another value behind the
// event.
func (c *checker) setBetween(contexts []ancestor, from, to program.Step, graph *program.Graph) bool {
	found := false
	graph.Search(from, func(s program.Step) bool {
		if s == to {
			return false
		}
		for _, set := range match.Assignments(s.Node) {
			found = found || match.LocalVar(c.info, set.Left) == contexts[0].v && !c.derivesFrom(set.Right, contexts)
		}
		return !found
	})
	return found
}

// derivesFrom reports whether a value is a context made of one of those.
func (c *checker) derivesFrom(e ast.Expr, contexts []ancestor) bool {
	made, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	fn := c.callee(made)
	if fn == nil {
		return false
	}
	index, derives := model.DerivesContext(fn)
	if !derives {
		return false
	}
	return find(contexts, match.LocalVar(c.info, made.Args[index])) != nil
}

func isDeferred(cursor inspector.Cursor) bool { return cursor.ParentEdgeKind() == edge.DeferStmt_Call }

// deferral returns the defer statement that makes the call, itself or by a
// literal, and the function that it belongs to.
func (c *checker) deferral(at, fn inspector.Cursor) (stmt, owner inspector.Cursor, ok bool) {
	if isDeferred(at) {
		return at.Parent(), fn, true
	}
	if fn.ParentEdgeKind() == edge.CallExpr_Fun && isDeferred(fn.Parent()) {
		stmt = fn.Parent().Parent()
		owner, ok = around(stmt)
		return stmt, owner, ok
	}
	return at, fn, false
}

// doneBehind looks for an event among the statements of the same block that
// follow the defer statement.
func (c *checker) doneBehind(stmt, owner inspector.Cursor, contexts []ancestor) *event {
	for next, ok := stmt.NextSibling(); ok; next, ok = next.NextSibling() {
		switch next.Node().(type) {
		case *ast.ExprStmt, *ast.AssignStmt, *ast.DeferStmt:
		case *ast.IfStmt, *ast.SelectStmt:
			if !onlyCase(next.Node()) {
				continue
			}
		default:
			continue
		}
		for cursor := range next.Preorder((*ast.UnaryExpr)(nil), (*ast.CallExpr)(nil)) {
			by, ok := around(cursor)
			if event := c.ends(cursor, contexts); ok && event != nil && by.Node() == owner.Node() {
				return event
			}
		}
	}
	return nil
}

// onlyCase reports whether a select statement has a single way on; what an if
// statement does isn't certain, but for what its head does.
func onlyCase(n ast.Node) bool {
	choice, ok := n.(*ast.SelectStmt)
	return ok && len(choice.Body.List) == 1
}
