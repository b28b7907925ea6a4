package condmisuse_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/condmisuse"
	"github.com/goconclint/goconclint/passes/internal/passtest"
)

func Test(t *testing.T) { passtest.Run(t, condmisuse.Analyzer) }
