package waitmisuse

import (
	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/program"
)

// Alone reports what is found without exploration.
var Alone = &analysis.Analyzer{
	Name:     "waitmisusealone",
	Doc:      "the half of waitmisuse that explores nothing",
	Requires: []*analysis.Analyzer{program.Analyzer},
	Run: func(pass *analysis.Pass) (any, error) {
		for _, f := range withoutSchedule(pass) {
			pass.ReportRangef(f.Range, "%s", f.Message)
		}
		return nil, nil
	},
}
