package hotalloc

import (
	_ "embed"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/doc"
	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/hotness"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/report"
)

//go:embed doc.go
var source string

// Analyzer reports allocations on hot paths that can be saved.
var Analyzer = newAnalyzer()

// checker holds the analyzer's flags.
type checker struct {
	loops bool // loops of benchmarks and handlers are hot, too
}

func newAnalyzer() *analysis.Analyzer {
	c := new(checker)
	a := &analysis.Analyzer{
		Name:     "hotalloc",
		Doc:      doc.Must(source, "hotalloc"),
		URL:      doc.URL("hotalloc"),
		Requires: []*analysis.Analyzer{report.Requires, hotness.Analyzer, inspect.Analyzer},
		Run:      c.run,
	}
	hotness.AddLoopsFlag(a, &c.loops)
	hotness.AddProfileFlag(a)
	return a
}

// run asks which code is hot and judges each of its nodes by itself.
func (c *checker) run(pass *analysis.Pass) (any, error) {
	reporter := report.New(pass)
	heat := hotness.Of(pass)
	for _, region := range heat.Regions(c.loops) {
		for _, finding := range newJudge(pass, region).findings() {
			finding.Related = region.Why.Related()
			finding.Message += heat.Price(finding.Range)
			reporter.Add(finding)
		}
	}
	if !c.loops && heat.SilencesLoops(pass) {
		reporter.Truncate()
	}
	reporter.Flush()
	return nil, nil
}

// A judge looks at one hot region.
type judge struct {
	pass    *analysis.Pass
	info    *types.Info
	region  hotness.Region
	growths map[ast.Node]match.Growth // by where they are filled
	root    inspector.Cursor
}

func newJudge(pass *analysis.Pass, region hotness.Region) *judge {
	in, _ := pass.ResultOf[inspect.Analyzer].(*inspector.Inspector)
	j := &judge{pass: pass, info: pass.TypesInfo, region: region, growths: make(map[ast.Node]match.Growth), root: in.Root()}
	for _, g := range match.Growths(pass.TypesInfo, region.Decl.Body) {
		j.growths[g.Fill] = g
	}
	return j
}

func (j *judge) findings() []report.Finding {
	var found []report.Finding
	j.region.Inspect(func(n ast.Node, above []ast.Node) bool {
		if g, ok := j.growths[n]; ok {
			found = append(found, j.growth(g))
		}
		switch n := n.(type) {
		case *ast.CallExpr:
			if fn := typeutil.StaticCallee(j.info, n); fn != nil {
				found = append(found, j.call(n, fn, above)...)
			} else {
				found = append(found, j.written(n)...)
			}
		case *ast.AssignStmt:
			found = append(found, j.concatenation(n, above)...)
			found = append(found, j.scratch(n, above)...)
		}
		return true
	})
	return found
}

// call judges calls of functions that are known.
func (j *judge) call(call *ast.CallExpr, fn *types.Func, above []ast.Node) []report.Finding {
	var found []report.Finding
	for _, rule := range []func(*ast.CallExpr, *types.Func, []ast.Node) (report.Finding, bool){
		j.builtOnce, j.timer, j.formatted, j.sorted,
	} {
		if finding, ok := rule(call, fn, above); ok {
			found = append(found, finding)
		}
	}
	return append(found, j.written(call)...)
}

// growth words a slice or map that grows although its size is known.
func (j *judge) growth(g match.Growth) report.Finding {
	return report.Finding{
		Range:   g.Fill,
		Subject: g.Var,
		Message: g.Var.Name() + " grows from empty on a hot path: it will hold " + edit.GrowthSize(j.pass, g) + ", for which there is room in one allocation",
		Fixes:   edit.Presize(j.pass, g),
	}
}

// innermostLoop returns the loop around a node that is nearest to it in the
// same function, or nil. A region that is a loop's body counts, as what it is.
func innermostLoop(above []ast.Node) ast.Stmt {
	for i := len(above) - 1; i >= 0; i-- {
		switch n := above[i].(type) {
		case *ast.ForStmt:
			return n
		case *ast.RangeStmt:
			return n
		case *ast.FuncLit:
			return nil
		}
	}
	return nil
}

// text prints an expression for a message.
func (j *judge) text(e ast.Expr) string { return edit.Print(j.pass.Fset, e) }
