package retained

import (
	_ "embed"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/goconclint/goconclint/passes/internal/doc"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/report"
)

//go:embed doc.go
var source string

const name = "retained"

// Analyzer reports memory kept alive by what nobody needs any more.
var Analyzer = &analysis.Analyzer{
	Name:     name,
	Doc:      doc.Must(source, name),
	URL:      doc.URL(name),
	Requires: []*analysis.Analyzer{inspect.Analyzer, report.Requires},
	Run:      run,
}

// checker is one run on one package.
type checker struct {
	pass     *analysis.Pass
	info     *types.Info
	reporter *report.Reporter
}

// run looks at slice expressions: parts that are kept of something large, and
// what is left when a list is made shorter.
func run(pass *analysis.Pass) (any, error) {
	c := &checker{pass: pass, info: pass.TypesInfo, reporter: report.New(pass)}
	root := pass.ResultOf[inspect.Analyzer].(*inspector.Inspector).Root()
	for cursor := range root.Preorder((*ast.SliceExpr)(nil), (*ast.AssignStmt)(nil)) {
		switch n := cursor.Node().(type) {
		case *ast.SliceExpr:
			c.part(cursor, n)
		case *ast.AssignStmt:
			if n.Tok == token.ASSIGN && len(n.Lhs) == 1 && len(n.Rhs) == 1 {
				c.shorter(cursor, n)
			}
		}
	}
	c.reporter.Flush()
	return nil, nil
}

// outlives reports whether a place is a field or a package variable, or an
// element of one.
func (c *checker) outlives(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.SelectorExpr:
		return true
	case *ast.Ident:
		return match.LocalVar(c.info, e) == nil && e.Name != "_"
	case *ast.IndexExpr:
		return c.outlives(e.X)
	case *ast.StarExpr:
		return true
	}
	return false
}
