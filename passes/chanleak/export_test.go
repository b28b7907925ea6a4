package chanleak

import (
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/report/reporttest"
)

// Alone reports what is found without exploration.
var Alone = reporttest.Half("chanleakalone", leftBehind, program.Analyzer)
