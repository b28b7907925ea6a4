package shutdown

import (
	_ "embed"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/doc"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/report"
)

//go:embed doc.go
var source string

const name = "shutdown"

// Analyzer reports servers whose end goes wrong.
var Analyzer = newAnalyzer()

func newAnalyzer() *analysis.Analyzer {
	options := new(options)
	a := &analysis.Analyzer{
		Name:     name,
		Doc:      doc.Must(source, name),
		URL:      doc.URL(name),
		Requires: []*analysis.Analyzer{inspect.Analyzer, program.Analyzer, report.Requires},
		Run:      func(pass *analysis.Pass) (any, error) { return run(pass, options) },
	}
	a.Flags.BoolVar(&options.endless, "endless", false, "also report commands that serve with nothing that could end it")
	return a
}

type options struct{ endless bool }

// A checker is one run on one package.
type checker struct {
	pass     *analysis.Pass
	info     *types.Info
	root     inspector.Cursor
	prog     *program.Program
	serving  []call // calls that serve, of a server that can be shut down
	forever  []call // of one that can't
	ending   []call // calls that end a server
	within   []call // of methods that give something up within a context
	reporter *report.Reporter
}

// A call is a call with the known function that it calls.
type call struct {
	cursor inspector.Cursor
	expr   *ast.CallExpr
	fn     *types.Func
}

func run(pass *analysis.Pass, options *options) (any, error) {
	c := &checker{
		pass:     pass,
		info:     pass.TypesInfo,
		root:     pass.ResultOf[inspect.Analyzer].(*inspector.Inspector).Root(),
		prog:     pass.ResultOf[program.Analyzer].(*program.Program),
		reporter: report.New(pass),
	}
	if c.concerned() {
		c.collect()
		for _, serving := range c.serving {
			c.judgeFatal(serving)
			c.judgeEarly(serving)
			c.judgeLost(serving)
		}
		for _, forever := range c.forever {
			c.judgeLost(forever)
		}
		c.judgeContexts()
		if options.endless {
			c.judgeEndless()
		}
	}
	c.reporter.Flush()
	return nil, nil
}

// concerned is the sieve: the package names a function of those that this
// check is about.
func (c *checker) concerned() bool {
	for _, obj := range c.info.Uses {
		if fn, ok := obj.(*types.Func); ok {
			if model.Serves(fn) || model.ServesForever(fn) || model.EndsWithin(fn) {
				return true
			}
		}
	}
	return false
}

// collect finds the calls, tests left out.
func (c *checker) collect() {
	for cursor := range c.root.Preorder((*ast.CallExpr)(nil)) {
		expr := cursor.Node().(*ast.CallExpr)
		fn, ok := typeutil.Callee(c.info, expr).(*types.Func)
		if !ok || c.servesTests(cursor) {
			continue
		}
		found := call{cursor, expr, fn}
		ends, _ := model.EndsServing(fn)
		switch {
		case model.Serves(fn):
			c.serving = append(c.serving, found)
		case model.ServesForever(fn):
			c.forever = append(c.forever, found)
		case ends:
			c.ending = append(c.ending, found)
		}
		if model.EndsWithin(fn) {
			c.within = append(c.within, found)
		}
	}
}

// servesTests reports whether a node lies in a file that only tests have a use
// for: what becomes of a server when they are over, the test's end decides.
func (c *checker) servesTests(cursor inspector.Cursor) bool {
	if match.InTestFile(c.pass.Fset, cursor.Node().Pos()) {
		return true
	}
	for file := range cursor.Enclosing((*ast.File)(nil)) {
		return match.ImportsTesting(file.Node().(*ast.File))
	}
	return false
}

// server returns the variable or field that holds the server of which a
// method is called, or nil.
func (c *checker) server(of *ast.CallExpr) types.Object {
	fun, ok := ast.Unparen(of.Fun).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	return c.named(fun.X)
}

// named returns the variable or field that an expression names.
func (c *checker) named(e ast.Expr) types.Object {
	switch x := ast.Unparen(e).(type) {
	case *ast.Ident:
		return c.info.Uses[x]
	case *ast.SelectorExpr:
		return c.info.Uses[x.Sel]
	}
	return nil
}

// around returns the function in which a node stands.
func around(cursor inspector.Cursor) (inspector.Cursor, bool) {
	for fn := range cursor.Enclosing((*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		return fn, true
	}
	return cursor, false
}

func bodyOf(fn ast.Node) *ast.BlockStmt {
	switch fn := fn.(type) {
	case *ast.FuncLit:
		return fn.Body
	case *ast.FuncDecl:
		return fn.Body
	}
	return nil
}

// title is how messages call a function.
func title(fn ast.Node) string {
	if decl, ok := fn.(*ast.FuncDecl); ok {
		return decl.Name.Name
	}
	return "the function literal"
}
