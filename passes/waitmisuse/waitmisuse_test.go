package waitmisuse_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/internal/passtest"
	"github.com/goconclint/goconclint/passes/waitmisuse"
)

func Test(t *testing.T) { passtest.Run(t, waitmisuse.Analyzer) }
