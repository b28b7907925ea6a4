package deferresult

import (
	_ "embed"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/goconclint/goconclint/passes/internal/doc"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/report"
)

//go:embed doc.go
var source string

const name = "deferresult"

// Analyzer reports deferred functions that miss the result.
var Analyzer = &analysis.Analyzer{
	Name:     name,
	Doc:      doc.Must(source, name),
	URL:      doc.URL(name),
	Requires: []*analysis.Analyzer{inspect.Analyzer, program.Analyzer, report.Requires},
	Run:      run,
}

// A checker is one run on one package.
type checker struct {
	pass     *analysis.Pass
	info     *types.Info
	prog     *program.Program
	reporter *report.Reporter
}

// A deferral is a defer statement and the function that it belongs to.
type deferral struct {
	stmt   *ast.DeferStmt
	cursor inspector.Cursor
	fn     inspector.Cursor
	typ    *ast.FuncType
	body   *ast.BlockStmt
	sig    *types.Signature
	graph  *program.Graph // made when first needed
}

// run judges each defer statement of functions that return something.
func run(pass *analysis.Pass) (any, error) {
	root := pass.ResultOf[inspect.Analyzer].(*inspector.Inspector).Root()
	c := &checker{
		pass:     pass,
		info:     pass.TypesInfo,
		prog:     pass.ResultOf[program.Analyzer].(*program.Program),
		reporter: report.New(pass),
	}
	for cursor := range root.Preorder((*ast.DeferStmt)(nil)) {
		if d, ok := c.deferral(cursor); ok && d.sig.Results().Len() > 0 && !match.InTestFile(pass.Fset, d.stmt.Pos()) {
			c.judge(d)
		}
	}
	c.reporter.Flush()
	return nil, nil
}

func (c *checker) judge(d *deferral) {
	lit, ok := ast.Unparen(d.stmt.Call.Fun).(*ast.FuncLit)
	if !ok {
		c.judgeWritten(d)
		return
	}
	if d.sig.Results().At(0).Name() == "" {
		c.judgeLost(d, lit)
		c.judgeUnseen(d, lit)
	}
}

func (c *checker) deferral(cursor inspector.Cursor) (*deferral, bool) {
	for fn := range cursor.Enclosing((*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		d := &deferral{stmt: cursor.Node().(*ast.DeferStmt), cursor: cursor, fn: fn}
		switch fn := fn.Node().(type) {
		case *ast.FuncLit:
			d.typ, d.body, d.sig = fn.Type, fn.Body, c.info.TypeOf(fn).(*types.Signature)
		case *ast.FuncDecl:
			d.typ, d.body, d.sig = fn.Type, fn.Body, c.info.Defs[fn.Name].Type().(*types.Signature)
		}
		return d, true
	}
	return nil, false
}

// own returns the variable that an expression is, if the function declares it
// itself, in its body.
func (c *checker) own(d *deferral, e ast.Expr) *types.Var {
	v := match.LocalVar(c.info, e)
	if v == nil || v.Pos() < d.body.Pos() || d.body.End() <= v.Pos() {
		return nil
	}
	return v
}

// returns yields the return statements of the function itself that the defer
// statement can lead to.
func (c *checker) returns(d *deferral) []*ast.ReturnStmt {
	if d.graph == nil {
		d.graph = c.prog.Graph(d.body)
	}
	from, ok := d.graph.Find(d.stmt)
	if !ok {
		return nil
	}
	var list []*ast.ReturnStmt
	d.graph.Search(from, func(s program.Step) bool {
		if ret, ok := s.Node.(*ast.ReturnStmt); ok {
			list = append(list, ret)
		}
		return true
	})
	return list
}
