package hotalloc_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/goconclint/goconclint/passes/hotalloc"
	"github.com/goconclint/goconclint/passes/internal/passtest"
)

func Test(t *testing.T) { passtest.Run(t, hotalloc.Analyzer) }

// TestLoops runs on code that no mark calls hot.
func TestLoops(t *testing.T) {
	flag := hotalloc.Analyzer.Flags.Lookup("loops").Value
	if err := flag.Set("true"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = flag.Set("false") })
	analysistest.Run(t, passtest.Root(t), hotalloc.Analyzer, "./hotalloc/loops/...")
}
