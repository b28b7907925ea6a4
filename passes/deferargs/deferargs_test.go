package deferargs_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/passes/defers"

	"github.com/goconclint/goconclint/passes/deferargs"
	"github.com/goconclint/goconclint/passes/internal/passtest"
)

func TestAnalyzer(t *testing.T) { passtest.Run(t, deferargs.Analyzer) }

// TestCoversDefers compares with the check of go vet that ours replaces.
func TestCoversDefers(t *testing.T) { passtest.Covers(t, deferargs.Analyzer, defers.Analyzer, 9) }
