package condmisuse

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/report/verdicts"
	"github.com/goconclint/goconclint/passes/internal/summarize"
)

// endsForOne finds a Signal for a flag that ends all waiting loops, and that
// nobody resets:
//
//	for len(q.items) == 0 && !q.closed { q.cond.Wait() }
//	…
//	q.closed = true
//	q.cond.Signal()
//
// One of those who wait is woken and goes home, the others wait on. Signal is
// right if only one can wait, so that low confidence is left unless the package
// starts goroutines in a loop that wait.
func endsForOne(pass *analysis.Pass, c *match.Census) []report.Finding {
	if len(c.Calls["Signal"]) == 0 || c.Escapes {
		return nil
	}
	var found []report.Finding
	for _, wait := range c.Calls["Wait"] {
		loop, _ := around(pass, wait)
		waiter, ok := verdicts.Function(pass, wait.Pos()).(*ast.FuncDecl)
		if loop == nil || !ok || passesOn(pass, waiter, c) {
			continue
		}
		flags := endsOf(pass, loop)
		dropReset(pass, flags)
		for _, signal := range c.Calls["Signal"] {
			if f, ok := wakesOneOf(pass, signal, flags); ok {
				f.Low = !waitsInMany(pass, waiter)
				f.Related = allWait(wait)
				found = append(found, f)
			}
		}
	}
	return found
}

// wakesOneOf is the finding for a Signal, once only, in a function that sets
// one of the flags and broadcasts nothing.
func wakesOneOf(pass *analysis.Pass, signal *ast.CallExpr, flags map[*types.Var]bool) (report.Finding, bool) {
	fn, ok := verdicts.Function(pass, signal.Pos()).(*ast.FuncDecl)
	if !ok || len(flags) == 0 {
		return report.Finding{}, false
	}
	sets := setsFlag(pass, fn.Body, flags)
	if loop, _ := around(pass, signal); loop != nil || len(sets) == 0 || signal.Pos() < sets[0].Pos() {
		return report.Finding{}, false
	}
	return wantsBroadcast(pass, signal, edit.Print(pass.Fset, sets[0].Lhs[0])+" ends the wait for all"), true
}

// passesOn reports whether a function that waits wakes the next itself.
func passesOn(pass *analysis.Pass, waiter *ast.FuncDecl, c *match.Census) bool {
	return slices.ContainsFunc(slices.Concat(c.Calls["Signal"], c.Calls["Broadcast"]), func(call *ast.CallExpr) bool {
		return verdicts.Function(pass, call.Pos()) == ast.Node(waiter)
	})
}

// dropReset leaves out the flags that are set to something else than true
// somewhere: who was woken may take them.
func dropReset(pass *analysis.Pass, flags map[*types.Var]bool) {
	for _, file := range pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			for _, a := range match.Assignments(n) {
				v := match.Variable(pass.TypesInfo, a.Left)
				if v == nil || !v.IsField() {
					continue
				}
				if name, ok := a.Right.(*ast.Ident); !ok || name.Name != "true" {
					delete(flags, v.Origin())
				}
			}
			return true
		})
	}
}

// waitsInMany reports whether goroutines that are started in a loop come to a
// function.
func waitsInMany(pass *analysis.Pass, fn *ast.FuncDecl) bool {
	known := pass.ResultOf[summarize.Analyzer].(*summarize.Result)
	if !known.Spawns() {
		return false
	}
	evidence := known.Evidence()
	for _, waiter := range evidence.Functions() {
		if waiter.Syntax() == ast.Node(fn) {
			return evidence.RunsInMany(waiter)
		}
	}
	return false
}
