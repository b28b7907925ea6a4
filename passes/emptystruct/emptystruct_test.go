package emptystruct_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/goconclint/goconclint/passes/emptystruct"
	"github.com/goconclint/goconclint/passes/internal/passtest"
)

func Test(t *testing.T) {
	flag := emptystruct.Analyzer.Flags.Lookup("sets").Value
	if err := flag.Set("true"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = flag.Set("false") })
	passtest.Run(t, emptystruct.Analyzer)
}

// TestSignals runs with the flags as they are by default.
func TestSignals(t *testing.T) {
	analysistest.Run(t, passtest.Root(t), emptystruct.Analyzer, "./emptystruct/signals")
}
