package cgomisuse

import (
	_ "embed"
	"go/ast"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/goconclint/goconclint/passes/internal/doc"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/report"
)

//go:embed doc.go
var source string

// Analyzer reports what Go gives to C and never takes back.
var Analyzer = newAnalyzer()

// options holds the analyzer's flags.
type options struct {
	loops bool // calls of C per element
}

func newAnalyzer() *analysis.Analyzer {
	o := new(options)
	a := &analysis.Analyzer{
		Name:     "cgomisuse",
		Doc:      doc.Must(source, "cgomisuse"),
		URL:      doc.URL("cgomisuse"),
		Requires: []*analysis.Analyzer{inspect.Analyzer, program.Analyzer, report.Requires},
		Run:      o.run,
	}
	a.Flags.BoolVar(&o.loops, "loops", false, "also report calls of C for each element of a loop")
	return a
}

// checker is one run on one package.
type checker struct {
	pass     *analysis.Pass
	program  *program.Program
	reporter *report.Reporter
}

// run leaves packages that have nothing to do with C or threads at once, and
// judges each function body of the others.
func (o *options) run(pass *analysis.Pass) (any, error) {
	prog, _ := pass.ResultOf[program.Analyzer].(*program.Program)
	c := &checker{pass: pass, program: prog, reporter: report.New(pass)}
	if c.concerned() {
		root := pass.ResultOf[inspect.Analyzer].(*inspector.Inspector).Root()
		for cursor := range root.Preorder((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
			if body := bodyOf(cursor.Node()); body != nil {
				_, literal := cursor.Node().(*ast.FuncLit)
				c.function(body, literal)
				if o.loops {
					c.callsPerElement(body)
				}
			}
		}
	}
	c.reporter.Flush()
	return nil, nil
}

// concerned reports whether a file imports C, which cgo turns into _cgo_…
// and unsafe names, or package runtime or runtime/cgo.
func (c *checker) concerned() bool {
	if c.pass.Pkg.Scope().Lookup("_Cfunc_CString") != nil {
		return true
	}
	for _, file := range c.pass.Files {
		for _, spec := range file.Imports {
			switch spec.Path.Value {
			case `"C"`, `"runtime"`, `"runtime/cgo"`:
				return true
			}
		}
	}
	return false
}

func bodyOf(n ast.Node) *ast.BlockStmt {
	switch n := n.(type) {
	case *ast.FuncDecl:
		return n.Body
	case *ast.FuncLit:
		return n.Body
	}
	return nil
}

// function judges what one body takes. Function literals inside are judged
// on their own; what a literal of cgo's making does counts for its statement.
// A goroutine that ends takes the thread it was locked to with it
// (documentation of runtime.LockOSThread), and literals are what goroutines run.
func (c *checker) function(body *ast.BlockStmt, literal bool) {
	taken := c.takenIn(body)
	if len(taken) == 0 {
		return
	}
	graph := c.program.Graph(body)
	for _, r := range taken {
		if from, ok := graph.Find(r.at); ok && !(literal && r.kind == thread) {
			c.judge(body, graph, from, r)
		}
	}
}
