package datarace

import (
	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/report/reporttest"
	"github.com/goconclint/goconclint/passes/internal/summarize"
)

// Alone reports what is found without exploration.
var Alone = reporttest.Half("dataracealone", func(pass *analysis.Pass) []report.Finding {
	return append(withoutSchedule(pass, nil), ofObjects(pass, nil)...)
}, summarize.Analyzer)
