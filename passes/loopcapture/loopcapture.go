package loopcapture

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

const name = "loopcapture"

// Analyzer reports variables that iterations share with what runs later.
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
	program  *program.Program
	reporter *report.Reporter
}

// run looks at each nest of loops: what in it makes something that runs
// later, which variables does that share with the loop, and does the loop set
// them again before it has run?
func run(pass *analysis.Pass) (any, error) {
	root := pass.ResultOf[inspect.Analyzer].(*inspector.Inspector).Root()
	c := &checker{
		pass:     pass,
		info:     pass.TypesInfo,
		program:  pass.ResultOf[program.Analyzer].(*program.Program),
		reporter: report.New(pass),
	}
	for loop := range root.Preorder((*ast.ForStmt)(nil), (*ast.RangeStmt)(nil)) {
		if function, ok := outermost(loop); ok {
			c.judgeNest(&nest{checker: c, loop: loop, function: function})
		}
	}
	c.reporter.Flush()
	return nil, nil
}

// outermost returns the function of a loop that lies in no other loop of that
// function, or false.
func outermost(loop inspector.Cursor) (function inspector.Cursor, ok bool) {
	for outer := range loop.Parent().Enclosing((*ast.ForStmt)(nil), (*ast.RangeStmt)(nil), (*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		switch outer.Node().(type) {
		case *ast.FuncDecl, *ast.FuncLit:
			return outer, true
		}
		return inspector.Cursor{}, false
	}
	return inspector.Cursor{}, false // in the initialiser of a package variable: no loop is
}

// A nest is an outermost loop of a function with all loops in it.
type nest struct {
	*checker
	loop     inspector.Cursor
	function inspector.Cursor
	old      bool // the file's language shares loop variables between iterations
	graph    *program.Graph
	aliases  map[*types.Var]ast.Expr // variables of an iteration that are another name for a literal or address
}

// judgeNest reports the mistakes of one nest, one per thing that runs later.
func (c *checker) judgeNest(n *nest) {
	sites := n.sites()
	if len(sites) == 0 {
		return // the sieve: nearly all loops
	}
	n.old = match.VersionBefore(c.pass, n.loop.Node().Pos(), "go1.22")
	for _, s := range sites {
		var found []sharing
		for _, use := range s.captured {
			if share, ok := n.shared(s, use); ok {
				found = append(found, share)
			}
		}
		if len(found) > 0 {
			c.reporter.Add(n.finding(s, found))
		}
	}
}

// body returns the body of the function of the nest.
func (n *nest) body() *ast.BlockStmt {
	switch f := n.function.Node().(type) {
	case *ast.FuncDecl:
		return f.Body
	case *ast.FuncLit:
		return f.Body
	}
	return nil
}

// flow returns the control-flow graph of that function.
func (n *nest) flow() *program.Graph {
	if n.graph == nil {
		n.graph = n.program.Graph(n.body())
	}
	return n.graph
}
