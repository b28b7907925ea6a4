package falseshare

import (
	_ "embed"
	"fmt"
	"go/ast"
	"go/token"
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
)

//go:embed doc.go
var source string

// Analyzer reports neighbouring memory that goroutines write at once.
var Analyzer = newAnalyzer()

// options holds the analyzer's flags.
type options struct {
	fields bool // fields of a struct, too
}

func newAnalyzer() *analysis.Analyzer {
	o := new(options)
	a := &analysis.Analyzer{
		Name:     "falseshare",
		Doc:      doc.Must(source, "falseshare"),
		URL:      doc.URL("falseshare"),
		Requires: []*analysis.Analyzer{inspect.Analyzer, report.Requires},
		Run:      o.run,
	}
	a.Flags.BoolVar(&o.fields, "fields", false, "also report fields of a struct that goroutines of one function write")
	return a
}

// cacheLine is the size of a cache line on most processors; some have 128.
const cacheLine = 64

// checker is one run on one package.
type checker struct {
	pass     *analysis.Pass
	reporter *report.Reporter
	decls    map[*types.Func]*ast.FuncDecl
}

// run looks at what each function starts: one goroutine per turn of a loop
// writes elements, several goroutines write fields.
func (o *options) run(pass *analysis.Pass) (any, error) {
	c := &checker{pass: pass, reporter: report.New(pass), decls: make(map[*types.Func]*ast.FuncDecl)}
	root := pass.ResultOf[inspect.Analyzer].(*inspector.Inspector).Root()
	for cursor := range root.Preorder((*ast.FuncDecl)(nil)) {
		decl := cursor.Node().(*ast.FuncDecl)
		if fn, ok := pass.TypesInfo.Defs[decl.Name].(*types.Func); ok {
			c.decls[fn] = decl
		}
	}
	for cursor := range root.Preorder((*ast.FuncDecl)(nil)) {
		decl := cursor.Node().(*ast.FuncDecl)
		if decl.Body == nil {
			continue
		}
		starts := c.starts(decl.Body)
		for _, s := range starts {
			if s.loop != nil && s.literal {
				c.elements(s)
			}
		}
		if o.fields {
			c.fields(starts)
		}
	}
	c.reporter.Flush()
	return nil, nil
}

// A start is a place at which a goroutine is started, with what it runs.
type start struct {
	at      ast.Node
	body    *ast.BlockStmt
	loop    ast.Stmt // around it, nil for none
	literal bool     // the body is that of a function literal there
}

// starts returns those of a function: go statements, and calls of which the
// model knows that they run a function on a goroutine of its own.
func (c *checker) starts(body *ast.BlockStmt) []start {
	var found []start
	var above []ast.Node
	ast.Inspect(body, func(n ast.Node) bool {
		if n == nil {
			above = above[:len(above)-1]
			return true
		}
		switch n := n.(type) {
		case *ast.GoStmt:
			found = append(found, c.start(n, n.Call.Fun, above)...)
		case *ast.CallExpr:
			fn := typeutil.StaticCallee(c.pass.TypesInfo, n)
			if fn == nil {
				break
			}
			if i := model.Spawns(fn); 0 <= i && i < len(n.Args) {
				found = append(found, c.start(n, n.Args[i], above)...)
			}
		}
		above = append(above, n)
		return true
	})
	return found
}

func (c *checker) start(at ast.Node, runs ast.Expr, above []ast.Node) []start {
	s := start{at: at, loop: loopAround(above)}
	if lit, ok := ast.Unparen(runs).(*ast.FuncLit); ok {
		s.body, s.literal = lit.Body, true
		return []start{s}
	}
	var fn *types.Func
	switch e := ast.Unparen(runs).(type) {
	case *ast.Ident:
		fn, _ = c.pass.TypesInfo.Uses[e].(*types.Func)
	case *ast.SelectorExpr:
		fn, _ = c.pass.TypesInfo.Uses[e.Sel].(*types.Func)
	}
	if decl := c.decls[fn]; decl != nil && decl.Body != nil {
		s.body = decl.Body
		return []start{s}
	}
	return nil
}

func loopAround(above []ast.Node) ast.Stmt {
	for i := len(above) - 1; i >= 0; i-- {
		switch n := above[i].(type) {
		case *ast.ForStmt:
			return n
		case *ast.RangeStmt:
			return n
		}
	}
	return nil
}

// written yields what a goroutine's body writes inside of a loop of its own:
// x = …, x += …, x++, x.Add(…), atomic.AddInt64(&x, …).
func (c *checker) written(body *ast.BlockStmt, yield func(place ast.Expr)) {
	var above []ast.Node
	ast.Inspect(body, func(n ast.Node) bool {
		if n == nil {
			above = above[:len(above)-1]
			return true
		}
		if loopAround(above) != nil {
			for _, set := range match.Assignments(n) {
				if set.Op != token.DEFINE {
					yield(ast.Unparen(set.Left))
				}
			}
			if call, ok := n.(*ast.CallExpr); ok {
				if place := c.atomicWrite(call); place != nil {
					yield(place)
				}
			}
		}
		above = append(above, n)
		return true
	})
}

// atomicWrite returns what an atomic operation writes, or nil.
func (c *checker) atomicWrite(call *ast.CallExpr) ast.Expr {
	fn := typeutil.StaticCallee(c.pass.TypesInfo, call)
	if fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != "sync/atomic" || len(fn.Name()) >= 4 && fn.Name()[:4] == "Load" {
		return nil
	}
	if selector, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && fn.Signature().Recv() != nil {
		return ast.Unparen(selector.X)
	}
	if len(call.Args) > 0 {
		if address, ok := ast.Unparen(call.Args[0]).(*ast.UnaryExpr); ok && address.Op == token.AND {
			return ast.Unparen(address.X)
		}
	}
	return nil
}

// elements reports list[i], written by the goroutine of turn i.
func (c *checker) elements(s start) {
	c.written(s.body, func(place ast.Expr) {
		index, ok := place.(*ast.IndexExpr)
		if !ok {
			return
		}
		list := match.LocalVar(c.pass.TypesInfo, index.X)
		turn := match.LocalVar(c.pass.TypesInfo, index.Index)
		if list == nil || turn == nil || inside(s.loop, list) || !inside(s.loop, turn) || inside(s.body, turn) {
			return
		}
		size, ok := c.elementSize(list.Type())
		if !ok || size >= cacheLine {
			return
		}
		text := edit.Print(c.pass.Fset, index)
		c.reporter.Add(report.Finding{
			Range:   index,
			Subject: list,
			Message: fmt.Sprintf("%s is written in a loop by a goroutine per element: elements of %d bytes share cache lines; add up in a local variable",
				text, size),
			Related: []analysis.RelatedInformation{report.Here(report.Word(s.at, "go"), "goroutine started here, one per turn")},
		})
	})
}

func (c *checker) elementSize(t types.Type) (int64, bool) {
	var elem types.Type
	switch t := t.Underlying().(type) {
	case *types.Slice:
		elem = t.Elem()
	case *types.Array:
		elem = t.Elem()
	default:
		return 0, false
	}
	if !match.FixedSize(elem) {
		return 0, false
	}
	return c.pass.TypesSizes.Sizeof(elem), true
}

func inside(n ast.Node, v *types.Var) bool { return n.Pos() <= v.Pos() && v.Pos() < n.End() }
