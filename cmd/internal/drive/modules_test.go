package drive

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/cmd/internal/moduletest"
)

func TestTags(t *testing.T) {
	t.Parallel()
	dir := moduletest.New(t, `
-- go.mod --
module m
-- a.go --
package a

func bad() {}
-- tagged.go --
//go:build special && more

package a

func f() { bad() }
`)
	opts := Options{Dir: dir, Analyzers: []*analysis.Analyzer{badCalls()}}
	want(t, everyWay(t, opts), dir)
	opts.Tags = "special,more"
	want(t, everyWay(t, opts), dir, "tagged.go:5:12: call of bad (badcalls) in m")
}

// TestOverlay: the go command sees the overlay (a new file, a new import) as
// do parser and analyzers.
func TestOverlay(t *testing.T) {
	t.Parallel()
	dir := moduletest.New(t, plainModule)
	a := badCalls()
	inner := a.Run
	a.Run = func(pass *analysis.Pass) (any, error) {
		for _, file := range pass.Files {
			name := pass.Fset.File(file.FileStart).Name()
			content, err := pass.ReadFile(name)
			if fromDisk, _ := os.ReadFile(name); err != nil || string(content) == string(fromDisk) {
				t.Errorf("ReadFile(%s) gives what is on disk, %v", name, err)
			}
		}
		return inner(pass)
	}
	result := mustRun(t, Options{
		Dir: dir, Patterns: []string{"./b"}, Analyzers: []*analysis.Analyzer{a},
		Overlay: map[string][]byte{
			filepath.Join(dir, "b", "b.go"):   []byte("package b\n\nimport \"example.com/m/new\"\n\nfunc f() { new.Bad() }\n"),
			filepath.Join(dir, "b", "c.go"):   []byte("package b\n\nfunc g() { f(); bad() }\n\nfunc bad() {}\n"),
			filepath.Join(dir, "new", "n.go"): []byte("package new\n\nfunc Bad() {}\n"),
		},
	})
	want(t, result, dir,
		"b/b.go:5:12: call of Bad (badcalls) in example.com/m/b",
		"b/c.go:3:17: call of bad (badcalls) in example.com/m/b",
	)
}

const depFiles = `
-- dep/go.mod --
module example.com/dep
go 1.21
-- dep/d.go --
package dep

func Bad() { Bad() }
`

// TestReplace: a replaced module isn't ours; it is compiled and not analysed.
func TestReplace(t *testing.T) {
	t.Parallel()
	result, dir := inModule(t, `
-- go.mod --
module example.com/m
go 1.24
require example.com/dep v0.0.0
replace example.com/dep => ./dep
-- a.go --
package a

import "example.com/dep"

func f() { dep.Bad() }
`+depFiles, badCalls())
	want(t, result, dir, "a.go:5:12: call of Bad (badcalls) in example.com/m")
}

// TestWorkspace: all modules of a workspace are ours, and none is compiled.
func TestWorkspace(t *testing.T) {
	t.Parallel()
	dir := moduletest.New(t, `
-- go.work --
go 1.24
use ./m
use ./dep
-- m/go.mod --
module example.com/m
go 1.24
require example.com/dep v0.0.0
-- m/a.go --
package a

import "example.com/dep"

func f() { dep.Bad() }
`+depFiles)
	opts := Options{Dir: dir, Patterns: []string{"./m/...", "./dep/..."}, Analyzers: []*analysis.Analyzer{badCalls()}}
	want(t, everyWay(t, opts), dir,
		"dep/d.go:3:14: call of Bad (badcalls) in example.com/dep",
		"m/a.go:5:12: call of Bad (badcalls) in example.com/m",
	)
	opts.Dir, opts.Patterns = filepath.Join(dir, "m"), nil
	l, err := load(t.Context(), opts, "")
	if err != nil {
		t.Fatal(err)
	}
	if len(l.nodes) != 2 || len(l.outside) != 0 {
		t.Errorf("%d packages from source, outside %v", len(l.nodes), l.outside)
	}
	want(t, everyWay(t, opts), dir, "m/a.go:5:12: call of Bad (badcalls) in example.com/m")
}

func TestVendor(t *testing.T) {
	t.Parallel()
	result, dir := inModule(t, `
-- go.mod --
module example.com/m
go 1.24
require example.com/dep v1.0.0
-- a.go --
package a

import "example.com/dep"

func f() { dep.Bad() }
-- vendor/modules.txt --
# example.com/dep v1.0.0
## explicit; go 1.21
example.com/dep
-- vendor/example.com/dep/d.go --
package dep

func Bad() { Bad() }
`, badCalls())
	want(t, result, dir, "a.go:5:12: call of Bad (badcalls) in example.com/m")
}

// TestBetween: a package of another module that lies between two of ours is
// loaded from source, so that there is only one of each type.
func TestBetween(t *testing.T) {
	t.Parallel()
	dir := moduletest.New(t, `
-- m/go.mod --
module example.com/m
go 1.24
require example.com/dep v0.0.0
replace example.com/dep => ../dep
-- m/base/b.go --
package base

type T struct{}

func Bad(T) {}
-- m/top/t.go --
package top

import (
	"example.com/dep"
	"example.com/m/base"
)

func f() { base.Bad(dep.Get()) }
-- dep/go.mod --
module example.com/dep
go 1.24
require example.com/m v0.0.0
-- dep/d.go --
package dep

import "example.com/m/base"

func Get() base.T { base.Bad(base.T{}); return base.T{} }
`)
	result := mustRun(t, Options{Dir: filepath.Join(dir, "m"), Patterns: []string{"./..."}, Tests: true, Analyzers: []*analysis.Analyzer{badCalls()}})
	want(t, result, dir, "m/top/t.go:8:12: call of Bad (badcalls) in example.com/m/top")
}

func TestCgo(t *testing.T) {
	if out, err := exec.Command("go", "env", "CC").Output(); err != nil {
		t.Fatal(err)
	} else if _, err := exec.LookPath(strings.TrimSpace(string(out))); err != nil {
		t.Skip("no C compiler")
	}
	t.Setenv("CGO_ENABLED", "1")
	a := badCalls()
	inner := a.Run
	a.Run = func(pass *analysis.Pass) (any, error) {
		report := pass.Report
		pass.Report = func(d analysis.Diagnostic) {
			d.SuggestedFixes = []analysis.SuggestedFix{{Message: "Delete", TextEdits: []analysis.TextEdit{{Pos: d.Pos, End: d.End}}}}
			report(d)
		}
		return inner(pass)
	}
	result, dir := inModule(t, `
-- go.mod --
module example.com/m
-- a/a.go --
package a

// static int add(int a, int b) { return a + b; }
import "C"

func Bad() int { return int(C.add(1, 2)) }

func f() { Bad() }
-- a/pure.go --
package a

func g() { Bad() }
-- a/a_test.go --
package a

func h() { Bad() }
-- a/x_test.go --
package a_test

import "example.com/m/b"

func h() { b.Bad() }
-- b/b.go --
package b

import "example.com/m/a"

// static int twice(int a) { return 2 * a; }
import "C"

func Bad() { a.Bad(); C.twice(3) }
`, a)
	want(t, result, dir,
		"a/a.go:8:12: call of Bad (badcalls) in example.com/m/a",
		"a/a_test.go:3:12: call of Bad (badcalls) in example.com/m/a",
		"a/pure.go:3:12: call of Bad (badcalls) in example.com/m/a",
		"a/x_test.go:5:12: call of Bad (badcalls) in example.com/m/a_test",
		"b/b.go:8:14: call of Bad (badcalls) in example.com/m/b",
	)
	for _, f := range result.Findings {
		if generated := strings.HasSuffix(f.Range.Start.File, "a/a.go") || strings.HasSuffix(f.Range.Start.File, "b/b.go"); generated == (len(f.Fixes) > 0) {
			t.Errorf("%s: fixes %v", f.Range.Start.File, f.Fixes)
		}
	}
}

// TestBrokenCgo: code that cgo doesn't take, or can't without a C compiler,
// is a problem; its package isn't analysed without it.
func TestBrokenCgo(t *testing.T) {
	t.Setenv("CGO_ENABLED", "1")
	t.Setenv("CC", "no-such-compiler")
	result, dir := inModule(t, `
-- go.mod --
module example.com/m
-- a.go --
package a

// int f(void);
import "C"

func bad() { C.f() }
-- b.go --
package a

func f() { bad() }
`, badCalls())
	if len(result.Problems) != 1 || len(result.Packages) != 0 || !strings.Contains(result.Problems[0].Message, "no-such-compiler") {
		t.Errorf("packages %v, %q", result.Packages, lines(result, dir))
	}
}

// TestStandardLibrary: its packages can be patterns, whatever they vendor and
// whatever lies between them and their tests.
func TestStandardLibrary(t *testing.T) {
	t.Parallel()
	count := &analysis.Analyzer{Name: "count", Doc: "report every package", Run: func(pass *analysis.Pass) (any, error) {
		pass.Reportf(pass.Files[0].Package, "%s %s", pass.Pkg.Path(), pass.TypesInfo.FileVersions[pass.Files[0]])
		return nil, nil
	}}
	opts := Options{Dir: t.TempDir(), Patterns: []string{"container/list", "net/http", "errors", "unsafe"}, Tests: true, Analyzers: []*analysis.Analyzer{count}}
	result := mustRun(t, opts)
	var got []string
	for _, f := range result.Findings {
		path, version, _ := strings.Cut(f.Message, " ")
		got = append(got, path)
		if !strings.HasPrefix(version, "go1.") {
			t.Errorf("language version %q in %s", version, path)
		}
	}
	if s := strings.Join(got, " "); s != "container/list_test container/list errors errors_test net/http_test net/http" {
		t.Errorf("analysed %s", s)
	}
	for _, p := range result.Problems {
		t.Errorf("problem %s: %s", p.Package, p.Message)
	}
}
