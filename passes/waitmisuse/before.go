package waitmisuse

import (
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/report/verdicts"
)

// fixes moves an Add in front of the go statement, where it is the first
// statement of the goroutine's literal:
//
//	go func() {
//		wg.Add(1)    // → in front of go
//		defer wg.Done()
//		…
//	}()
func fixes(pass *analysis.Pass, node ast.Node) []analysis.SuggestedFix {
	add, ok := node.(*ast.CallExpr)
	if !ok {
		return nil
	}
	lit, ok := verdicts.Function(pass, add.Pos()).(*ast.FuncLit)
	if !ok || len(lit.Body.List) < 2 {
		return nil
	}
	first, ok := lit.Body.List[0].(*ast.ExprStmt)
	if !ok || first.X != add {
		return nil
	}
	spawn := goStmt(pass, lit)
	if spawn == nil {
		return nil
	}
	for _, arg := range add.Args {
		if _, ok := arg.(*ast.BasicLit); !ok {
			return nil // it may not mean the same there
		}
	}
	indentation := edit.Indentation(pass, spawn.Pos())
	return []analysis.SuggestedFix{edit.Fix("Count the goroutine before it starts",
		edit.Insert(spawn.Pos(), edit.Source(pass, first)+"\n"+indentation),
		edit.Line(pass, first),
	)}
}

// goStmt returns the go statement that starts a literal, or nil.
func goStmt(pass *analysis.Pass, lit *ast.FuncLit) *ast.GoStmt {
	var found *ast.GoStmt
	for _, file := range pass.Files {
		if !within(file, lit.Pos()) {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if stmt, ok := n.(*ast.GoStmt); ok && stmt.Call.Fun == lit {
				found = stmt
			}
			return found == nil
		})
	}
	return found
}

func within(file *ast.File, pos token.Pos) bool { return file.FileStart <= pos && pos <= file.FileEnd }
