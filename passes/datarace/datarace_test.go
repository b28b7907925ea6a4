package datarace_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/datarace"
	"github.com/goconclint/goconclint/passes/internal/passtest"
)

func Test(t *testing.T) { passtest.Run(t, datarace.Analyzer) }
