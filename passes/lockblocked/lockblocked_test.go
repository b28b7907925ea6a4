package lockblocked_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/internal/passtest"
	"github.com/goconclint/goconclint/passes/lockblocked"
)

func Test(t *testing.T) { passtest.Run(t, lockblocked.Analyzer) }
