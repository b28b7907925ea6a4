package deferresult_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/deferresult"
	"github.com/goconclint/goconclint/passes/internal/passtest"
)

func Test(t *testing.T) { passtest.Run(t, deferresult.Analyzer) }
