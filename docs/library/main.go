// Ourchecks is an example of a checker of one's own: checks of goconclint
// beside one that only this house needs, in x/tools' driver. It works by
// itself, ourchecks ./..., and in go vet -vettool=ourchecks.
package main

import (
	"go/ast"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/multichecker"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/mapguard"
	"github.com/goconclint/goconclint/passes/suite"
)

func main() {
	checks := []*analysis.Analyzer{
		mapguard.Analyzer, // one check by its package
		noSleep,           // one of the house
	}
	for _, check := range suite.In(suite.Locks) { // those of a group that are on by default
		if check.Default {
			checks = append(checks, check.Analyzer)
		}
	}
	multichecker.Main(checks...)
}

// noSleep reports calls of time.Sleep: in this house one waits for something.
var noSleep = &analysis.Analyzer{
	Name:     "nosleep",
	Doc:      "report calls of time.Sleep",
	Requires: []*analysis.Analyzer{inspect.Analyzer},
	Run: func(pass *analysis.Pass) (any, error) {
		files := pass.ResultOf[inspect.Analyzer].(*inspector.Inspector)
		for call := range inspector.All[*ast.CallExpr](files) {
			if fn := typeutil.StaticCallee(pass.TypesInfo, call); fn != nil && fn.FullName() == "time.Sleep" {
				pass.Reportf(call.Pos(), "wait for what is to happen instead of sleeping")
			}
		}
		return nil, nil
	},
}
