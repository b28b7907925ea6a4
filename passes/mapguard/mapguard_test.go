package mapguard_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/internal/passtest"
	"github.com/goconclint/goconclint/passes/mapguard"
)

func Test(t *testing.T) { passtest.Run(t, mapguard.Analyzer) }
