// Package reporttest helps the tests of analyzers that join the findings of
// two engines.
package reporttest

import (
	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/report"
)

// Half returns an analyzer of what one of the functions finds that an
// analyzer joins, for passtest.Covers to tell what it finds by itself.
func Half(name string, find func(*analysis.Pass) []report.Finding, requires ...*analysis.Analyzer) *analysis.Analyzer {
	return &analysis.Analyzer{
		Name:     name,
		Doc:      "a part of another analyzer",
		Requires: requires,
		Run: func(pass *analysis.Pass) (any, error) {
			for _, f := range find(pass) {
				pass.ReportRangef(f.Range, "%s", f.Message)
			}
			return nil, nil
		},
	}
}
