package drive

import (
	"fmt"
	"go/ast"
	"go/types"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/cmd/internal/moduletest"
)

// danger is a fact about a function: it is named Danger…, or calls such a
// function. dangerCount is one about a package: how many of these it has.
type (
	danger      struct{ Through string }
	dangerCount struct{ N int }
)

func (*danger) AFact()      {}
func (*dangerCount) AFact() {}

// dangers reports calls of dangerous functions of other packages.
func dangers() *analysis.Analyzer {
	return &analysis.Analyzer{
		Name: "dangers", Doc: "report calls of dangerous functions",
		FactTypes: []analysis.Fact{new(danger), new(dangerCount)},
		Run: func(pass *analysis.Pass) (any, error) {
			for _, file := range pass.Files {
				for _, decl := range file.Decls {
					if fn, ok := decl.(*ast.FuncDecl); ok {
						exportDanger(pass, fn)
					}
				}
			}
			eachCall(pass, func(call *ast.CallExpr, callee types.Object) {
				var fact danger
				if callee.Pkg() != pass.Pkg && pass.ImportObjectFact(callee, &fact) {
					var count dangerCount
					pass.ImportPackageFact(callee.Pkg(), &count)
					pass.Reportf(call.Pos(), "%s is dangerous%s, one of %d", callee.Name(), fact.Through, count.N)
				}
			})
			return nil, nil
		},
	}
}

func exportDanger(pass *analysis.Pass, fn *ast.FuncDecl) {
	object := pass.TypesInfo.Defs[fn.Name]
	var fact *danger
	if strings.HasPrefix(fn.Name.Name, "Danger") {
		fact = new(danger)
	}
	ast.Inspect(fn, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && fact == nil {
			callee, isFunc := pass.TypesInfo.Uses[id].(*types.Func)
			if isFunc && pass.ImportObjectFact(callee, new(danger)) {
				fact = &danger{" through " + callee.Name()}
			}
		}
		return true
	})
	if fact == nil {
		return
	}
	pass.ExportObjectFact(object, fact)
	var count dangerCount
	pass.ImportPackageFact(pass.Pkg, &count)
	pass.ExportPackageFact(&dangerCount{count.N + 1})
}

// TestFactsCrossPackages: facts reach importers of importers, methods among
// them, and dependencies that weren't asked for have them too.
func TestFactsCrossPackages(t *testing.T) {
	t.Parallel()
	const archive = `
-- go.mod --
module m
-- a/a.go --
package a

func Danger() {}

type T struct{}

func (T) DangerMethod() {}
-- b/b.go --
package b

import "m/a"

func B() { a.Danger() }

func Harmless() {}

func Get() a.T { return a.T{} }
-- c/c.go --
package c

import "m/b"

func c() {
	b.B()
	b.Harmless()
	b.Get().DangerMethod()
}
`
	dir := moduletest.New(t, archive)
	result := mustRun(t, Options{Dir: dir, Patterns: []string{"./c"}, Analyzers: []*analysis.Analyzer{dangers()}})
	want(t, result, dir,
		"c/c.go:6:2: B is dangerous through Danger, one of 1 (dangers) in m/c",
		"c/c.go:8:2: DangerMethod is dangerous, one of 2 (dangers) in m/c",
	)
}

// TestFactsOfVariants: an external test sees q rebuilt against the test
// variant of p; facts about it come from q as it is, and those about p from
// its test variant.
func TestFactsOfVariants(t *testing.T) {
	t.Parallel()
	result, dir := inModule(t, variants, dangers())
	want(t, result, dir,
		"p/x_test.go:6:2: DangerP is dangerous, one of 2 (dangers) in m/p_test",
		"p/x_test.go:7:2: Q is dangerous through DangerP, one of 1 (dangers) in m/p_test",
		"p/x_test.go:8:2: DangerInTest is dangerous, one of 2 (dangers) in m/p_test",
		"q/q.go:5:15: DangerP is dangerous, one of 1 (dangers) in m/q",
	)
}

// TestFactsOfVariantsAlone: where only the test of p is asked for, there is no
// q but its intermediate variant, which then makes its own facts.
func TestFactsOfVariantsAlone(t *testing.T) {
	t.Parallel()
	dir := moduletest.New(t, variants)
	opts := Options{Dir: dir, Patterns: []string{"./p"}, Tests: true, Analyzers: []*analysis.Analyzer{dangers()}}
	want(t, everyWay(t, opts), dir,
		"p/x_test.go:6:2: DangerP is dangerous, one of 2 (dangers) in m/p_test",
		"p/x_test.go:7:2: Q is dangerous through DangerP, one of 1 (dangers) in m/p_test",
		"p/x_test.go:8:2: DangerInTest is dangerous, one of 2 (dangers) in m/p_test",
	)
}

const variants = `
-- go.mod --
module m
-- p/p.go --
package p

func DangerP() {}

func bad() {}

func f() { bad() }
-- p/in_test.go --
package p

func DangerInTest() { bad() }
-- p/x_test.go --
package p_test

import ("m/p"; "m/q")

func bad() {
	p.DangerP()
	q.Q(p.T{})
	p.DangerInTest()
	bad()
}
-- p/t.go --
package p

type T struct{}
-- q/q.go --
package q

import "m/p"

func Q(p.T) { p.DangerP() }
`

// TestAllFacts: the lists hold what the pass can see, in a fixed order.
func TestAllFacts(t *testing.T) {
	t.Parallel()
	a := dangers()
	inner := a.Run
	a.Run = func(pass *analysis.Pass) (any, error) {
		result, err := inner(pass)
		var names []string
		for _, f := range pass.AllObjectFacts() {
			names = append(names, f.Object.Pkg().Path()+"."+f.Object.Name())
		}
		for _, f := range pass.AllPackageFacts() {
			names = append(names, fmt.Sprint(f.Package.Path(), f.Fact.(*dangerCount).N))
		}
		pass.Reportf(pass.Files[0].Pos(), "%s", strings.Join(names, " "))
		return result, err
	}
	result, _ := inModule(t, variants, a)
	var got []string
	for _, f := range result.Findings {
		if strings.Contains(f.Message, "m/") {
			got = append(got, f.Package+": "+f.Message)
		}
	}
	expected := []string{
		"m/p: m/p.DangerP m/p.DangerInTest m/p2",
		"m/p_test: m/p.DangerP m/p.DangerInTest m/q.Q m/p_test.bad m/p2 m/q1 m/p_test1",
		"m/q: m/p.DangerP m/q.Q m/p1 m/q1",
	}
	if !reflect.DeepEqual(got, expected) {
		t.Errorf("got  %q\nwant %q", got, expected)
	}
}

func TestFactMistakes(t *testing.T) {
	t.Parallel()
	a := dangers()
	a.Run = func(pass *analysis.Pass) (any, error) {
		for _, imported := range pass.Pkg.Imports() {
			pass.ExportObjectFact(imported.Scope().Lookup("Println"), new(danger))
		}
		return nil, nil
	}
	result, dir := inModule(t, "\n-- go.mod --\nmodule m\n-- a.go --\npackage a\nimport \"fmt\"\nfunc f() { fmt.Println() }\n", a)
	if len(result.Problems) != 1 || !result.Problems[0].Internal || !strings.Contains(result.Problems[0].Message, "an object of another package") {
		t.Errorf("%v", lines(result, dir))
	}
}
