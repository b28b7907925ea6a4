package directive_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/directive"
	"github.com/goconclint/goconclint/passes/internal/passtest"
)

func Test(t *testing.T) { passtest.Run(t, directive.Analyzer) }
