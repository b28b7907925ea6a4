package drive

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/cmd/internal/moduletest"
)

// TestVariants: each file is analysed once, in the package, its in-package
// tests and its external tests.
func TestVariants(t *testing.T) {
	t.Parallel()
	result, dir := inModule(t, variants, badCalls())
	want(t, result, dir,
		"p/in_test.go:3:23: call of bad (badcalls) in m/p",
		"p/p.go:7:12: call of bad (badcalls) in m/p",
		"p/x_test.go:9:2: call of bad (badcalls) in m/p_test",
	)
	if len(result.Packages) != 2 {
		t.Errorf("packages %v", result.Packages)
	}
}

func TestWithoutTests(t *testing.T) {
	t.Parallel()
	dir := moduletest.New(t, variants+"-- only/only_test.go --\npackage only\n")
	result := mustRun(t, Options{Dir: dir, Patterns: []string{"./..."}, Analyzers: []*analysis.Analyzer{badCalls()}})
	want(t, result, dir, "p/p.go:7:12: call of bad (badcalls) in m/p")
}

func TestOnlyTestFiles(t *testing.T) {
	t.Parallel()
	result, dir := inModule(t, `
-- go.mod --
module m
-- a/a_test.go --
package a

func bad() { bad() }
-- b/b_test.go --
package b_test

func bad() { bad() }
`, badCalls())
	want(t, result, dir,
		"a/a_test.go:3:14: call of bad (badcalls) in m/a",
		"b/b_test.go:3:14: call of bad (badcalls) in m/b_test",
	)
}

// TestNoUselessWork counts which packages are loaded and how: plain packages
// only for importers, intermediate variants only for external tests that
// import them, and never analysed.
func TestNoUselessWork(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	analysed := make(map[string]int)
	a := &analysis.Analyzer{Name: "count", Doc: "count packages", Run: func(pass *analysis.Pass) (any, error) {
		mu.Lock()
		defer mu.Unlock()
		analysed[pass.Pkg.Path()]++
		return nil, nil
	}}
	dir := moduletest.New(t, variants+"-- lone/l.go --\npackage lone\n-- lone/l_test.go --\npackage lone\n")
	opts := Options{Dir: dir, Patterns: []string{"./..."}, Tests: true, Analyzers: []*analysis.Analyzer{a}}
	mustRun(t, opts)
	if fmt.Sprint(analysed) != "map[m/lone:1 m/p:1 m/p_test:1 m/q:1]" {
		t.Errorf("analysed %v", analysed)
	}
	l, err := load(t.Context(), opts, "")
	if err != nil {
		t.Fatal(err)
	}
	var loaded []string
	for _, n := range l.nodes {
		loaded = append(loaded, fmt.Sprintf("%s bodies=%t", n.ImportPath, n.bodies))
	}
	expected := "m/lone [m/lone.test] bodies=true, m/p [m/p.test] bodies=true, m/q [m/p.test] bodies=false, " +
		"m/p_test [m/p.test] bodies=true, m/p bodies=false, m/q bodies=true"
	if got := strings.Join(loaded, ", "); got != expected {
		t.Errorf("got  %s\nwant %s", got, expected)
	}
	if len(l.outside) != 0 {
		t.Errorf("compiled for nothing: %v", l.outside)
	}
}

// TestSharedFiles: the package and its test variant share syntax trees.
func TestSharedFiles(t *testing.T) {
	t.Parallel()
	l, err := load(t.Context(), Options{Dir: moduletest.New(t, variants), Patterns: []string{"./..."}, Tests: true}, "")
	if err != nil {
		t.Fatal(err)
	}
	attachSources(l.nodes, l.packages, nil)
	byID := make(map[string]*node)
	for _, n := range l.nodes {
		byID[n.ImportPath] = n
	}
	if byID["m/p"].sources[0] != byID["m/p [m/p.test]"].sources[0] {
		t.Error("p and p [p.test] don't share their files")
	}
	if byID["m/q"].sources[0] == byID["m/q [m/p.test]"].sources[0] {
		t.Error("q is parsed in full for an intermediate variant")
	}
}
