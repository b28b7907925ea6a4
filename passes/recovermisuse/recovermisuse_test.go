package recovermisuse_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/internal/passtest"
	"github.com/goconclint/goconclint/passes/recovermisuse"
)

func Test(t *testing.T) { passtest.Run(t, recovermisuse.Analyzer) }
