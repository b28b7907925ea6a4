package loopcapture_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/internal/passtest"
	"github.com/goconclint/goconclint/passes/loopcapture"
)

func TestAnalyzer(t *testing.T) { passtest.Run(t, loopcapture.Analyzer) }
