package unsafeshare_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/internal/passtest"
	"github.com/goconclint/goconclint/passes/unsafeshare"
)

func Test(t *testing.T) { passtest.Run(t, unsafeshare.Analyzer) }
