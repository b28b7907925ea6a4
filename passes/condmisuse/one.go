package condmisuse

import (
	"fmt"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/report/verdicts"
)

// wakesOne finds a Signal for what all who wait have waited for: a gate that
// opens, a count that comes to zero. Each of them would go on, since none
// takes away what it waited for, but one is woken:
//
//	for len(g.missing) > 0 { g.changed.Wait() }
//	return g.err
//	…
//	delete(g.missing, name)
//	g.changed.Signal()
//
// That several wait is taken from the package: others of its functions call
// Broadcast. Where none does, the finding has low confidence.
func wakesOne(pass *analysis.Pass, c *match.Census) []report.Finding {
	waits, signals := c.Calls["Wait"], c.Calls["Signal"]
	if len(waits) == 0 || len(signals) == 0 || c.Escapes {
		return nil
	}
	awaited := make(map[*types.Var]bool)
	for _, wait := range waits {
		loop, _ := around(pass, wait)
		if loop == nil || loop.Cond == nil || !passesBy(pass, wait, loop) {
			return nil
		}
		addFields(pass, loop.Cond, awaited)
	}
	var found []report.Finding
	for _, signal := range signals {
		fn, ok := verdicts.Function(pass, signal.Pos()).(*ast.FuncDecl)
		if !ok || !changes(pass, fn.Body, awaited) {
			continue
		}
		f := wantsBroadcast(pass, signal, "what they wait for stays true for all")
		f.Low = len(c.Calls["Broadcast"]) == 0
		f.Related = allWait(waits[0])
		found = append(found, f)
	}
	return found
}

// wantsBroadcast is the finding for a Signal where all who wait may go on.
func wantsBroadcast(pass *analysis.Pass, signal *ast.CallExpr, why string) report.Finding {
	selector := signal.Fun.(*ast.SelectorExpr)
	return report.Finding{
		Range: signal, Subject: signal,
		Message: fmt.Sprintf("%s.Signal wakes one of those who wait, but %s: it takes a Broadcast", edit.Print(pass.Fset, selector.X), why),
		Fixes:   []analysis.SuggestedFix{edit.Fix("Wake all of them", edit.Replace(selector.Sel, "Broadcast"))},
	}
}

func allWait(wait *ast.CallExpr) []analysis.RelatedInformation {
	return []analysis.RelatedInformation{report.Here(wait, "all wait here")}
}

// passesBy reports whether a function that anybody may call waits, and then
// leaves what it waited for as it is: it only unlocks, reads and returns.
func passesBy(pass *analysis.Pass, wait *ast.CallExpr, loop *ast.ForStmt) bool {
	fn, ok := verdicts.Function(pass, wait.Pos()).(*ast.FuncDecl)
	if !ok || !fn.Name.IsExported() || len(loop.Body.List) != 1 {
		return false
	}
	only := true
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		if n == nil || n.Pos() < loop.End() {
			return only // what comes before can't take anything
		}
		switch n := n.(type) {
		case *ast.FuncLit, *ast.GoStmt, *ast.SendStmt:
			only = false
		case *ast.CallExpr:
			only = only && harmless(pass, n)
		default:
			for _, a := range match.Assignments(n) {
				_, isName := ast.Unparen(a.Left).(*ast.Ident)
				only = only && isName
			}
		}
		return only
	})
	return only
}

// harmless reports whether a call changes nothing of the package's: it
// unlocks, or is of the standard library's words for errors, or predeclared.
func harmless(pass *analysis.Pass, call *ast.CallExpr) bool {
	if pass.TypesInfo.Types[call.Fun].IsType() {
		return true
	}
	switch fn := typeutil.Callee(pass.TypesInfo, call).(type) {
	case *types.Builtin:
		return fn.Name() == "len" || fn.Name() == "cap"
	case *types.Func:
		op := model.LockOperation(fn)
		return op == model.Release || op == model.ReleaseShared || fn.Pkg() != nil && (fn.Pkg().Path() == "fmt" || fn.Pkg().Path() == "errors")
	}
	return false
}

// addFields adds the fields that a condition reads.
func addFields(pass *analysis.Pass, cond ast.Expr, fields map[*types.Var]bool) {
	ast.Inspect(cond, func(n ast.Node) bool {
		if e, ok := n.(*ast.SelectorExpr); ok {
			if v := match.Variable(pass.TypesInfo, e); v != nil && v.IsField() {
				fields[v] = true
			}
		}
		return true
	})
}

// changes reports whether a body changes one of the fields, or an entry of a
// map or slice in it.
func changes(pass *analysis.Pass, body *ast.BlockStmt, fields map[*types.Var]bool) bool {
	found := false
	is := func(e ast.Expr) bool {
		if index, ok := ast.Unparen(e).(*ast.IndexExpr); ok {
			e = index.X
		}
		v := match.Variable(pass.TypesInfo, e)
		return v != nil && fields[v]
	}
	ast.Inspect(body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			shrunk := match.ShrinksMap(pass.TypesInfo, call)
			found = found || shrunk != nil && is(shrunk)
		}
		for _, a := range match.Assignments(n) {
			found = found || is(a.Left)
		}
		return !found
	})
	return found
}
