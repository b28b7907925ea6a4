package cgomisuse_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/cgomisuse"
	"github.com/goconclint/goconclint/passes/internal/passtest"
)

func Test(t *testing.T) { passtest.Run(t, cgomisuse.Analyzer) }
