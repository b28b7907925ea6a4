package summarize_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/goconclint/goconclint/passes/internal/passtest"
	"github.com/goconclint/goconclint/passes/internal/summarize"
	"github.com/goconclint/goconclint/passes/internal/summary"
)

func Test(t *testing.T) {
	analysistest.Run(t, passtest.Root(t), summarize.Analyzer, "./summarize/...")
}

// TestFactsAreSmall: what importers of the fixtures would pay stays below
// two kilobytes for each package. The same facts come
// out every time.
func TestFactsAreSmall(t *testing.T) {
	const limit = 2048
	first, second := facts(t), facts(t)
	if len(first) < 8 {
		t.Errorf("%d packages with facts", len(first))
	}
	for pkg, codes := range first {
		if len(codes) > limit {
			t.Errorf("%s: %d bytes of facts", pkg, len(codes))
		}
		if second[pkg] != codes {
			t.Errorf("%s: the facts differ from those of the first time", pkg)
		}
	}
}

// facts returns the facts of each package of the fixtures, sorted.
func facts(t *testing.T) map[string]string {
	t.Helper()
	loaded, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax, Dir: passtest.Root(t)},
		"./summarize/...", "./relock/...", "./missingunlock/cross/...", "./guardedby/cross/...")
	if err != nil {
		t.Fatal(err)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{summarize.Analyzer}, loaded, nil)
	if err != nil {
		t.Fatal(err)
	}
	codes := make(map[string]string)
	for _, action := range graph.Roots {
		var list []string
		for _, fact := range action.AllObjectFacts() {
			if fact.Object.Pkg() == action.Package.Types {
				list = append(list, fact.Object.String()+" "+fact.Fact.(*summary.Fact).Code)
			}
		}
		slices.Sort(list)
		if len(list) > 0 {
			codes[action.Package.PkgPath] = strings.Join(list, "\n")
		}
	}
	return codes
}
