package maporder

import (
	_ "embed"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/doc"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/report"
)

//go:embed doc.go
var source string

const name = "maporder"

// Analyzer reports results that depend on the order of a map.
var Analyzer = &analysis.Analyzer{
	Name:     name,
	Doc:      doc.Must(source, name),
	URL:      doc.URL(name),
	Requires: []*analysis.Analyzer{inspect.Analyzer, report.Requires},
	Run:      run,
}

// A checker is one run on one package.
type checker struct {
	pass     *analysis.Pass
	info     *types.Info
	root     inspector.Cursor
	reporter *report.Reporter
	callers  map[*types.Func][]inspector.Cursor // made when first needed
}

// run looks at each loop over a map, or over its unsorted keys: does an
// iteration leave something behind of which the order can be seen?
func run(pass *analysis.Pass) (any, error) {
	c := &checker{
		pass:     pass,
		info:     pass.TypesInfo,
		root:     pass.ResultOf[inspect.Analyzer].(*inspector.Inspector).Root(),
		reporter: report.New(pass),
	}
	for cur := range c.root.Preorder((*ast.RangeStmt)(nil), (*ast.CallExpr)(nil)) {
		switch n := cur.Node().(type) {
		case *ast.RangeStmt:
			if of := c.unordered(n.X); of != nil {
				c.loop(&loop{checker: c, stmt: n, cursor: cur, of: of})
			}
		case *ast.CallExpr:
			if of := c.listed(n); of != nil {
				c.collected(cur, of)
			}
		}
	}
	c.reporter.Flush()
	return nil, nil
}

// unordered returns the map over which a range expression goes in the map's
// own order, or nil.
func (c *checker) unordered(x ast.Expr) ast.Expr {
	x = ast.Unparen(x)
	if call, ok := x.(*ast.CallExpr); ok && len(call.Args) == 1 {
		fn, _ := typeutil.Callee(c.info, call).(*types.Func)
		if model.MapIterator(fn) {
			x = call.Args[0]
		} else if of := c.listed(call); of != nil {
			return of
		}
	}
	if t := c.info.TypeOf(x); t != nil {
		if _, ok := t.Underlying().(*types.Map); ok {
			return x
		}
	}
	return nil
}

// listed returns the map of which a call makes a list in the map's own order,
// or nil: slices.Collect(maps.Keys(m)).
func (c *checker) listed(call *ast.CallExpr) ast.Expr {
	fn, ok := typeutil.Callee(c.info, call).(*types.Func)
	if !ok || len(call.Args) != 1 {
		return nil
	}
	if model.ListsMap(fn) {
		return call.Args[0]
	}
	inner, ok := ast.Unparen(call.Args[0]).(*ast.CallExpr)
	if !ok || model.Key(fn) != "slices.Collect" || len(inner.Args) != 1 {
		return nil
	}
	if fn, _ := typeutil.Callee(c.info, inner).(*types.Func); model.MapIterator(fn) {
		return inner.Args[0]
	}
	return nil
}

// loop reports the first thing in a loop that shows the order.
func (c *checker) loop(l *loop) {
	for _, s := range l.sinks() {
		if s.list != nil {
			if end, ok := c.follow(s.list, l.cursor, deepest); ok {
				c.reporter.Add(l.appended(s, end))
				return
			}
			continue
		}
		c.reporter.Add(l.finding(s))
		return
	}
}

// collected reports a list of a map's keys that goes unsorted to where its
// order can be seen.
func (c *checker) collected(call inspector.Cursor, of ast.Expr) {
	if _, ok := call.Parent().Node().(*ast.RangeStmt); ok {
		return // a loop of its own
	}
	if end, ok := c.value(call, deepest); ok {
		c.reporter.Add(c.listing(call.Node().(*ast.CallExpr), of, end))
	}
}
