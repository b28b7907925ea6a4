package waitmisuse

import (
	_ "embed"
	"fmt"
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/doc"
	"github.com/goconclint/goconclint/passes/internal/explore"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/report/verdicts"
)

//go:embed doc.go
var source string

const name = "waitmisuse"

// Analyzer reports WaitGroups that wait too long or not long enough.
var Analyzer = &analysis.Analyzer{
	Name:     name,
	Doc:      doc.Must(source, name),
	URL:      doc.URL(name),
	Requires: []*analysis.Analyzer{program.Analyzer, report.Requires, verdicts.Analyzer},
	Run:      run,
}

func run(pass *analysis.Pass) (any, error) {
	reporter := report.New(pass)
	verdicts.Join(pass, reporter, append(withoutSchedule(pass), uncounted(pass)...), func(v *verdicts.Verdict) (report.Finding, bool) {
		switch v.Kind {
		case explore.KindSyncRace:
			return lateAdd(pass, v)
		case explore.KindNegative:
			return report.Finding{Range: v.Ops[0].Range, Low: countedElsewhere(pass, v), Message: fmt.Sprintf(
				"%s counts below zero here, as Done is called more often than Add says: this panics", group(&v.Ops[0]))}, true
		}
		return report.Finding{Range: v.Ops[0].Range, Message: fmt.Sprintf(
			"%s.Wait waits here for ever: Add counts more than Done is called", group(&v.Ops[0]))}, true
	})
	reporter.Flush()
	return nil, nil
}

// countedElsewhere reports whether the group is a field that a function
// counts up which has no part in the schedule: who has what comes to the Done
// counted isn't seen.
func countedElsewhere(pass *analysis.Pass, v *verdicts.Verdict) bool {
	field, ok := v.Ops[0].Object.(*types.Var)
	if !ok || !field.IsField() {
		return false
	}
	for _, add := range findCounters(pass.ResultOf[program.Analyzer].(*program.Program)).adds[field] {
		syntax := add.Parent().Syntax()
		if !slices.ContainsFunc(v.Schedule, func(step analysis.RelatedInformation) bool {
			return syntax.Pos() <= step.Pos && step.Pos < syntax.End()
		}) {
			return true
		}
	}
	return false
}

// lateAdd reports an Add that Wait may come before.
func lateAdd(pass *analysis.Pass, v *verdicts.Verdict) (report.Finding, bool) {
	add, wait := &v.Ops[0], &v.Ops[1]
	if method(add) == "Wait" {
		add, wait = wait, add
	}
	if method(wait) != "Wait" {
		return report.Finding{}, false
	}
	f := report.Finding{
		Range: add.Range,
		Message: fmt.Sprintf("%s.Wait at %s may come before this %s, and then doesn't wait for it",
			group(add), verdicts.Place(pass, wait.Pos), method(add)),
		Fixes: fixes(pass, add.Node),
	}
	if add.Spawn.IsValid() {
		f.Message = fmt.Sprintf("%s.%s runs in the goroutine started at %s: %s.Wait at %s may come before it",
			group(add), method(add), verdicts.Place(pass, add.Spawn), group(wait), verdicts.Place(pass, wait.Pos))
	}
	return f, true
}

// group names the WaitGroup.
func group(op *verdicts.Op) string {
	if op.Name == "" {
		return "the WaitGroup"
	}
	return op.Name
}

// method returns the name of the method that the operation calls.
func method(op *verdicts.Op) string {
	call, _ := op.Node.(*ast.CallExpr)
	if stmt, ok := op.Node.(*ast.DeferStmt); ok {
		call = stmt.Call
	}
	if call == nil {
		return ""
	}
	if selector, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		return selector.Sel.Name
	}
	return ""
}
