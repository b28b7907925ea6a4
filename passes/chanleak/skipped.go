package chanleak

import (
	"go/ast"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// skipped finds what one path of a function passes by that others do, and
// for which somebody waits: to give back the slot of a semaphore, to answer a
// request, to say that a goroutine has ended; and what a goroutine passes by
// when it ends, the calls that wait for its answers.
func skipped(pass *analysis.Pass) []report.Finding {
	makes, sends := channelSyntax(pass)
	if !makes || !sends {
		return nil
	}
	r := findRoads(sharing.Collect(pass, pass.ResultOf[program.Analyzer].(*program.Program)))
	found := keptSlots(pass, r)
	found = append(found, unanswered(pass, r)...)
	found = append(found, impatient(pass, r)...)
	found = append(found, pending(pass, r)...)
	found = append(found, leftInQueue(pass, r)...)
	return append(found, unsaid(pass, r)...)
}

// channelSyntax reports whether the package makes channels, and whether it
// sends on one or closes one: others need no SSA.
func channelSyntax(pass *analysis.Pass) (makes, ends bool) {
	for _, file := range pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SendStmt:
				ends = true
			case *ast.CallExpr:
				name := match.Builtin(pass.TypesInfo, n)
				makes = makes || name == "make" && match.IsChan(pass.TypesInfo.TypeOf(n))
				ends = ends || name == "close"
			}
			return !makes || !ends
		})
	}
	return makes, ends
}
