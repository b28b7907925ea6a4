package datarace_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/datarace"
	"github.com/goconclint/goconclint/passes/internal/passtest"
)

func Test(t *testing.T) { passtest.Run(t, datarace.Analyzer) }

// TestAlone holds how many of the mistakes are found without exploration,
// and that nothing else is.
func TestAlone(t *testing.T) { passtest.Covers(t, datarace.Analyzer, datarace.Alone, 12) }
