package chanleak_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/chanleak"
	"github.com/goconclint/goconclint/passes/internal/passtest"
)

func Test(t *testing.T) { passtest.Run(t, chanleak.Analyzer) }
