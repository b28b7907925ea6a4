package testoutlive_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/internal/passtest"
	"github.com/goconclint/goconclint/passes/testoutlive"
)

func TestAnalyzer(t *testing.T) { passtest.Run(t, testoutlive.Analyzer) }
