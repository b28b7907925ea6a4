package maporder_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/internal/passtest"
	"github.com/goconclint/goconclint/passes/maporder"
)

func TestAnalyzer(t *testing.T) { passtest.Run(t, maporder.Analyzer) }
