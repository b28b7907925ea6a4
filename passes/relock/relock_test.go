package relock_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/internal/passtest"
	"github.com/goconclint/goconclint/passes/relock"
)

func Test(t *testing.T) { passtest.Run(t, relock.Analyzer) }
