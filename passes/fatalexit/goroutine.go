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

// judgeHelper reports a function of the package that may fail the test whose t
// it is given, called on another goroutine than that test's.
func (c *checker) judgeHelper(x exit) {
	lit, isLit := x.fn.Node().(*ast.FuncLit)
	if !isLit || !c.inTest(x) {
		return
	}
	runner := c.runner(x.fn)
	if x.fn.ParentEdgeKind() == edge.CallExpr_Fun && x.fn.Parent().ParentEdgeKind() == edge.GoStmt_Call {
		runner = "the go statement"
	}
	fatal := c.failsTest(x.callee)
	for i, arg := range x.expr.Args {
		t := match.LocalVar(c.info, arg)
		if runner == "" || t == nil || lit.Pos() <= t.Pos() && t.Pos() < lit.End() || fatal[i] == nil {
			continue
		}
		c.reporter.Add(report.Finding{
			Range:   x.expr.Fun,
			Low:     true, // std's own tests do it everywhere, and are none the worse for it
			Message: fmt.Sprintf("%s may end the goroutine of %s by %s, not the test's: the test goes on", edit.Print(c.pass.Fset, x.expr.Fun), runner, edit.Print(c.pass.Fset, fatal[i].Fun)),
			Related: []analysis.RelatedInformation{report.Here(fatal[i].Fun, "ends the goroutine that calls it")},
		})
		return
	}
}

// helpsTest reports whether fn is a function of the package that is given the
// t of a test and may fail it.
func (c *checker) helpsTest(fn *types.Func) bool { return len(c.failsTest(fn)) > 0 }

// failsTest returns, by the index of the parameter, the calls by which a
// function of the package ends the test of a parameter, outside of literals.
func (c *checker) failsTest(fn *types.Func) map[int]*ast.CallExpr {
	decl := c.decls[fn.Origin()]
	if decl == nil || decl.Body == nil || !match.InTestFile(c.pass.Fset, decl.Pos()) {
		return nil
	}
	params := fn.Origin().Signature().Params()
	found := make(map[int]*ast.CallExpr)
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			_, isLit := n.(*ast.FuncLit)
			return !isLit
		}
		fun, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		if callee, _ := typeutil.Callee(c.info, call).(*types.Func); !ok || callee == nil || !endsTest(callee) {
			return true
		}
		t := match.LocalVar(c.info, fun.X)
		for i := range params.Len() {
			if t != nil && params.At(i) == t && found[i] == nil {
				found[i] = call
			}
		}
		return true
	})
	return found
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
