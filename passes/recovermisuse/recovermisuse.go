package recovermisuse

import (
	_ "embed"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/doc"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/summarize"
)

//go:embed doc.go
var source string

const name = "recovermisuse"

// Analyzer reports recover that recovers nothing or hides too much.
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
	uses     map[*types.Func][]inspector.Cursor // of functions that call recover themselves
	decls    map[*types.Func]*ast.FuncDecl
	reporter *report.Reporter
}

// run asks of each call of recover, and of each function that calls it,
// whether it is deferred, and of each handler what becomes of the panic.
func run(pass *analysis.Pass) (any, error) {
	c := &checker{
		pass:     pass,
		info:     pass.TypesInfo,
		root:     pass.ResultOf[inspect.Analyzer].(*inspector.Inspector).Root(),
		prog:     pass.ResultOf[program.Analyzer].(*program.Program),
		known:    pass.ResultOf[summarize.Analyzer].(*summarize.Result),
		reporter: report.New(pass),
	}
	if c.concerned() {
		c.index()
		for cursor := range c.root.Preorder((*ast.CallExpr)(nil)) {
			c.judge(cursor)
		}
	}
	c.reporter.Flush()
	return nil, nil
}

// concerned is the sieve: most packages don't recover, nor name a function
// that does.
func (c *checker) concerned() bool {
	for _, obj := range c.info.Uses {
		switch obj := obj.(type) {
		case *types.Builtin:
			if obj.Name() == "recover" {
				return true
			}
		case *types.Func:
			if obj.Pkg() != c.pass.Pkg && c.known.Ending(obj).Recovers {
				return true
			}
		}
	}
	return false
}

// index finds the declared functions, and where those that recover are named.
func (c *checker) index() {
	c.uses = make(map[*types.Func][]inspector.Cursor)
	c.decls = make(map[*types.Func]*ast.FuncDecl)
	for cursor := range c.root.Preorder((*ast.Ident)(nil)) {
		id := cursor.Node().(*ast.Ident)
		if decl, ok := cursor.Parent().Node().(*ast.FuncDecl); ok && decl.Name == id {
			if fn, ok := c.info.Defs[id].(*types.Func); ok {
				c.decls[fn] = decl
			}
		}
		if fn, ok := c.info.Uses[id].(*types.Func); ok && c.known.Ending(fn).Recovers {
			c.uses[fn.Origin()] = append(c.uses[fn.Origin()], cursor)
		}
	}
}

func (c *checker) judge(call inspector.Cursor) {
	expr := call.Node().(*ast.CallExpr)
	if match.IsRecover(c.info, expr) {
		c.judgeRecover(call)
		return
	}
	fn, ok := typeutil.Callee(c.info, expr).(*types.Func)
	if !ok || !c.known.Ending(fn).Recovers {
		return
	}
	if call.ParentEdgeKind() == edge.DeferStmt_Call {
		c.judgeNamed(call, fn.Origin())
		return
	}
	c.judgeUndeferred(call, fn.Origin())
}

// judgeRecover judges one call of recover and the handler that it stands in.
func (c *checker) judgeRecover(call inspector.Cursor) {
	if call.ParentEdgeKind() == edge.DeferStmt_Call {
		c.useless(call, "defer recover() recovers nothing: recover must be called by a deferred function", nil)
		return
	}
	switch body, how := c.function(call); how {
	case called:
		if !c.callsSpeak(body) {
			c.useless(call, c.whyUseless(body), nil)
		}
	case deferred:
		c.judgeHandler(call, body)
	}
}

// callsSpeak reports whether the calls of the function are what is reported.
func (c *checker) callsSpeak(fn inspector.Cursor) bool {
	decl, ok := fn.Node().(*ast.FuncDecl)
	if !ok {
		return false
	}
	obj, _ := c.info.Defs[decl.Name].(*types.Func)
	return len(c.uses[obj]) > 0 && c.known.Ending(obj).Handles
}

// function returns the function whose body calls recover, and how it is run
// itself.
func (c *checker) function(call inspector.Cursor) (inspector.Cursor, manner) {
	for fn := range call.Enclosing((*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		if decl, ok := fn.Node().(*ast.FuncDecl); ok {
			return fn, c.declaredManner(decl)
		}
		return fn, c.literalManner(fn)
	}
	return call, unknown
}

// useless reports a recover that returns nil.
func (c *checker) useless(call inspector.Cursor, message string, fixes []analysis.SuggestedFix) {
	c.reporter.Add(report.Finding{
		Range:   call.Node(),
		Message: message,
		Fixes:   fixes,
		Low:     match.InTestFile(c.pass.Fset, call.Node().Pos()),
	})
}

// result returns the error result of a function that returns one last, and
// whether there is any.
func returnsError(info *types.Info, fn ast.Node) bool {
	switch fn := fn.(type) {
	case *ast.FuncLit:
		return match.ReturnsError(info.TypeOf(fn).(*types.Signature))
	case *ast.FuncDecl:
		return match.ReturnsError(info.Defs[fn.Name].Type().(*types.Signature))
	}
	return false
}

// title is how messages call a function.
func title(fn ast.Node) string {
	if decl, ok := fn.(*ast.FuncDecl); ok {
		return decl.Name.Name
	}
	return "the function literal"
}
