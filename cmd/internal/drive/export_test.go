package drive

import (
	"go/types"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"
)

// TestScopesOfImportsAreComplete: what an analysis can reach is read before
// the first one starts and never grows afterwards, so that analyses may walk
// scopes while others run. encoding/json mentions packages that net/http
// declares more of.
func TestScopesOfImportsAreComplete(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	first := make(map[*types.Package]int) // declarations when the package was first seen
	census := &analysis.Analyzer{
		Name: "census", Doc: "count the declarations of everything that is reachable",
		Run: func(pass *analysis.Pass) (any, error) {
			mu.Lock()
			defer mu.Unlock()
			reachable(pass.Pkg, func(pkg *types.Package) {
				if _, seen := first[pkg]; !seen {
					first[pkg] = pkg.Scope().Len()
				}
			})
			return nil, nil
		},
	}
	result, _ := inModule(t, `
-- go.mod --
module m

go 1.25
-- a/a.go --
package a

import "encoding/json"

func A(v any) ([]byte, error) { return json.Marshal(v) }
-- b/b.go --
package b

import (
	"net/http"

	"m/a"
)

func B(w http.ResponseWriter) { a.A(w) }
`, census)
	if len(result.Problems) > 0 {
		t.Fatal(result.Problems)
	}
	if len(first) < 10 {
		t.Errorf("%d packages are reachable, want those that encoding/json and net/http mention", len(first))
	}
	for pkg, count := range first {
		if now := pkg.Scope().Len(); now != count {
			t.Errorf("%s had %d declarations in the first analysis that saw it, now it has %d", pkg.Path(), count, now)
		}
	}
}

// reachable calls visit for pkg and for everything that it imports.
func reachable(pkg *types.Package, visit func(*types.Package)) {
	seen := make(map[*types.Package]bool)
	var walk func(*types.Package)
	walk = func(pkg *types.Package) {
		if seen[pkg] {
			return
		}
		seen[pkg] = true
		visit(pkg)
		for _, imported := range pkg.Imports() {
			walk(imported)
		}
	}
	walk(pkg)
}
