package drive

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
)

// partial is the result of an engine of which one part failed.
type partial struct{ err error }

func (p *partial) Failures() []error  { return []error{p.err} }
func (p *partial) Counters() []string { return []string{"3 steps"} }

type crash struct{}

func (crash) Error() string  { return "exploration of F failed:\nindex out of range" }
func (crash) Detail() string { return "a stack" }

// What an engine fails at is a problem; what it counts comes out, and the
// findings that rest on it stay.
func TestEngineFailures(t *testing.T) {
	t.Parallel()
	engine := &analysis.Analyzer{
		Name: "engine", Doc: "fails in part", ResultType: reflect.TypeFor[*partial](),
		Run: func(*analysis.Pass) (any, error) { return &partial{crash{}}, nil },
	}
	check := badCalls()
	check.Requires = append(check.Requires, engine)
	result, _ := inModule(t, "-- go.mod --\nmodule m\n-- a.go --\npackage a\n\nfunc bad() {}\n\nfunc f() { bad() }\n", check)
	if len(result.Findings) != 1 || len(result.Problems) != 1 {
		t.Fatalf("got %v and %v, want a finding and a problem", result.Findings, result.Problems)
	}
	p := result.Problems[0]
	if !p.Internal || p.Detail != "a stack" || !strings.Contains(p.Message, "exploration of F failed: index out of range") || !strings.Contains(p.Message, "on m") {
		t.Errorf("got %+v", p)
	}
	if len(result.Counters) != 1 || !slices.Equal(result.Counters[0].Lines["engine"], []string{"3 steps"}) {
		t.Errorf("got counters %v", result.Counters)
	}
}
