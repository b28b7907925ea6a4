package neverclosed_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/internal/passtest"
	"github.com/goconclint/goconclint/passes/neverclosed"
)

func Test(t *testing.T) { passtest.Run(t, neverclosed.Analyzer) }
