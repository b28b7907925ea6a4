package fatalexit

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// judgeTest reports t.Fatal and its kin on another goroutine than that of
// the test whose t it is. A go statement is testinggoroutine's to report.
func (c *checker) judgeTest(x exit) {
	fun, ok := ast.Unparen(x.expr.Fun).(*ast.SelectorExpr)
	if !ok {
		return
	}
	t := match.LocalVar(c.info, fun.X)
	lit, isLit := x.fn.Node().(*ast.FuncLit)
	if t == nil || !isLit || lit.Pos() <= t.Pos() && t.Pos() < lit.End() {
		return
	}
	runner := c.runner(x.fn)
	if runner == "" {
		return
	}
	c.reporter.Add(report.Finding{
		Range:   x.expr.Fun,
		Low:     runner == server,
		Message: fmt.Sprintf("%s ends the goroutine of %s, not the test's: the test goes on", edit.Print(c.pass.Fset, fun), runner),
		Fixes:   c.failed(x, fun, lit),
	})
}

// server is the runner of handlers. To fail a test in a handler is widespread,
// and the client's error mostly ends the test anyway: hence of low confidence.
const server = "an HTTP server"

// runner names what runs a literal on another goroutine, or is "".
func (c *checker) runner(lit inspector.Cursor) string {
	if lit.ParentEdgeKind() != edge.CallExpr_Args {
		return ""
	}
	call := lit.Parent().Node().(*ast.CallExpr)
	if c.info.Types[call.Fun].IsType() { // http.HandlerFunc(func …)
		if c.handles(lit) {
			return server
		}
		return ""
	}
	fn, ok := typeutil.Callee(c.info, call).(*types.Func)
	switch {
	case !ok:
		return ""
	case model.Spawns(fn) >= 0:
		return edit.Print(c.pass.Fset, call.Fun)
	case c.handles(lit) && model.KeepsFunc(fn):
		return server
	}
	return ""
}

func (c *checker) handles(lit inspector.Cursor) bool {
	return match.Handler(c.signature(lit.Node()))
}

// failed returns the fix that notes the failure and returns.
func (c *checker) failed(x exit, fun *ast.SelectorExpr, lit *ast.FuncLit) []analysis.SuggestedFix {
	rest, ok := strings.CutPrefix(fun.Sel.Name, "Fatal")
	if !ok || lit.Type.Results.NumFields() > 0 || x.cursor.ParentEdgeKind() != edge.ExprStmt_X {
		return nil
	}
	indent := edit.Indentation(c.pass, x.expr.Pos())
	return []analysis.SuggestedFix{edit.Fix("Note the failure and return",
		edit.Replace(fun.Sel, "Error"+rest), edit.Insert(x.expr.End(), "\n"+indent+"return"))}
}
