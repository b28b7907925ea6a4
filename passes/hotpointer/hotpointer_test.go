package hotpointer_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/goconclint/goconclint/passes/hotpointer"
	"github.com/goconclint/goconclint/passes/internal/passtest"
)

func Test(t *testing.T) { passtest.Run(t, hotpointer.Analyzer) }

// TestLoops runs on code that no mark calls hot.
func TestLoops(t *testing.T) {
	setLoops(t, "true")
	t.Cleanup(func() { setLoops(t, "false") })
	analysistest.Run(t, passtest.Root(t), hotpointer.Analyzer, "./hotpointer/loops/...")
}

func setLoops(t *testing.T, value string) {
	t.Helper()
	if err := hotpointer.Analyzer.Flags.Set("loops", value); err != nil {
		t.Fatal(err)
	}
}
