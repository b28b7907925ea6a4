package emptystruct_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/emptystruct"
	"github.com/goconclint/goconclint/passes/internal/passtest"
)

func Test(t *testing.T) { passtest.Run(t, emptystruct.Analyzer) }
