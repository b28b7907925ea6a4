package explore

import (
	"errors"
	"os"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
)

// TestCorpus explores the packages named by EXPLORE_CORPUS and prints what
// it finds: for reading by people. Internal errors fail it.
func TestCorpus(t *testing.T) {
	patterns := strings.Fields(os.Getenv("EXPLORE_CORPUS"))
	if len(patterns) == 0 {
		t.Skip("EXPLORE_CORPUS names no packages")
	}
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax | packages.NeedModule, Tests: os.Getenv("EXPLORE_TESTS") != "", Dir: os.Getenv("EXPLORE_DIR")}, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{Analyzer}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, action := range graph.Roots {
		r, ok := action.Result.(*Result)
		if !ok {
			t.Error(action.Package.PkgPath, action.Err)
			continue
		}
		steps, states, out, truncated := 0, 0, 0, 0
		for _, s := range r.Entries {
			steps, states, truncated = steps+s.Steps, states+s.States, truncated+s.Truncated
			if s.OutOfBudget {
				out++
			}
		}
		t.Logf("%s: %d entries, %d out of budget, %d steps, %d states, %d truncated, %d findings, %v",
			action.Package.PkgPath, len(r.Entries), out, steps, states, truncated, len(r.Findings), action.Duration)
		for _, err := range r.Errors {
			t.Errorf("%v\n%s", err, detailOf(err))
		}
		for _, f := range r.Findings {
			var ops []string
			for _, o := range f.Ops {
				ops = append(ops, o.What+" "+action.Package.Fset.Position(o.Pos).String())
			}
			t.Logf("%s [%s low %v unknowns %d foreign %v]: %s", f.Kind, f.Entry, f.Low(), f.Unknowns, f.Foreign, strings.Join(ops, "; "))
		}
	}
}

func detailOf(err error) string {
	var internal *InternalError
	if errors.As(err, &internal) {
		return internal.Detail()
	}
	return ""
}
