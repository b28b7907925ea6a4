package maprange

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
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/report"
)

//go:embed doc.go
var source string

const name = "maprange"

// Analyzer reports keys added to a map inside a range over it.
var Analyzer = &analysis.Analyzer{
	Name:     name,
	Doc:      doc.Must(source, name),
	URL:      doc.URL(name),
	Requires: []*analysis.Analyzer{inspect.Analyzer, program.Analyzer, report.Requires},
	Run:      run,
}

// A checker is one run on one package.
type checker struct {
	pass    *analysis.Pass
	info    *types.Info
	program *program.Program
	decls   map[*types.Func]inspector.Cursor // those with a body; made when first needed
}

// run looks at each range over a map: does an iteration add a key, does
// the loop go on, and would an iteration on the new key do anything new?
func run(pass *analysis.Pass) (any, error) {
	root := pass.ResultOf[inspect.Analyzer].(*inspector.Inspector).Root()
	c := &checker{pass: pass, info: pass.TypesInfo, program: pass.ResultOf[program.Analyzer].(*program.Program)}
	reporter := report.New(pass)
	for cursor := range root.Preorder((*ast.RangeStmt)(nil)) {
		r, ok := c.ranged(cursor)
		if !ok {
			continue
		}
		for _, ins := range r.insertions() {
			if again, ok := r.matters(ins); ok {
				reporter.Add(r.finding(ins, again))
				break // one report per loop: the repair is one
			}
		}
	}
	reporter.Flush()
	return nil, nil
}

// A ranged is a loop over a map with what the judgement asks about it.
type ranged struct {
	*checker
	loop     *ast.RangeStmt
	cursor   inspector.Cursor
	function inspector.Cursor // the declaration or literal that holds the loop
	over     ast.Expr         // the map
	place    *term            // the same as a term
	reader   *reader          // reads terms of the loop's function
}

// ranged returns the loop if it goes over a map, be it by maps.Keys, which
// is lazy, and if the map is one and the same throughout.
func (c *checker) ranged(cursor inspector.Cursor) (*ranged, bool) {
	loop := cursor.Node().(*ast.RangeStmt)
	over := c.mapOf(loop.X)
	if over == nil || !c.mayInsert(loop, c.info.TypeOf(over)) {
		return nil, false // the sieve: nearly all loops
	}
	r := &ranged{checker: c, loop: loop, cursor: cursor, over: over}
	for outer := range cursor.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		r.function = outer
		break
	}
	r.reader = newReader(c.info, r.function.Node(), loop)
	if r.place = r.reader.term(over); !r.place.isPlace() || r.replaced() {
		return nil, false
	}
	r.reader.place = r.place
	return r, true
}

// mapOf returns the map over which a range expression goes, or nil.
func (c *checker) mapOf(x ast.Expr) ast.Expr {
	x = ast.Unparen(x)
	if call, ok := x.(*ast.CallExpr); ok {
		fn, _ := typeutil.Callee(c.info, call).(*types.Func)
		switch model.Key(fn) {
		case "maps.Keys", "maps.Values", "maps.All":
			x = ast.Unparen(call.Args[0])
		}
	}
	if _, ok := c.info.TypeOf(x).Underlying().(*types.Map); ok {
		return x
	}
	return nil
}

// mayInsert reports whether the body holds an assignment to an element of
// such a map, or a call of a function of the package.
func (c *checker) mayInsert(loop *ast.RangeStmt, t types.Type) bool {
	found := false
	ast.Inspect(loop.Body, func(n ast.Node) bool {
		for _, set := range match.Assignments(n) {
			index, ok := ast.Unparen(set.Left).(*ast.IndexExpr)
			found = found || ok && types.Identical(c.info.TypeOf(index.X), t)
		}
		if call, ok := n.(*ast.CallExpr); ok && !found {
			_, found = c.declaration(call)
		}
		return !found
	})
	return found
}

// replaced reports whether an iteration makes the place hold another map.
func (r *ranged) replaced() bool {
	found := false
	ast.Inspect(r.loop.Body, func(n ast.Node) bool {
		for _, set := range match.Assignments(n) {
			if _, element := ast.Unparen(set.Left).(*ast.IndexExpr); !element {
				found = found || r.place.holds(r.reader.term(set.Left))
			}
		}
		return !found
	})
	return found
}

// declaration returns the declaration of the package's function that is
// called, and false if there is none with a body.
func (c *checker) declaration(call *ast.CallExpr) (inspector.Cursor, bool) {
	fn, ok := typeutil.Callee(c.info, call).(*types.Func)
	if !ok || fn.Pkg() != c.pass.Pkg {
		return inspector.Cursor{}, false
	}
	if c.decls == nil {
		c.decls = make(map[*types.Func]inspector.Cursor)
		root := c.pass.ResultOf[inspect.Analyzer].(*inspector.Inspector).Root()
		for cursor := range root.Preorder((*ast.FuncDecl)(nil)) {
			decl := cursor.Node().(*ast.FuncDecl)
			if fn, ok := c.info.Defs[decl.Name].(*types.Func); ok && decl.Body != nil {
				c.decls[fn] = cursor
			}
		}
	}
	found, ok := c.decls[fn.Origin()]
	return found, ok
}

func (r *ranged) finding(ins insertion, why reason) report.Finding {
	over := edit.Print(r.pass.Fset, r.over)
	line := r.pass.Fset.Position(r.loop.Pos()).Line
	f := report.Finding{
		Range:   ins.at,
		Message: fmt.Sprintf("%s gets a new key while line %d ranges over it: whether an iteration sees it, and %s, is left open", over, line, why),
		Related: []analysis.RelatedInformation{report.Here(report.Word(r.loop, "for"), "range over "+over)},
		Fixes:   r.cloned(ins),
	}
	if ins.in != ins.at {
		f.Related = append(f.Related, report.Here(ins.in, "key added here"))
	}
	return f
}
