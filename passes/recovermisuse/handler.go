package recovermisuse

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// A handler is a deferred function that calls recover.
type handler struct {
	recover inspector.Cursor // the call
	fn      inspector.Cursor // the literal or declaration
	body    *ast.BlockStmt
	value   *types.Var // what recover returned; nil if it has no name
	branch  *ast.BlockStmt
	dropped bool // nobody looks at it
	elsehow bool // it goes somewhere out of sight
}

func (c *checker) handler(call, fn inspector.Cursor) handler {
	_, body := match.FuncParts(fn.Node())
	h := handler{recover: call, fn: fn, body: body}
	switch parent := call.Parent().Node().(type) {
	case *ast.ExprStmt:
		h.dropped = true
	case *ast.AssignStmt:
		h.value = match.LocalVar(c.info, parent.Lhs[0])
		h.dropped = match.IsBlank(parent.Lhs[0])
		h.elsehow = !h.dropped && (h.value == nil || h.value.Pos() < body.Pos())
	case *ast.BinaryExpr:
	default:
		h.elsehow = true
	}
	h.branch = recoveredBranch(call, body)
	return h
}

// recoveredBranch returns the block that runs when there was a panic: of
// if r := recover(); r != nil, or else the handler's body.
func recoveredBranch(call inspector.Cursor, body *ast.BlockStmt) *ast.BlockStmt {
	for outer := range call.Enclosing((*ast.IfStmt)(nil), (*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		branch, ok := outer.Node().(*ast.IfStmt)
		if !ok {
			break
		}
		if cond, ok := ast.Unparen(branch.Cond).(*ast.BinaryExpr); ok && cond.Op == token.NEQ {
			return branch.Body
		}
	}
	return body
}

// judgeHandler judges what a deferred function makes of a panic, the worst
// first.
func (c *checker) judgeHandler(call, fn inspector.Cursor) {
	if match.InTestFile(c.pass.Fset, call.Node().Pos()) {
		return // tests of panics ask for them
	}
	h := c.handler(call, fn)
	if h.elsehow {
		return
	}
	if again := c.panicsWithout(h); again != nil {
		c.reporter.Add(report.Finding{
			Range:   again.Fun,
			Low:     true, // the runtime prints both, and so does who looks for the cause
			Message: "panic forgets the panic that was recovered: who recovers this one learns nothing of the first",
			Related: here(h.recover.Node().(ast.Expr), "recovered here"),
		})
		return
	}
	protected, ok := protectedBy(fn)
	if !ok {
		return
	}
	if spawn := c.onlyWaits(protected); spawn != nil {
		c.reportElsewhere(call, protected, spawn)
		return
	}
	if c.endsAnyhow(h) {
		return
	}
	switch {
	case c.endsAsSuccess(h.fn.Node(), h.body, protected):
		c.reportSuccess(h, protected)
	case c.abortsEaten(h, protected):
		c.reportAbort(h)
	case h.dropped && !c.excused(h.fn.Node(), protected.Node()):
		c.reporter.Add(report.Finding{
			Range:   call.Node(),
			Low:     true,
			Message: fmt.Sprintf("result of recover is dropped: any panic in %s, whatever its reason, ends without a trace", title(protected.Node())),
		})
	}
}

// protectedBy returns the function that defers a literal.
func protectedBy(lit inspector.Cursor) (inspector.Cursor, bool) {
	if lit.ParentEdgeKind() != edge.CallExpr_Fun || lit.Parent().ParentEdgeKind() != edge.DeferStmt_Call {
		return lit, false
	}
	for fn := range lit.Parent().Enclosing((*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		return fn, true
	}
	return lit, false
}

// panicsWithout returns a panic in the handler that tells nothing of what
// was recovered, if the handler tells nobody else of it either. A panic with
// a variable of the package translates: callers compare with it.
func (c *checker) panicsWithout(h handler) *ast.CallExpr {
	if h.dropped || h.value != nil && c.looksAt(h) {
		return nil
	}
	var again *ast.CallExpr
	for _, stmt := range h.branch.List {
		if expr, ok := stmt.(*ast.ExprStmt); ok && c.isPanic(expr.X) && !c.isSentinel(expr.X.(*ast.CallExpr)) {
			again = expr.X.(*ast.CallExpr)
		}
	}
	return again
}

func (c *checker) isSentinel(call *ast.CallExpr) bool {
	if len(call.Args) != 1 {
		return false
	}
	_, literal := ast.Unparen(call.Args[0]).(*ast.BasicLit)
	return !literal && !isCall(call.Args[0])
}

// looksAt reports whether the handler does anything with the value but to
// compare it with nil.
func (c *checker) looksAt(h handler) bool {
	found := false
	ast.Inspect(h.body, func(n ast.Node) bool {
		if cmp, ok := n.(*ast.BinaryExpr); ok && c.info.Types[cmp.Y].IsNil() && match.LocalVar(c.info, cmp.X) == h.value {
			return false
		}
		if id, ok := n.(*ast.Ident); ok && c.info.Uses[id] == h.value {
			found = true
		}
		return !found
	})
	return found
}

func (c *checker) isPanic(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	switch fn := typeutil.Callee(c.info, call).(type) {
	case *types.Builtin:
		return fn.Name() == "panic"
	case *types.Func:
		return model.LogsAndPanics(fn)
	}
	return false
}

// endsAnyhow reports whether the handler panics or ends the goroutine or
// process on some path.
func (c *checker) endsAnyhow(h handler) bool {
	found := false
	ast.Inspect(h.body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			fn, _ := typeutil.Callee(c.info, call).(*types.Func)
			found = found || c.isPanic(call) || fn != nil && (c.prog.NoReturn(fn) || c.known.Ending(fn).Exits)
		}
		return !found
	})
	return found
}
