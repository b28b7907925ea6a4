package retained_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/internal/passtest"
	"github.com/goconclint/goconclint/passes/retained"
)

func Test(t *testing.T) { passtest.Run(t, retained.Analyzer) }
