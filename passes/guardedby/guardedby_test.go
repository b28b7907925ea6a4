package guardedby_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/guardedby"
	"github.com/goconclint/goconclint/passes/internal/passtest"
)

func Test(t *testing.T) { passtest.Run(t, guardedby.Analyzer) }
