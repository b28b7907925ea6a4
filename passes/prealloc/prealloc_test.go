package prealloc_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/internal/passtest"
	"github.com/goconclint/goconclint/passes/prealloc"
)

func Test(t *testing.T) { passtest.Run(t, prealloc.Analyzer) }
