package oncemisuse

import (
	_ "embed"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/doc"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

//go:embed doc.go
var source string

// Analyzer reports uses of sync.Once, and of locks in its place, that don't
// do what they are there for.
var Analyzer = &analysis.Analyzer{
	Name:     "oncemisuse",
	Doc:      doc.Must(source, "oncemisuse"),
	URL:      doc.URL("oncemisuse"),
	Requires: []*analysis.Analyzer{report.Requires, program.Analyzer},
	Run:      run,
}

func run(pass *analysis.Pass) (any, error) {
	c := &checker{pass: pass, info: pass.TypesInfo, reporter: report.New(pass)}
	once, locks := match.UsesOnce(pass), sharing.TakesLocks(pass)
	if once || locks {
		for _, file := range pass.Files {
			c.file(file, once, locks)
		}
	}
	if once {
		c.reentries(pass.ResultOf[program.Analyzer].(*program.Program))
	}
	c.reporter.Flush()
	return nil, nil
}

// A checker looks at one package.
type checker struct {
	pass     *analysis.Pass
	info     *types.Info
	reporter *report.Reporter
}

// file looks at each function with all literals that it holds.
func (c *checker) file(file *ast.File, once, locks bool) {
	test := match.TestFile(c.pass, file)
	ast.Inspect(file, func(n ast.Node) bool {
		fn := functionOf(c.info, n)
		if fn == nil {
			return true
		}
		if once {
			c.dos(fn)
			if !test {
				c.resets(fn)
			}
		}
		if locks {
			c.doubleChecks(fn)
		}
		return true
	})
}

// A function is a declaration or literal that is looked at.
type function struct {
	node ast.Node
	body *ast.BlockStmt
	sig  *types.Signature
	name string // "" for literals
	doc  *ast.CommentGroup
}

func functionOf(info *types.Info, n ast.Node) *function {
	switch n := n.(type) {
	case *ast.FuncDecl:
		if fn, ok := info.Defs[n.Name].(*types.Func); ok && n.Body != nil {
			return &function{n, n.Body, fn.Signature(), n.Name.Name, n.Doc}
		}
	case *ast.FuncLit:
		if sig, ok := info.TypeOf(n).(*types.Signature); ok {
			return &function{node: n, body: n.Body, sig: sig}
		}
	}
	return nil
}

// inside visits the nodes of a function that aren't in literals of its own.
func (fn *function) inside(visit func(ast.Node)) {
	ast.Inspect(fn.body, func(n ast.Node) bool {
		if _, isLit := n.(*ast.FuncLit); isLit {
			return false
		}
		if n != nil {
			visit(n)
		}
		return true
	})
}

// A do is a call of a Once's method Do.
type do struct {
	call *ast.CallExpr
	once ast.Expr     // the receiver
	lit  *ast.FuncLit // the argument, nil if it isn't a literal
}

// doOf returns the call of Do that a node is.
func doOf(info *types.Info, n ast.Node) (do, bool) {
	call, ok := n.(*ast.CallExpr)
	if !ok || len(call.Args) != 1 {
		return do{}, false
	}
	selector, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return do{}, false
	}
	fn, ok := info.Uses[selector.Sel].(*types.Func)
	if !ok || model.Key(fn) != "(sync.Once).Do" {
		return do{}, false
	}
	lit, _ := ast.Unparen(call.Args[0]).(*ast.FuncLit)
	return do{call, selector.X, lit}, true
}

// isOnce reports whether a type is sync.Once itself.
func isOnce(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && model.TypeKey(named) == "sync.Once"
}
