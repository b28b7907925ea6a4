package deferloop_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/deferloop"
	"github.com/goconclint/goconclint/passes/internal/passtest"
)

func TestAnalyzer(t *testing.T) { passtest.Run(t, deferloop.Analyzer) }
