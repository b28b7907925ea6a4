package fatalexit

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
	"github.com/goconclint/goconclint/passes/internal/summarize"
)

//go:embed doc.go
var source string

const name = "fatalexit"

// Analyzer reports exits that skip deferred calls, that a library makes, or
// that end the wrong goroutine.
var Analyzer = &analysis.Analyzer{
	Name:     name,
	Doc:      doc.Must(source, name),
	URL:      doc.URL(name),
	Requires: []*analysis.Analyzer{inspect.Analyzer, program.Analyzer, report.Requires, summarize.Analyzer},
	Run:      run,
}

// A checker is one run on one package.
type checker struct {
	pass     *analysis.Pass
	info     *types.Info
	root     inspector.Cursor
	prog     *program.Program
	known    *summarize.Result
	decls    map[*types.Func]*ast.FuncDecl
	reporter *report.Reporter
}

// An exit is a call that ends the process, or the goroutine of a test.
type exit struct {
	cursor inspector.Cursor
	expr   *ast.CallExpr
	callee *types.Func
	fn     inspector.Cursor // the function around it
}

func run(pass *analysis.Pass) (any, error) {
	c := &checker{
		pass:     pass,
		info:     pass.TypesInfo,
		root:     pass.ResultOf[inspect.Analyzer].(*inspector.Inspector).Root(),
		prog:     pass.ResultOf[program.Analyzer].(*program.Program),
		known:    pass.ResultOf[summarize.Analyzer].(*summarize.Result),
		decls:    make(map[*types.Func]*ast.FuncDecl),
		reporter: report.New(pass),
	}
	if c.concerned() {
		for cursor := range c.root.Preorder((*ast.FuncDecl)(nil)) {
			decl := cursor.Node().(*ast.FuncDecl)
			if fn, ok := c.info.Defs[decl.Name].(*types.Func); ok {
				c.decls[fn] = decl
			}
		}
		for cursor := range c.root.Preorder((*ast.CallExpr)(nil)) {
			c.judge(cursor)
		}
	}
	c.reporter.Flush()
	return nil, nil
}

// concerned is the sieve: the package names a function that may end the
// process, or a test.
func (c *checker) concerned() bool {
	for _, obj := range c.info.Uses {
		if fn, ok := obj.(*types.Func); ok && fn.Pkg() != c.pass.Pkg && (c.known.Ending(fn).Exits || endsTest(fn)) {
			return true
		}
	}
	return false
}

func (c *checker) judge(cursor inspector.Cursor) {
	expr := cursor.Node().(*ast.CallExpr)
	callee, ok := typeutil.Callee(c.info, expr).(*types.Func)
	if !ok {
		return
	}
	exits, helps := c.exits(callee), c.helpsTest(callee)
	if !exits && !helps && !endsTest(callee) {
		return
	}
	for fn := range cursor.Enclosing((*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		x := exit{cursor, expr, callee, fn}
		switch {
		case helps:
			c.judgeHelper(x)
		case !exits:
			c.judgeTest(x)
		case !c.judgeSkipped(x):
			c.judgeLibrary(x)
		}
		return
	}
}

// exits reports whether fn is there to end the process: because it never
// returns, or as a helper that is told why, an error or a text, and returns
// nothing.
func (c *checker) exits(fn *types.Func) bool {
	end, sig := c.known.Ending(fn), fn.Signature()
	if end.Ends || !end.Exits || sig.Params().Len() == 0 || sig.Results().Len() > 0 {
		return end.Ends
	}
	return match.IsError(sig.Params().At(0).Type()) || isReason(lastParam(sig))
}

// lastParam returns the type of a function's last operand.
func lastParam(sig *types.Signature) types.Type {
	last := sig.Params().At(sig.Params().Len() - 1).Type()
	if sig.Variadic() {
		return last.(*types.Slice).Elem()
	}
	return last
}

// isReason reports whether a value of the type says why: an error, a text, or
// whatever is to be printed.
func isReason(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Interface:
		return match.IsError(t) || u.Empty()
	case *types.Basic:
		return u.Info()&types.IsString != 0
	}
	return false
}

// endsTest reports whether fn ends the goroutine that calls it, for a test.
func endsTest(fn *types.Func) bool {
	if fn.Pkg() == nil || fn.Pkg().Path() != "testing" {
		return false
	}
	return model.NeverReturns(fn)
}

// inTest reports whether the exit stands in a test file.
func (c *checker) inTest(x exit) bool { return match.InTestFile(c.pass.Fset, x.expr.Pos()) }
