package gopanic

import (
	_ "embed"
	"fmt"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/doc"
	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/summarize"
)

//go:embed doc.go
var source string

const name = "gopanic"

// Analyzer reports goroutines that can panic and recover nothing.
var Analyzer = &analysis.Analyzer{
	Name:     name,
	Doc:      doc.Must(source, name),
	URL:      doc.URL(name),
	Requires: []*analysis.Analyzer{inspect.Analyzer, report.Requires, summarize.Analyzer},
	Run:      run,
}

// A checker is one run on one package.
type checker struct {
	pass  *analysis.Pass
	info  *types.Info
	root  inspector.Cursor
	known *summarize.Result
	decls map[*types.Func]*ast.FuncDecl // made when first needed
}

// run asks of each goroutine that the package starts for the first thing in
// it that can panic.
func run(pass *analysis.Pass) (any, error) {
	c := &checker{
		pass:  pass,
		info:  pass.TypesInfo,
		root:  pass.ResultOf[inspect.Analyzer].(*inspector.Inspector).Root(),
		known: pass.ResultOf[summarize.Analyzer].(*summarize.Result),
	}
	reporter := report.New(pass)
	for cursor := range c.root.Preorder((*ast.GoStmt)(nil), (*ast.CallExpr)(nil)) {
		if match.InTestFile(pass.Fset, cursor.Node().Pos()) {
			continue
		}
		switch n := cursor.Node().(type) {
		case *ast.GoStmt:
			c.judge(reporter, report.Word(n, "go"), n.Call)
		case *ast.CallExpr:
			if given := c.spawned(n); given != nil {
				c.judge(reporter, n.Fun, &ast.CallExpr{Fun: given})
			}
		}
	}
	reporter.Flush()
	return nil, nil
}

// spawned returns the function that a call runs on another goroutine, by the
// table.
func (c *checker) spawned(call *ast.CallExpr) ast.Expr {
	fn, ok := typeutil.Callee(c.info, call).(*types.Func)
	if !ok {
		return nil
	}
	if index := model.Spawns(fn); 0 <= index && index < len(call.Args) {
		return call.Args[index]
	}
	return nil
}

func (c *checker) judge(reporter *report.Reporter, at analysis.Range, call *ast.CallExpr) {
	r := c.riskOfCall(call, 3)
	if r == nil {
		return
	}
	reporter.Add(report.Finding{
		Range:   at,
		Message: fmt.Sprintf("%s can panic in this goroutine, which recovers nothing: the whole process ends", r.text),
		Related: []analysis.RelatedInformation{report.Here(r.at, r.why)},
	})
}

// A risk is a piece of code that can panic.
type risk struct {
	at   ast.Node
	text string
	why  string
}

func (c *checker) riskAt(n ast.Expr, why string) *risk {
	text := edit.Print(c.pass.Fset, n)
	if call, ok := n.(*ast.CallExpr); ok && len(text) > 30 {
		text = edit.Print(c.pass.Fset, call.Fun)
	}
	return &risk{n, text, why}
}

// declared returns the declaration of a function of the package.
func (c *checker) declared(fn *types.Func) *ast.FuncDecl {
	if c.decls == nil {
		c.decls = make(map[*types.Func]*ast.FuncDecl)
		for cursor := range c.root.Preorder((*ast.FuncDecl)(nil)) {
			decl := cursor.Node().(*ast.FuncDecl)
			if obj, ok := c.info.Defs[decl.Name].(*types.Func); ok && decl.Body != nil {
				c.decls[obj] = decl
			}
		}
	}
	return c.decls[fn.Origin()]
}
