package datarace

import (
	_ "embed"
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"

	"github.com/goconclint/goconclint/passes/internal/doc"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/report/verdicts"
	"github.com/goconclint/goconclint/passes/internal/summarize"
)

//go:embed doc.go
var source string

const name = "datarace"

// Analyzer reports variables that two goroutines use at the same time.
var Analyzer = &analysis.Analyzer{
	Name:     name,
	Doc:      doc.Must(source, name),
	URL:      doc.URL(name),
	Requires: []*analysis.Analyzer{inspect.Analyzer, report.Requires, program.Analyzer, summarize.Analyzer, verdicts.Analyzer},
	Run:      run,
}

func run(pass *analysis.Pass) (any, error) {
	reporter := report.New(pass)
	for _, f := range refilled(pass, pass.ResultOf[program.Analyzer].(*program.Program)) {
		reporter.Add(f)
	}
	told := shown(pass)
	static := slices.Concat(withoutSchedule(pass, told), registered(pass), ofObjects(pass, told), setAtFirstUse(pass, told))
	verdicts.Join(pass, reporter, static, func(v *verdicts.Verdict) (report.Finding, bool) {
		return verdicts.WordRace(pass, v, ""), true
	})
	reporter.Flush()
	return nil, nil
}

// shown returns the variables of which a schedule is shown, by where they
// are declared.
func shown(pass *analysis.Pass) map[token.Pos]bool {
	found := make(map[token.Pos]bool)
	for _, v := range verdicts.Of(pass, name) {
		if object := v.Ops[0].Object; object != nil && !v.Low {
			found[object.Pos()] = true
		}
	}
	return found
}
