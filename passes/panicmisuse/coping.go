package panicmisuse

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// copesAt returns an if statement of a function without an error result in
// which it copes with another error than that of the panic: it does something
// with it and leaves.
//
//	cond, err := parse(rule)
//	if err != nil {
//		panic(err)
//	}
//	v, err := value(cond)
//	if err != nil {
//		e.report(rule, err)
//		return 0, false
//	}
//
// So there is a way to tell of errors here, and the panic doesn't take it. A
// panic that comes first has low confidence: it may be about what has to be
// there before anything is worth while. A function that panics for other
// reasons, too, has chosen to.
func (c *checker) copesAt(s site, u unit) *ast.IfStmt {
	var found *ast.IfStmt
	if c.panicsOtherwise(s, u) {
		return nil
	}
	ast.Inspect(u.body, func(n ast.Node) bool {
		branch, ok := n.(*ast.IfStmt)
		if _, isLit := n.(*ast.FuncLit); isLit || found != nil {
			return false
		}
		if !ok || branch.Pos() <= s.call.Pos() && s.call.Pos() < branch.End() {
			return true
		}
		err := c.comparedWithNil(branch.Cond, token.NEQ)
		if err == nil || !leaves(branch.Body) || c.givesUp(branch.Body) {
			return true
		}
		if v := match.LocalVar(c.info, err); v != nil && match.Mentions(c.info, branch.Body, v) {
			found = branch
		}
		return true
	})
	return found
}

// panicsOtherwise reports whether the function panics somewhere else on a
// condition that isn't an error.
func (c *checker) panicsOtherwise(s site, u unit) bool {
	for cursor := range u.cursor.Preorder((*ast.CallExpr)(nil)) {
		call := cursor.Node().(*ast.CallExpr)
		builtin, ok := typeutil.Callee(c.info, call).(*types.Builtin)
		if ok && builtin.Name() == "panic" && call != s.call && c.guardedError(cursor) == nil {
			return true
		}
	}
	return false
}

// givesUp reports whether a block panics or ends the process or test.
func (c *checker) givesUp(block *ast.BlockStmt) bool {
	found := false
	ast.Inspect(block, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || found {
			return !found
		}
		switch fn := typeutil.Callee(c.info, call).(type) {
		case *types.Builtin:
			found = fn.Name() == "panic"
		case *types.Func:
			found = model.NeverReturns(fn)
		}
		return !found
	})
	return found
}

func (c *checker) inCopingFunc(s site, u unit, cause *ast.CallExpr) report.Finding {
	copes := c.copesAt(s, u)
	return report.Finding{
		Range:   s.blame(),
		Low:     copes.Pos() > s.call.Pos() || !c.dependsOnOutside(cause, 0),
		Message: fmt.Sprintf("%s in %s, which copes with the error at line %d: callers crash when %s", c.spell(s), u.name(), c.line(copes.Pos()), c.event(cause)),
		Related: []analysis.RelatedInformation{report.Here(cause, "fails here"), report.Here(copes.Cond, "another error is told of here")},
	}
}
