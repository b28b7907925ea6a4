package checkthenact_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/checkthenact"
	"github.com/goconclint/goconclint/passes/internal/passtest"
)

func Test(t *testing.T) { passtest.Run(t, checkthenact.Analyzer) }
