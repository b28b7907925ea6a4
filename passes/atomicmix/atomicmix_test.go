package atomicmix_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/atomicmix"
	"github.com/goconclint/goconclint/passes/internal/passtest"
)

func Test(t *testing.T) { passtest.Run(t, atomicmix.Analyzer) }
