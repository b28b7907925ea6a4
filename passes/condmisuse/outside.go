package condmisuse

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/report/verdicts"
)

// outside finds atomics for which a loop waits, and that a method sets without
// the lock of the condition before it wakes the others:
//
//	for !q.closed.Load() { q.cond.Wait() }
//	…
//	q.closed.Store(true) // between Load and Wait
//	q.cond.Broadcast()   // nobody waits yet
//
// That the variable is atomic doesn't help: the lock is what keeps it as it is
// until Wait listens. Of plain variables guardedby and datarace say so. Only
// exported methods that nobody calls in the package are looked at, since
// others may run under their callers' lock.
func outside(pass *analysis.Pass, wait *ast.CallExpr, loop *ast.ForStmt, signals []*ast.CallExpr) []report.Finding {
	asked := atomicsIn(pass, loop)
	if len(asked) == 0 {
		return nil
	}
	var found []report.Finding
	for _, signal := range signals {
		fn := methodAround(pass, signal)
		if fn == nil || !fn.Name.IsExported() || locks(pass, fn, 3) || isCalled(pass, fn) {
			continue
		}
		ast.Inspect(fn.Body, func(n ast.Node) bool {
			set, ok := n.(*ast.CallExpr)
			if !ok || set.Pos() > signal.Pos() || !sets(pass, set, asked) {
				return true
			}
			name := edit.Print(pass.Fset, set.Fun.(*ast.SelectorExpr).X)
			cond := edit.Print(pass.Fset, signal.Fun.(*ast.SelectorExpr).X)
			found = append(found, report.Finding{
				Range: set, Subject: set,
				Message: fmt.Sprintf("%s is set here without the lock of %s: who has seen the old value and is about to wait is never woken", name, cond),
				Related: []analysis.RelatedInformation{report.Here(wait, "waits here"), report.Here(signal, "wakes here")},
			})
			return false
		})
	}
	return found
}

// atomicsIn returns the fields of package sync/atomic's types that the
// condition of a loop asks.
func atomicsIn(pass *analysis.Pass, loop *ast.ForStmt) map[*types.Var]bool {
	asked := make(map[*types.Var]bool)
	if loop.Cond == nil {
		return asked
	}
	ast.Inspect(loop.Cond, func(n ast.Node) bool {
		if name, ok := n.(*ast.Ident); ok {
			if v, ok := pass.TypesInfo.Uses[name].(*types.Var); ok && v.IsField() && strings.HasPrefix(model.TypeKey(v.Type()), "sync/atomic.") {
				asked[v.Origin()] = true
			}
		}
		return true
	})
	return asked
}

// methodAround returns the method in which a call stands, outside of function
// literals.
func methodAround(pass *analysis.Pass, call *ast.CallExpr) *ast.FuncDecl {
	fn, ok := verdicts.Function(pass, call.Pos()).(*ast.FuncDecl)
	if !ok || fn.Recv == nil || match.InTestFile(pass.Fset, fn.Pos()) {
		return nil
	}
	return fn
}

// locks reports whether a function takes a lock, or calls functions of the
// package that do so for it, up to a few calls deep.
func locks(pass *analysis.Pass, fn *ast.FuncDecl, depth int) bool {
	found := false
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && !found {
			found = match.TakesLock(pass.TypesInfo, call) || depth > 0 && helperLocks(pass, call, depth-1)
		}
		return !found
	})
	return found
}

// helperLocks reports whether the called function is one of the package and
// takes a lock.
func helperLocks(pass *analysis.Pass, call *ast.CallExpr, depth int) bool {
	callee := typeutil.StaticCallee(pass.TypesInfo, call)
	if callee == nil || callee.Pkg() != pass.Pkg {
		return false
	}
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if ok && fn.Body != nil && pass.TypesInfo.Defs[fn.Name] == types.Object(callee.Origin()) {
				return locks(pass, fn, depth)
			}
		}
	}
	return false
}

// isCalled reports whether the package names the method.
func isCalled(pass *analysis.Pass, fn *ast.FuncDecl) bool {
	method := pass.TypesInfo.Defs[fn.Name]
	for _, obj := range pass.TypesInfo.Uses {
		if used, ok := obj.(*types.Func); ok && types.Object(used.Origin()) == method {
			return true
		}
	}
	return false
}

// sets reports whether a call sets one of the atomics.
func sets(pass *analysis.Pass, call *ast.CallExpr, asked map[*types.Var]bool) bool {
	fun, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	field, ok := ast.Unparen(fun.X).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	v, ok := pass.TypesInfo.Uses[field.Sel].(*types.Var)
	if !ok || !asked[v.Origin()] {
		return false
	}
	switch fun.Sel.Name {
	case "Store", "Add", "Swap", "CompareAndSwap", "Or", "And":
		return true
	}
	return false
}
