package suite_test

import (
	"os"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/goconclint/goconclint/passes/internal/passtest"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/suite"
)

// bySyntax are checks that never need the SSA form of a package, whatever it
// holds.
var bySyntax = []string{
	"deferargs", "deferloop", "deferresult", "loopcapture", "maporder", "maprange", "panicmisuse", "shutdown", "testoutlive",
}

// TestSieves runs the checks that are on by default on a package with none of
// their constructs, and those of syntax on their own bad fixtures: nobody may
// ask for the SSA form, which costs as much as loading the package.
func TestSieves(t *testing.T) {
	if testing.Short() {
		t.Skip("loads fixtures from source")
	}
	var defaults, syntax []*analysis.Analyzer
	patterns := []string{}
	for _, check := range suite.All() {
		if check.Default {
			defaults = append(defaults, check.Analyzer)
		}
	}
	for _, name := range bySyntax {
		for _, check := range suite.All() {
			if check.Name() == name {
				syntax = append(syntax, check.Analyzer)
				patterns = append(patterns, "./"+name+"/bad/...")
			}
		}
	}
	for _, path := range builtFor(t, defaults, "./plain") {
		t.Errorf("%s: the SSA form was asked for by a check that is on by default", path)
	}
	for _, path := range builtFor(t, syntax, patterns...) {
		t.Errorf("%s: the SSA form was asked for by a check of syntax", path)
	}
	if len(builtFor(t, defaults, "./datarace/bad/...")) == 0 {
		t.Error("nobody asked for the SSA form of code with races: the test sees nothing")
	}
}

// builtFor returns the packages whose SSA form the analyzers ask for.
func builtFor(t *testing.T, analyzers []*analysis.Analyzer, patterns ...string) []string {
	t.Helper()
	config := &packages.Config{
		Mode: packages.LoadSyntax | packages.NeedModule,
		Dir:  passtest.Root(t),
		Env:  append(os.Environ(), "GO111MODULE=on", "GOPROXY=off", "GOWORK=off"),
	}
	loaded, err := packages.Load(config, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	if len(loaded) < len(patterns) {
		t.Fatalf("%d packages for %d patterns", len(loaded), len(patterns))
	}
	graph, err := checker.Analyze(append(analyzers, program.Analyzer), loaded, nil)
	if err != nil {
		t.Fatal(err)
	}
	var built []string
	for _, action := range graph.Roots {
		if action.Err != nil {
			t.Fatal(action.Err)
		}
		if prog, ok := action.Result.(*program.Program); ok && prog.Built() {
			built = append(built, action.Package.PkgPath)
		}
	}
	return built
}
