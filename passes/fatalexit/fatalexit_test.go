package fatalexit_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/fatalexit"
	"github.com/goconclint/goconclint/passes/internal/passtest"
)

func Test(t *testing.T) { passtest.Run(t, fatalexit.Analyzer) }
