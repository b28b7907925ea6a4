package drive

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
)

// TestBrokenPackage: what doesn't compile is a problem once per error, and
// not analysed; everything else is, importers included.
func TestBrokenPackage(t *testing.T) {
	t.Parallel()
	result, dir := inModule(t, `
-- go.mod --
module m
-- broken/a.go --
package broken

func bad() { x := 1; bad() }

var S string = 1

func Good() {}
-- broken/a_test.go --
package broken
-- broken/x_test.go --
package broken_test

import "m/broken"

func bad() { bad(); broken.Good() }
-- importer/i.go --
package importer

import "m/broken"

func bad() { bad(); broken.Good() }
-- syntax/s.go --
package syntax

func Bad( {
}
-- syntax/other.go --
package syntax

var _ = undefined
-- consequence/c.go --
package consequence

import "m/syntax"

func bad() { bad(); syntax.Missing() }
-- unharmed/u.go --
package unharmed // but what it uses may have no type, as a rule

import _ "m/syntax"

func bad() { bad() }
-- good/g.go --
package good

func bad() { bad() }
`, badCalls())
	want(t, result, dir,
		"broken/x_test.go:5:14: call of bad (badcalls) in m/broken_test",
		"good/g.go:3:14: call of bad (badcalls) in m/good",
		"importer/i.go:5:14: call of bad (badcalls) in m/importer",
		"-: problem: not analysed, because something that they import doesn't compile: m/consequence, m/unharmed",
		"broken/a.go:3:14: problem: declared and not used: x",
		"broken/a.go:5:16: problem: cannot use 1 (untyped int constant) as string value in variable declaration",
		"syntax/s.go:3:11: problem: expected ')', found '{'",
		"syntax/s.go:4:1: problem: missing ',' in parameter list",
	)
	if len(result.Packages) != 3 {
		t.Errorf("packages %v", result.Packages)
	}
}

// TestBrokenTests don't hide findings in the package itself.
func TestBrokenTests(t *testing.T) {
	t.Parallel()
	result, dir := inModule(t, `
-- go.mod --
module m
-- a.go --
package a

func bad() { bad() }
-- a_test.go --
package a

import "m/missing"

func bad() { missing.F() }
`, badCalls())
	want(t, result, dir,
		"a.go:3:14: call of bad (badcalls) in m",
		"a_test.go:3:8: problem: package m/missing is not in std (GOROOT/src/m/missing)",
	)
}

func TestMissingImports(t *testing.T) {
	t.Parallel()
	result, dir := inModule(t, `
-- go.mod --
module example.com/m
-- a/a.go --
package a

import (
	"example.com/nowhere"
	"example.com/m/tagged"
)

type T struct{ nowhere.Base }

func bad() { bad(); tagged.F() }
-- b/b.go --
package b

import (
	"example.com/m/a"
	"example.com/nowhere"
)

func bad() { bad(); a.T{}.Embedded(); nowhere.F() }
-- tagged/t.go --
//go:build never

package tagged
`, badCalls())
	want(t, result, dir,
		"-: problem: not analysed, because something that they import doesn't compile: example.com/m/b",
		"a/a.go:4:2: problem: no required module provides package example.com/nowhere; to add it: go get example.com/nowhere",
		"a/a.go:5:2: problem: build constraints exclude all Go files in DIR/tagged",
	)
}

func TestImportCycle(t *testing.T) {
	t.Parallel()
	result, dir := inModule(t, `
-- go.mod --
module m
-- a/a.go --
package a

import _ "m/b"

func bad() { bad() }
-- b/b.go --
package b

import _ "m/a"
-- c/c.go --
package c

func C() {}
-- c/c_test.go --
package c

import _ "m/d"

func bad() { bad() }
-- d/d.go --
package d

import "m/c"

func bad() { bad(); c.C() }
`, badCalls())
	want(t, result, dir,
		"d/d.go:5:14: call of bad (badcalls) in m/d",
		"-: problem: not analysed, because something that they import doesn't compile: m/b",
		"a/a.go:3:10: problem: import cycle not allowed: m/a imports m/b imports m/a",
		"d/d.go:3:8: problem: import cycle not allowed in test: m/c imports m/d imports m/c",
	)
}

func TestOtherComplaintsOfGoList(t *testing.T) {
	t.Parallel()
	result, dir := inModule(t, `
-- go.mod --
module m
-- header/h.go --
package header

import "fmt
-- two/a.go --
package a
-- two/b.go --
package b
-- use/u.go --
package use

import _ "m/command"
-- command/c.go --
package main

func main() {}
-- good/g.go --
package good

func bad() { bad() }
`, badCalls())
	want(t, result, dir,
		"good/g.go:3:14: call of bad (badcalls) in m/good",
		"-: problem: found packages a (a.go) and b (b.go) in DIR/two",
		"header/h.go:3:8: problem: string literal not terminated",
		`use/u.go:3:8: problem: import "m/command" is a program, not an importable package`,
	)
}

// TestBrokenOutside: a package of another module that doesn't compile is one
// problem, where the compiler says.
func TestBrokenOutside(t *testing.T) {
	t.Parallel()
	result, dir := inModule(t, `
-- go.mod --
module example.com/m
require example.com/dep v0.0.0
replace example.com/dep => ./dep
-- a.go --
package a

import "example.com/dep"

func bad() { bad(); dep.F() }
-- b/b.go --
package b

import "example.com/dep"

func bad() { bad(); dep.F() }
-- dep/go.mod --
module example.com/dep
-- dep/d.go --
package dep

func F() { x := 1 }
`, badCalls())
	want(t, result, dir, "-: problem: not analysed, because something that they import doesn't compile: example.com/m, example.com/m/b",
		"dep/d.go:3:12: problem: declared and not used: x")
}

// TestMissingBelowOutside: what a package of another module lacks is one
// problem, shown where ours imports it.
func TestMissingBelowOutside(t *testing.T) {
	t.Parallel()
	result, dir := inModule(t, `
-- go.mod --
module example.com/m
require example.com/dep v0.0.0
replace example.com/dep => ./dep
-- a.go --
package a

import _ "example.com/dep"
-- dep/go.mod --
module example.com/dep
-- dep/d.go --
package dep

import _ "example.com/dep/never"
-- dep/never/n.go --
//go:build never

package never
`, badCalls())
	want(t, result, dir, "a.go:3:10: problem: build constraints exclude all Go files in DIR/dep/never")
}

func TestErrorsAreBounded(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("\n-- go.mod --\nmodule m\n-- a.go --\npackage a\n")
	for i := range 15 {
		fmt.Fprintf(&b, "var v%d int = undefined\n", i)
	}
	result, _ := inModule(t, b.String()+"-- a_test.go --\npackage a\n-- x_test.go --\npackage a_test\nimport _ \"m\"\n")
	if len(result.Problems) != maxErrors+1 || result.Problems[maxErrors].Message != "too many errors (5 more)" {
		t.Errorf("%v", result.Problems)
	}
}

// TestDespiteErrors: analyzers that ask for broken packages get them, with
// the errors; no others do, nor those that require others.
func TestDespiteErrors(t *testing.T) {
	t.Parallel()
	despite := &analysis.Analyzer{Name: "despite", Doc: "count errors", RunDespiteErrors: true}
	despite.Run = func(pass *analysis.Pass) (any, error) {
		pass.Reportf(pass.Files[0].Pos(), "%d errors", len(pass.TypeErrors))
		return nil, nil
	}
	second := &analysis.Analyzer{Name: "second", Doc: "never runs", RunDespiteErrors: true, Requires: []*analysis.Analyzer{badCalls()}}
	second.Run = func(*analysis.Pass) (any, error) { panic("run without what it requires") }
	result, dir := inModule(t, "\n-- go.mod --\nmodule m\n-- a.go --\npackage a\nvar a, b int = \"\", \"\"\n", despite, second)
	want(t, result, dir,
		"a.go:1:1: 2 errors (despite) in m",
		"a.go:2:16: problem: cannot use \"\" (untyped string constant) as int value in variable declaration",
		"a.go:2:20: problem: cannot use \"\" (untyped string constant) as int value in variable declaration",
	)
}

// panics returns an analyzer that panics on one package.
func panics(path string) *analysis.Analyzer {
	return &analysis.Analyzer{Name: "panics", Doc: "panic on one package", Run: func(pass *analysis.Pass) (any, error) {
		if pass.Pkg.Path() == path {
			explode(nil)
		}
		return nil, nil
	}}
}

func explode(m map[string]int) { m["x"] = 1 }

func TestPanic(t *testing.T) {
	t.Parallel()
	user := &analysis.Analyzer{Name: "user", Doc: "requires what panics", Requires: []*analysis.Analyzer{panics("example.com/m/a")}}
	user.Run = func(*analysis.Pass) (any, error) { return nil, nil }
	fails := &analysis.Analyzer{Name: "fails", Doc: "fail"}
	fails.Run = func(pass *analysis.Pass) (any, error) {
		if pass.Pkg.Name() == "b" {
			return nil, fmt.Errorf("two\nlines")
		}
		return "something", nil
	}
	result, dir := inModule(t, plainModule, user, badCalls(), fails)
	want(t, result, dir,
		"a/a.go:7:12: call of Bad (badcalls) in example.com/m/a",
		"b/b.go:5:12: call of Bad (badcalls) in example.com/m/b",
		"-: problem: internal error: check fails failed on example.com/m/a: result is a string instead of a <nil>",
		"-: problem: internal error: check fails failed on example.com/m/b: two; lines",
		"-: problem: internal error: check panics failed on example.com/m/a: assignment to entry in nil map (in drive.explode, broken_test.go)",
	)
}

// manyPackages returns a module of n packages with tests and external tests,
// where each imports the half of its own number; some are broken.
func manyPackages(n int) string {
	var b strings.Builder
	b.WriteString("\n-- go.mod --\nmodule example.com/m\n")
	for i := range n {
		fmt.Fprintf(&b, "-- p%d/a.go --\npackage p%d\n", i, i)
		if i > 0 {
			fmt.Fprintf(&b, "import \"example.com/m/p%d\"\nfunc bad() { p%d.DangerF() }\n", i/2, i/2)
		} else {
			b.WriteString("func bad() {}\n")
		}
		b.WriteString("func DangerF() { bad() }\n")
		if i%9 == 8 {
			b.WriteString("var S string = 1\n")
		}
		fmt.Fprintf(&b, "-- p%d/in_test.go --\npackage p%d\nfunc DangerInTest() { bad() }\n", i, i)
		fmt.Fprintf(&b, "-- p%d/x_test.go --\npackage p%d_test\nimport (\n\t\"example.com/m/p%d\"\n\tuser \"example.com/m/p%d\"\n)\n", i, i, i, min(2*i+1, n-1))
		fmt.Fprintf(&b, "func bad() { p%d.DangerF(); p%d.DangerInTest(); user.DangerF(); bad() }\n", i, i)
	}
	return b.String()
}
