package chanleak_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/chanleak"
	"github.com/goconclint/goconclint/passes/internal/passtest"
)

func Test(t *testing.T) { passtest.Run(t, chanleak.Analyzer) }

// TestAlone holds how many of the mistakes are found without exploration,
// and that nothing else is.
func TestAlone(t *testing.T) { passtest.Covers(t, chanleak.Analyzer, chanleak.Alone, 6) }
