package waitmisuse_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/internal/passtest"
	"github.com/goconclint/goconclint/passes/waitmisuse"
)

func Test(t *testing.T) { passtest.Run(t, waitmisuse.Analyzer) }

// TestAlone holds how many of the mistakes are found without exploration,
// and that nothing else is.
func TestAlone(t *testing.T) { passtest.Covers(t, waitmisuse.Analyzer, waitmisuse.Alone, 4) }
