package guardedby_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/guardedby"
	"github.com/goconclint/goconclint/passes/internal/passtest"
)

func Test(t *testing.T) {
	flag := guardedby.Analyzer.Flags.Lookup("escape").Value
	if err := flag.Set("true"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = flag.Set("false") })
	passtest.Run(t, guardedby.Analyzer)
}
