package drive

import (
	"flag"
	"fmt"
	"go/ast"
	"go/types"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/cmd/internal/moduletest"
	"github.com/goconclint/goconclint/cmd/internal/store"
)

// newStore opens an empty store.
func newStore(t testing.TB) *store.Store {
	t.Helper()
	s, err := store.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A tree is a module that is edited and analysed again and again.
type tree struct {
	testing.TB
	dir   string
	opts  Options
	fresh map[string]string // answers without a store, by state
}

func newTree(t testing.TB, archive string, analyzers ...*analysis.Analyzer) *tree {
	dir := moduletest.New(t, archive)
	return &tree{t, dir, Options{
		Dir: dir, Patterns: []string{"./..."}, Tests: true, Analyzers: analyzers,
		Store: newStore(t), Explain: true,
	}, make(map[string]string)}
}

// edit replaces text in a file.
func (m *tree) edit(name, before, after string) {
	m.Helper()
	path := filepath.Join(m.dir, filepath.FromSlash(name))
	content, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(content), before) {
		m.Fatalf("no %q in %s: %v", before, name, err)
	}
	m.write(name, strings.Replace(string(content), before, after, 1))
}

func (m *tree) write(name, content string) {
	m.Helper()
	path := filepath.Join(m.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		m.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
		m.Fatal(err)
	}
}

// runs analyses the module, compares the answer with that of a run without a
// store, and expects that exactly these packages had to be analysed.
func (m *tree) runs(expected ...string) *Result {
	m.Helper()
	result := mustRun(m, m.opts)
	m.same(result)
	var ran []string
	for _, visit := range result.Visits {
		if !visit.Stored {
			ran = append(ran, visit.Package)
		}
	}
	slices.Sort(ran)
	slices.Sort(expected)
	if !slices.Equal(ran, expected) {
		m.Errorf("analysed %q\nexpected %q\n%s", ran, expected, reasons(result))
	}
	return result
}

// same compares an answer with that of a run without a store.
func (m *tree) same(result *Result) {
	m.Helper()
	if got, want := whole(result), m.answer(); got != want {
		m.Errorf("with the store\n%s\nwithout\n%s\n%s", got, want, reasons(result))
	}
}

// answer is the right one, found without a store, once for each state of the
// module, the options and the environment.
func (m *tree) answer() string {
	m.Helper()
	opts := m.opts
	opts.Store = nil
	state := fmt.Sprintf("%v %v %v %v %q", opts.Dir, opts.Patterns, opts.Tests, opts.Overlay, os.Environ())
	for _, a := range opts.Analyzers {
		a.Flags.VisitAll(func(f *flag.Flag) { state += fmt.Sprintf(" -%s.%s=%s", a.Name, f.Name, f.Value) })
	}
	err := filepath.WalkDir(m.dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		state += fmt.Sprintf("\n-- %s --\n%s", path, content)
		return err
	})
	if err != nil {
		m.Fatal(err)
	}
	if _, known := m.fresh[state]; !known {
		m.fresh[state] = whole(mustRun(m, opts))
	}
	return m.fresh[state]
}

// whole renders all that a result says, but for stacks.
func whole(result *Result) string {
	problems := slices.Clone(result.Problems)
	for i := range problems {
		problems[i].Detail = ""
	}
	return fmt.Sprintf("%+v\n%+v\n%+v\n%v", result.Findings, problems, result.Counters, result.Packages)
}

func reasons(result *Result) string {
	var b strings.Builder
	for _, visit := range result.Visits {
		fmt.Fprintf(&b, "%s: stored %t %q\n", visit.Package, visit.Stored, visit.Why)
	}
	return b.String()
}

const chain = `
-- go.mod --
module m
go 1.24
-- a/a.go --
package a

import "fmt"

// Danger is.
func Danger() { fmt.Println() }

func Plain() {}

type T struct{ N int }

func bad() { bad() }
-- b/b.go --
package b

import "m/a"

func Get() a.T { return a.T{} }

func B() { a.Danger() }
-- c/c.go --
package c

import "m/b"

func C() { b.B() }
-- c/c_test.go --
package c

func bad() { bad() }
-- c/x_test.go --
package c_test

import "m/c"

func bad() { bad(); c.C() }
-- d/d.go --
package d

import "strings"

func D() string { return strings.ToLower("D") }
`

// all are the packages and test variants of chain.
var all = []string{"m/a", "m/b", "m/c [m/c.test]", "m/c_test [m/c.test]", "m/d"}

func TestRecall(t *testing.T) {
	t.Parallel()
	m := newTree(t, chain, badCalls(), dangers())
	m.runs(all...)
	m.runs()

	t.Log("comments and bodies")
	m.edit("a/a.go", "// Danger is.", "// Danger is\n// described here.")
	m.runs("m/a")
	m.edit("b/b.go", "return a.T{}", "t := a.T{}; return t")
	m.runs("m/b")
	m.edit("a/a.go", "fmt.Println()", "fmt.Print()")
	m.runs("m/a")
	m.edit("c/c_test.go", "bad() { bad() }", "bad() { bad(); bad() }")
	m.runs("m/c [m/c.test]")

	t.Log("what others can see")
	m.edit("a/a.go", "N int", "N, M int")
	m.runs("m/a", "m/b", "m/c [m/c.test]") // by way of b.Get; the test can't
	m.edit("c/c.go", "func C() {", "func Also() {}\n\nfunc C() {")
	m.runs("m/c [m/c.test]", "m/c_test [m/c.test]")
	m.edit("d/d.go", "func D()", "func E() {}\nfunc D()")
	m.runs("m/d")

	t.Log("facts")
	m.edit("a/a.go", "func Plain()", "func DangerToo()")
	m.runs("m/a", "m/b", "m/c [m/c.test]", "m/c_test [m/c.test]")

	t.Log("back again")
	m.edit("a/a.go", "func DangerToo()", "func Plain()")
	m.runs()

	t.Log("files")
	m.write("d/more.go", "package d\n\nfunc bad() { bad() }\n")
	m.runs("m/d")
	m.write("d/more.go", "//go:build never\n\npackage d\n\nfunc bad() { bad() }\n")
	m.runs("m/d")
	if err := os.Remove(filepath.Join(m.dir, "d", "more.go")); err != nil {
		t.Fatal(err)
	}
	m.runs()
}

// TestRecallOutside: a module outside is known by its version, or by its
// contents where these can change.
func TestRecallOutside(t *testing.T) {
	t.Parallel()
	const user = "-- a.go --\npackage a\n\nimport \"example.com/dep\"\n\nfunc f() { dep.Bad() }\n-- b/b.go --\npackage b\n"
	for name, archive := range map[string]string{
		"dep": `
-- go.mod --
module example.com/m
go 1.24
require example.com/dep v0.0.0
replace example.com/dep => ./dep
` + user + depFiles,
		"vendor/example.com/dep": `
-- go.mod --
module example.com/m
go 1.24
require example.com/dep v1.0.0
` + user + `
-- vendor/modules.txt --
# example.com/dep v1.0.0
## explicit; go 1.21
example.com/dep
-- vendor/example.com/dep/d.go --
package dep

func Bad() { Bad() }
`,
	} {
		m := newTree(t, archive, badCalls())
		m.runs("example.com/m", "example.com/m/b")
		m.runs()
		m.edit(name+"/d.go", "func Bad()", "func New() {}\n\nfunc Bad()")
		m.runs("example.com/m")
		m.edit(name+"/d.go", "func Bad()", "func Worse()")
		m.runs("example.com/m") // where it is a compile error now
		m.runs("example.com/m")
		m.edit(name+"/d.go", "func Worse()", "func Bad()")
		m.runs()
	}
}

// TestRecallConstants: what the same files mean may depend on the machine.
func TestRecallConstants(t *testing.T) {
	m := newTree(t, `
-- go.mod --
module example.com/m
go 1.24
require example.com/dep v0.0.0
replace example.com/dep => ./dep
-- a.go --
package a

import "example.com/dep"

func bad() { bad() }

const Big = dep.Max > 1<<40

var _ [dep.Max >> 62]int
-- dep/go.mod --
module example.com/dep
go 1.24
-- dep/d.go --
package dep

const Max = int(^uint(0) >> 1)
`, badCalls())
	for _, arch := range []string{"amd64", "386", "amd64"} {
		t.Setenv("GOARCH", arch)
		m.same(mustRun(t, m.opts))
	}
	m.runs()
}

// TestRecallCgo: packages with cgo are kept, too; headers belong to them.
func TestRecallCgo(t *testing.T) {
	if _, err := exec.LookPath("gcc"); err != nil {
		t.Skip("no C compiler")
	}
	t.Setenv("CGO_ENABLED", "1")
	t.Setenv("CC", "gcc")
	m := newTree(t, `
-- go.mod --
module m
go 1.24
-- a/a.go --
package a

// #include "a.h"
import "C"

func A() int { return int(C.add(1, 2)) }
-- a/a.h --
static int add(int a, int b) { return a + b; }
-- b/b.go --
package b

import "m/a"

func bad() { bad(); a.A() }
`, badCalls())
	m.runs("m/a", "m/b")
	m.runs()
	m.edit("b/b.go", "bad();", "bad(); bad();")
	m.runs("m/b")
	m.edit("a/a.h", "a + b", "b + a")
	m.runs("m/a")
	m.edit("a/a.h", "static int add(", "static unsigned int add(")
	m.runs("m/a")
}

// TestRecallOverlay: what an editor holds counts, not what is on disk.
func TestRecallOverlay(t *testing.T) {
	t.Parallel()
	m := newTree(t, chain, badCalls(), dangers())
	m.runs(all...)
	m.opts.Overlay = map[string][]byte{filepath.Join(m.dir, "d", "d.go"): []byte("package d\n\nfunc bad() { bad() }\n")}
	m.runs("m/d")
	m.runs()
	m.opts.Overlay = nil
	m.runs()
}

// TestRecallMoved: a module that was moved is the same, at another place.
func TestRecallMoved(t *testing.T) {
	t.Parallel()
	m := newTree(t, chain, badCalls(), dangers())
	m.runs(all...)
	moved := filepath.Join(t.TempDir(), "moved")
	if err := os.Rename(m.dir, moved); err != nil {
		t.Fatal(err)
	}
	m.dir, m.opts.Dir = moved, moved
	result := m.runs()
	if len(result.Findings) == 0 || !strings.HasPrefix(result.Findings[0].Range.Start.File, moved) {
		t.Errorf("%+v", result.Findings)
	}
}

// TestRecallSettings: what is asked for counts.
func TestRecallSettings(t *testing.T) {
	a := badCalls()
	a.Flags.String("word", "", "")
	m := newTree(t, chain, a)
	m.runs("m/a", "m/b", "m/c [m/c.test]", "m/c_test [m/c.test]", "m/d")
	if err := a.Flags.Set("word", "other"); err != nil {
		t.Fatal(err)
	}
	m.runs("m/a", "m/b", "m/c [m/c.test]", "m/c_test [m/c.test]", "m/d")
	m.opts.Tests = false
	m.runs("m/c")
	m.opts.Patterns = []string{"./b"}
	m.runs("m/a") // its declarations, not its findings
	m.opts.Patterns = []string{"./a", "./b"}
	m.runs()
	m.edit("go.mod", "go 1.24", "go 1.21")
	m.runs("m/a", "m/b")
	t.Setenv("GOARCH", "386")
	m.runs("m/a", "m/b")
}

// TestRecallLines: a finding with a place in a file of another package, of
// which only a comment changes.
func TestRecallLines(t *testing.T) {
	t.Parallel()
	a := &analysis.Analyzer{Name: "declared", Doc: "say where called functions stand", Run: func(pass *analysis.Pass) (any, error) {
		eachCall(pass, func(call *ast.CallExpr, callee types.Object) {
			if callee.Name() == "Danger" {
				pass.Report(analysis.Diagnostic{Pos: call.Pos(), Message: "call", Related: []analysis.RelatedInformation{{Pos: callee.Pos(), Message: "of this"}}})
			}
		})
		return nil, nil
	}}
	m := newTree(t, chain, a)
	m.runs("m/a", "m/b", "m/c [m/c.test]", "m/c_test [m/c.test]", "m/d")
	m.edit("a/a.go", "// Danger is.", "// Danger is\n// described here.")
	m.runs("m/a", "m/b")
	m.runs()
}
