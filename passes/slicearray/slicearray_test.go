package slicearray_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/internal/passtest"
	"github.com/goconclint/goconclint/passes/slicearray"
)

func Test(t *testing.T) { passtest.Run(t, slicearray.Analyzer) }
