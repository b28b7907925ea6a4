package falseshare_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/falseshare"
	"github.com/goconclint/goconclint/passes/internal/passtest"
)

func Test(t *testing.T) { passtest.Run(t, falseshare.Analyzer) }
