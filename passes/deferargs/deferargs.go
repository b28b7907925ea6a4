package deferargs

import (
	_ "embed"
	"fmt"
	"go/ast"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/goconclint/goconclint/passes/internal/doc"
	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/report"
)

//go:embed doc.go
var source string

const name = "deferargs"

// Analyzer reports deferred calls that take a value too early.
var Analyzer = &analysis.Analyzer{
	Name:     name,
	Doc:      doc.Must(source, name),
	URL:      doc.URL(name),
	Requires: []*analysis.Analyzer{inspect.Analyzer, program.Analyzer, report.Requires},
	Run:      run,
}

// A checker is one run on one package.
type checker struct {
	pass      *analysis.Pass
	program   *program.Program
	functions map[*ast.BlockStmt]*function
	methods   *methods // made when first needed
}

// run judges each defer statement by itself: what does the call take now,
// what becomes of that before the function returns, and does it matter?
func run(pass *analysis.Pass) (any, error) {
	root := pass.ResultOf[inspect.Analyzer].(*inspector.Inspector).Root()
	c := &checker{
		pass:      pass,
		program:   pass.ResultOf[program.Analyzer].(*program.Program),
		functions: make(map[*ast.BlockStmt]*function),
	}
	reporter := report.New(pass)
	for cursor := range root.Preorder((*ast.DeferStmt)(nil)) {
		if finding, ok := c.judge(cursor); ok {
			reporter.Add(finding)
		}
	}
	reporter.Flush()
	return nil, nil
}

// judge returns the finding on one defer statement. The first rule that
// applies speaks.
func (c *checker) judge(cursor inspector.Cursor) (report.Finding, bool) {
	stmt := cursor.Node().(*ast.DeferStmt)
	if since := c.elapsed(stmt.Call); since != nil {
		return c.timed(cursor, since), true
	}
	if takesNothing(stmt.Call) {
		return report.Finding{}, false
	}
	d, ok := c.deferral(cursor, c.functionOf(cursor))
	if !ok {
		return report.Finding{}, false
	}
	if finding, ok := c.tooEarly(d); ok {
		return finding, true
	}
	for _, taken := range d.taken {
		if taken.as == copied {
			if missed := d.copiedTooEarly(taken, c.allMethods()); len(missed) > 0 {
				return c.copied(d, taken, missed), true
			}
		}
		if replaced, ok := d.forgotten(taken); ok && !match.TestFile(c.pass, d.file()) {
			return c.replaced(d, taken, replaced), true
		}
	}
	return report.Finding{}, false
}

// takesNothing is the sieve: a literal without arguments, the commonest thing
// to defer, needs no graph.
func takesNothing(call *ast.CallExpr) bool {
	if len(call.Args) > 0 {
		return false
	}
	_, isLiteral := ast.Unparen(call.Fun).(*ast.FuncLit)
	return isLiteral
}

// functionOf returns the function in which the statement stands.
func (c *checker) functionOf(cursor inspector.Cursor) *function {
	for outer := range cursor.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		var typ *ast.FuncType
		var body *ast.BlockStmt
		switch n := outer.Node().(type) {
		case *ast.FuncDecl:
			typ, body = n.Type, n.Body
		case *ast.FuncLit:
			typ, body = n.Type, n.Body
		}
		if c.functions[body] == nil {
			c.functions[body] = newFunction(c.pass.TypesInfo, outer, c.program.Graph(body), typ, body)
		}
		return c.functions[body]
	}
	return nil
}

func (c *checker) allMethods() *methods {
	if c.methods == nil {
		c.methods = newMethods(c.pass.TypesInfo, c.pass.Files)
	}
	return c.methods
}

// tooEarly reports the operands of a call that change too late for it, all
// in one finding.
func (c *checker) tooEarly(d *deferral) (report.Finding, bool) {
	var stale []capture
	var first []change
	for _, taken := range d.taken {
		if taken.as == copied {
			continue
		}
		if missed := d.missed(taken); len(missed) > 0 {
			stale, first = append(stale, taken), append(first, missed[0])
		}
	}
	if len(stale) == 0 {
		return report.Finding{}, false
	}
	what := edit.Print(c.pass.Fset, stale[0].expr)
	finding := report.Finding{
		Range:   stale[0].expr,
		Message: fmt.Sprintf("%s is evaluated at the defer statement: %s gets its value from before line %d %s it", what, d.callee, c.line(first[0].node), verb(first[0])),
		Fixes:   c.closure(d, stale),
	}
	for i, ch := range first {
		finding.Related = append(finding.Related, report.Here(ch.point(), edit.Print(c.pass.Fset, stale[i].expr)+" is "+past(ch)+" here"))
	}
	return finding, true
}

// copied reports a receiver that is copied before the changes which the
// method is there to see.
func (c *checker) copied(d *deferral, taken capture, missed []change) report.Finding {
	what := edit.Print(c.pass.Fset, taken.expr)
	return report.Finding{
		Range:   taken.expr,
		Message: fmt.Sprintf("%s is copied at the defer statement (%s has a value receiver): the call doesn't see line %d change it", what, d.method.Name(), c.line(missed[0].node)),
		Related: []analysis.RelatedInformation{report.Here(missed[0].point(), "changed here")},
		Fixes:   c.closure(d, []capture{taken}),
	}
}

// replaced reports a resource whose successor nobody releases. Which of the
// two the author meant isn't known, so there is no fix.
func (c *checker) replaced(d *deferral, taken capture, by change) report.Finding {
	what := by.loc.root.Name()
	keeps, loss := d.callee+" keeps to the old value", "nothing releases the new one"
	if taken.as == funcValue {
		keeps, loss = "call is of the old value", "nothing calls the new one"
	}
	return report.Finding{
		Range:   taken.expr,
		Message: fmt.Sprintf("%s is replaced at line %d: the deferred %s, and %s", what, c.line(by.node), keeps, loss),
		Related: []analysis.RelatedInformation{report.Here(by.point(), "replaced here")},
	}
}

// verb says what a change does to its location.
func verb(ch change) string {
	if ch.how == assigned && ch.set.Right != nil || ch.how == returned {
		return "sets"
	}
	return "changes"
}

func past(ch change) string {
	if verb(ch) == "sets" {
		return "set"
	}
	return "changed"
}

func (c *checker) line(n ast.Node) int { return c.pass.Fset.Position(n.Pos()).Line }
