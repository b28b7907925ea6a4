package loopcapture_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/passes/loopclosure"

	"github.com/goconclint/goconclint/passes/internal/passtest"
	"github.com/goconclint/goconclint/passes/loopcapture"
)

func TestAnalyzer(t *testing.T) { passtest.Run(t, loopcapture.Analyzer) }

// TestCoversLoopclosure compares with the check of go vet that ours replaces.
func TestCoversLoopclosure(t *testing.T) {
	passtest.Covers(t, loopcapture.Analyzer, loopclosure.Analyzer, 10)
}
