package falseshare_test

import (
	"testing"

	"github.com/goconclint/goconclint/passes/falseshare"
	"github.com/goconclint/goconclint/passes/internal/passtest"
)

func Test(t *testing.T) {
	flag := falseshare.Analyzer.Flags.Lookup("fields").Value
	if err := flag.Set("true"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = flag.Set("false") })
	passtest.Run(t, falseshare.Analyzer)
}
