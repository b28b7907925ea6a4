package lockorder_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/internal/passtest"
	"github.com/goconclint/goconclint/passes/lockorder"
)

func Test(t *testing.T) { passtest.Run(t, lockorder.Analyzer) }
