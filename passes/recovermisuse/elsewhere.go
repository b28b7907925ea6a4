package recovermisuse

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// onlyWaits returns the go statement of a function that leaves to a goroutine
// all that could panic, and only waits itself, or nil: to defer a handler there
// is of no use.
//
//	defer func() {
//		if v := recover(); v != nil { … }
//	}()
//	res := make(chan error, 1)
//	go func() { res <- hook.Handle(event) }()
//	select {
//	case err := <-res:
//		return err
//	case <-timer.C:
//		return errTimeout
//	}
//
// What the function does by itself is known not to panic: calls of the
// standard library, channel operations. The goroutine must call code of which
// nothing is known here, and not recover.
func (c *checker) onlyWaits(protected inspector.Cursor) *ast.GoStmt {
	_, body := match.FuncParts(protected.Node())
	var spawn *ast.GoStmt
	calm := true
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.GoStmt:
			if lit, ok := ast.Unparen(n.Call.Fun).(*ast.FuncLit); ok && len(n.Call.Args) == 0 && c.runsForeign(lit.Body) {
				spawn = n
				return false
			}
			calm = false
		case *ast.DeferStmt:
			return false // the handler, and what gives back
		case *ast.CallExpr:
			calm = calm && c.isCalm(n)
		case *ast.IndexExpr, *ast.SliceExpr, *ast.TypeAssertExpr, *ast.StarExpr:
			calm = false
		case *ast.BinaryExpr:
			calm = calm && n.Op != token.QUO && n.Op != token.REM
		}
		return calm
	})
	if !calm {
		return nil
	}
	return spawn
}

// isCalm reports whether a call is known not to panic: a conversion, a
// built-in function other than panic, or code of the standard library.
func (c *checker) isCalm(call *ast.CallExpr) bool {
	if c.info.Types[call.Fun].IsType() {
		return true
	}
	switch fn := typeutil.Callee(c.info, call).(type) {
	case *types.Builtin:
		return fn.Name() != "panic"
	case *types.Func:
		return model.IsStandard(fn.Pkg())
	}
	return false
}

// runsForeign reports whether a goroutine calls a function value or a method
// of an interface, which isn't one of the standard library's, and doesn't
// recover.
func (c *checker) runsForeign(body *ast.BlockStmt) bool {
	if c.recoversIn(body) {
		return false
	}
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || found || c.info.Types[call.Fun].IsType() {
			return !found
		}
		switch fn := typeutil.Callee(c.info, call).(type) {
		case *types.Func:
			recv := fn.Signature().Recv()
			found = recv != nil && types.IsInterface(recv.Type()) && !model.IsStandard(fn.Pkg())
		case *types.Var:
			found = model.TypeKey(fn.Type()) != "context.CancelFunc"
		}
		return !found
	})
	return found
}

// recoversIn reports whether a body calls recover or defers a function that
// does.
func (c *checker) recoversIn(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && !found {
			fn, _ := typeutil.Callee(c.info, call).(*types.Func)
			found = match.IsRecover(c.info, call) || fn != nil && c.known.Ending(fn).Recovers
		}
		return !found
	})
	return found
}

func (c *checker) reportElsewhere(at, protected inspector.Cursor, spawn *ast.GoStmt) {
	c.reporter.Add(report.Finding{
		Range:   at.Node(),
		Message: fmt.Sprintf("panics end the process all the same: what can panic in %s runs on the goroutine started at line %d", title(protected.Node()), c.pass.Fset.Position(spawn.Pos()).Line),
		Related: []analysis.RelatedInformation{report.Here(report.Word(spawn, "go"), "goroutine started here, without a recover of its own")},
	})
}
