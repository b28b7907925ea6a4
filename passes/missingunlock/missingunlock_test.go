package missingunlock_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/internal/passtest"
	"github.com/goconclint/goconclint/passes/missingunlock"
)

func Test(t *testing.T) { passtest.Run(t, missingunlock.Analyzer) }
