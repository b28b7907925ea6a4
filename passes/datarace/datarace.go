package datarace

import (
	_ "embed"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/doc"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/report/verdicts"
)

//go:embed doc.go
var source string

const name = "datarace"

// Analyzer reports variables that two goroutines use at the same time.
var Analyzer = &analysis.Analyzer{
	Name:     name,
	Doc:      doc.Must(source, name),
	URL:      doc.URL(name),
	Requires: []*analysis.Analyzer{report.Requires, verdicts.Analyzer},
	Run:      run,
}

func run(pass *analysis.Pass) (any, error) {
	verdicts.Report(pass, func(v *verdicts.Verdict) (report.Finding, bool) {
		return verdicts.WordRace(pass, v, ""), true
	})
	return nil, nil
}
