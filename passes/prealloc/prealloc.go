package prealloc

import (
	_ "embed"
	"go/ast"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/doc"
	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/hotness"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/report"
)

//go:embed doc.go
var source string

// Analyzer reports slices and maps that grow although their size is known.
var Analyzer = newAnalyzer()

func newAnalyzer() *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name:     "prealloc",
		Doc:      doc.Must(source, "prealloc"),
		URL:      doc.URL("prealloc"),
		Requires: []*analysis.Analyzer{report.Requires, hotness.Analyzer},
		Run:      run,
	}
	hotness.AddProfileFlag(a)
	return a
}

// run looks for growths in each function, and leaves out those in hot code.
func run(pass *analysis.Pass) (any, error) {
	reporter := report.New(pass)
	hot := hotFills(pass)
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			decl, ok := decl.(*ast.FuncDecl)
			if !ok || decl.Body == nil {
				continue
			}
			for _, g := range match.Growths(pass.TypesInfo, decl.Body) {
				if !hot[g.Fill] {
					reporter.Add(finding(pass, g))
				}
			}
		}
	}
	reporter.Flush()
	return nil, nil
}

// hotFills returns the nodes of hot code at which something can grow.
func hotFills(pass *analysis.Pass) map[ast.Node]bool {
	hot := make(map[ast.Node]bool)
	for _, region := range hotness.Of(pass).Regions(false) {
		region.Inspect(func(n ast.Node, _ []ast.Node) bool {
			switch n.(type) {
			case *ast.CallExpr, *ast.AssignStmt:
				hot[n] = true
			}
			return true
		})
	}
	return hot
}

func finding(pass *analysis.Pass, g match.Growth) report.Finding {
	return report.Finding{
		Range:   g.Fill,
		Message: g.Var.Name() + " grows from empty although it will hold " + edit.GrowthSize(pass, g) + ", for which there is room in one allocation",
		Related: []analysis.RelatedInformation{report.Here(g.Decl, "made here, without room")},
		Fixes:   edit.Presize(pass, g),
	}
}
