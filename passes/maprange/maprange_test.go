package maprange_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/internal/passtest"
	"github.com/goconclint/goconclint/passes/maprange"
)

func TestAnalyzer(t *testing.T) { passtest.Run(t, maprange.Analyzer) }
