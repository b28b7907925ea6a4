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

// TestProfile runs on code that a profile calls hot, line by line.
func TestProfile(t *testing.T) {
	const folder = "hotpointer/profiled"
	flag := hotpointer.Analyzer.Flags.Lookup("profile").Value
	if err := flag.Set(passtest.Heat(t, folder, passtest.Module+"/"+folder)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = flag.Set("") })
	analysistest.Run(t, passtest.Root(t), hotpointer.Analyzer, "./"+folder)
}
