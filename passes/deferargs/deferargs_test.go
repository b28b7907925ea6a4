package deferargs_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/deferargs"
	"github.com/goconclint/goconclint/passes/internal/passtest"
)

func TestAnalyzer(t *testing.T) { passtest.Run(t, deferargs.Analyzer) }
