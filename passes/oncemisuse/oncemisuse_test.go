package oncemisuse_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/internal/passtest"
	"github.com/goconclint/goconclint/passes/oncemisuse"
)

func Test(t *testing.T) { passtest.Run(t, oncemisuse.Analyzer) }
