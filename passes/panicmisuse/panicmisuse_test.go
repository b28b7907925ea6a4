package panicmisuse_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/internal/passtest"
	"github.com/goconclint/goconclint/passes/panicmisuse"
)

func Test(t *testing.T) { passtest.Run(t, panicmisuse.Analyzer) }
