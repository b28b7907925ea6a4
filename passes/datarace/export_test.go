package datarace

import (
	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/summarize"
)

// Alone reports what is found without exploration.
var Alone = &analysis.Analyzer{
	Name:     "dataracealone",
	Doc:      "the half of datarace that explores nothing",
	Requires: []*analysis.Analyzer{summarize.Analyzer},
	Run: func(pass *analysis.Pass) (any, error) {
		for _, f := range withoutSchedule(pass, nil) {
			pass.ReportRangef(f.Range, "%s", f.Message)
		}
		return nil, nil
	},
}
