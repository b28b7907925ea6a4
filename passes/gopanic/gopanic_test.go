package gopanic_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/gopanic"
	"github.com/goconclint/goconclint/passes/internal/passtest"
)

func Test(t *testing.T) { passtest.Run(t, gopanic.Analyzer) }
