package closemisuse_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/closemisuse"
	"github.com/goconclint/goconclint/passes/internal/passtest"
)

func Test(t *testing.T) { passtest.Run(t, closemisuse.Analyzer) }
