package fatalexit

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

// judgeSkipped reports an exit that some path reaches behind a defer
// statement whose call has an effect that outlives the process. It is a may
// analysis over the graph of the function alone: what its callers have
// deferred is theirs to know.
func (c *checker) judgeSkipped(x exit) bool {
	_, body := match.FuncParts(x.fn.Node())
	if isDeferred(x.cursor) || c.inTest(x) && !c.inTestMain(x) {
		return false
	}
	var graph *program.Graph
	for cursor := range x.fn.Preorder((*ast.DeferStmt)(nil)) {
		stmt := cursor.Node().(*ast.DeferStmt)
		if !c.owns(x.fn, cursor) {
			continue
		}
		effect := c.outliving(stmt.Call, x.fn, 3)
		if effect == nil || c.sameHouse(effect, x.callee) || c.madeBefore(stmt, effect, x) || c.nothingWritten(stmt, effect, x) || model.Removes(effect) && c.judges(stmt, x) {
			continue
		}
		if graph == nil {
			graph = c.prog.Graph(body)
		}
		from, ok := graph.Find(stmt)
		to, found := graph.Find(x.expr)
		if ok && found && graph.Reaches(from, to, func(program.Step) bool { return false }) {
			c.report(x, stmt, effect)
			return true
		}
	}
	return false
}

// sameHouse reports whether a logger does itself, before it exits, what the
// deferred call would do.
func (c *checker) sameHouse(effect, callee *types.Func) bool {
	return effect.Pkg() == callee.Pkg() && callee.Pkg() != c.pass.Pkg && !model.IsStandard(callee.Pkg())
}

func isDeferred(call inspector.Cursor) bool {
	switch call.ParentEdgeKind() {
	case edge.DeferStmt_Call, edge.GoStmt_Call:
		return true
	}
	return false
}

// owns reports whether a statement is one of the function itself.
func (c *checker) owns(fn, stmt inspector.Cursor) bool {
	for owner := range stmt.Enclosing((*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		return owner.Node() == fn.Node()
	}
	return false
}

func (c *checker) report(x exit, stmt *ast.DeferStmt, effect *types.Func) {
	what := effect.Name()
	if recv := effect.Signature().Recv(); recv == nil && effect.Pkg() != c.pass.Pkg {
		what = effect.Pkg().Name() + "." + what
	}
	callee := edit.Print(c.pass.Fset, x.expr.Fun)
	c.reporter.Add(report.Finding{
		Range:   x.expr.Fun,
		Subject: stmt.Pos(), // the first exit that skips it is enough
		Message: fmt.Sprintf("%s ends the process: %s, deferred at line %d, is not called", callee, what, c.line(stmt)),
		Related: []analysis.RelatedInformation{report.Here(report.Word(stmt, "defer"), "deferred here and skipped")},
		Fixes:   c.leaveToTesting(x),
	})
}

func (c *checker) line(n ast.Node) int { return c.pass.Fset.Position(n.Pos()).Line }

// outliving returns a function with an effect that outlives the process which
// the call leads to: itself, in a literal or a function of the package, or in
// one that a function of the package has returned.
func (c *checker) outliving(call *ast.CallExpr, fn inspector.Cursor, depth int) *types.Func {
	if lit, ok := ast.Unparen(call.Fun).(*ast.FuncLit); ok {
		return c.outlivingIn(lit.Body, fn, depth)
	}
	switch callee := typeutil.Callee(c.info, call).(type) {
	case *types.Func:
		if model.OutlivesProcess(callee) {
			return callee
		}
		if decl := c.decls[callee.Origin()]; decl != nil && decl.Body != nil && depth > 0 {
			return c.outlivingIn(decl.Body, fn, depth-1)
		}
	case *types.Var:
		if made := c.madeBy(callee, fn); made != nil && depth > 0 {
			return c.outlivingIn(made, fn, depth-1)
		}
	}
	return nil
}

func (c *checker) outlivingIn(body ast.Node, fn inspector.Cursor, depth int) *types.Func {
	var effect *types.Func
	ast.Inspect(body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && effect == nil {
			effect = c.outliving(call, fn, depth)
		}
		return effect == nil
	})
	return effect
}

// madeBy returns the code of the function that a local variable holds: a
// literal, or those that a function of the package returns.
func (c *checker) madeBy(v *types.Var, fn inspector.Cursor) ast.Node {
	for cursor := range fn.Preorder((*ast.AssignStmt)(nil)) {
		for i, set := range match.Assignments(cursor.Node()) {
			if match.LocalVar(c.info, set.Left) != v {
				continue
			}
			switch right := ast.Unparen(set.Right).(type) {
			case *ast.FuncLit:
				return right.Body
			case *ast.CallExpr:
				return c.returnedBy(right, i)
			}
		}
	}
	return nil
}

// returnedBy returns the literal that a function of the package returns as
// its result of the given index.
func (c *checker) returnedBy(call *ast.CallExpr, index int) ast.Node {
	fn, ok := typeutil.Callee(c.info, call).(*types.Func)
	if !ok || c.decls[fn.Origin()] == nil || c.decls[fn.Origin()].Body == nil {
		return nil
	}
	var found ast.Node
	ast.Inspect(c.decls[fn.Origin()].Body, func(n ast.Node) bool {
		if ret, ok := n.(*ast.ReturnStmt); ok && index < len(ret.Results) {
			if lit, ok := ast.Unparen(ret.Results[index]).(*ast.FuncLit); ok {
				found = lit.Body
			}
		}
		return found == nil
	})
	return found
}

func (c *checker) inTestMain(x exit) bool {
	decl, ok := x.fn.Node().(*ast.FuncDecl)
	return ok && decl.Recv == nil && decl.Name.Name == "TestMain"
}

// leaveToTesting returns the fix for os.Exit(m.Run()) in TestMain: since Go
// 1.15 package testing exits with what Run returned.
func (c *checker) leaveToTesting(x exit) []analysis.SuggestedFix {
	if !c.inTestMain(x) || model.Key(x.callee) != "os.Exit" || len(x.expr.Args) != 1 {
		return nil
	}
	run, ok := ast.Unparen(x.expr.Args[0]).(*ast.CallExpr)
	if !ok || model.Key(typeutil.StaticCallee(c.info, run)) != "(testing.M).Run" || c.onlyUse("os", x) {
		return nil
	}
	return []analysis.SuggestedFix{edit.Fix("Leave the exit to package testing", edit.Replace(x.expr, edit.Source(c.pass, run)))}
}

// onlyUse reports whether the file would no longer use a package that
// it imports, were it not for the exit's name of it.
func (c *checker) onlyUse(pkg string, x exit) bool {
	uses := 0
	for file := range x.cursor.Enclosing((*ast.File)(nil)) {
		for cursor := range file.Preorder((*ast.Ident)(nil)) {
			if used, ok := c.info.Uses[cursor.Node().(*ast.Ident)].(*types.PkgName); ok && used.Imported().Path() == pkg {
				uses++
			}
		}
	}
	return uses == 1
}
