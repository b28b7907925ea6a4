package copyheavy_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/copyheavy"
	"github.com/goconclint/goconclint/passes/internal/passtest"
)

func Test(t *testing.T) { passtest.Run(t, copyheavy.Analyzer) }
