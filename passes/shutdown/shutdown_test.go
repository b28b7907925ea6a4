package shutdown_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/internal/passtest"
	"github.com/goconclint/goconclint/passes/shutdown"
)

func Test(t *testing.T) { passtest.Run(t, shutdown.Analyzer) }
