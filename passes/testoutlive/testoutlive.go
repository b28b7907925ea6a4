package testoutlive

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

const name = "testoutlive"

// Analyzer reports goroutines that use a test's t after the test.
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
	decls   map[*types.Func]*ast.FuncDecl // made when first needed
}

// run looks at each statement that starts a goroutine in a function with a t:
// does the goroutine use t, does anything wait for that, and may it come after
// the test?
func run(pass *analysis.Pass) (any, error) {
	root := pass.ResultOf[inspect.Analyzer].(*inspector.Inspector).Root()
	c := &checker{pass: pass, info: pass.TypesInfo, program: pass.ResultOf[program.Analyzer].(*program.Program)}
	reporter := report.New(pass)
	for file := range root.Preorder((*ast.File)(nil)) {
		if !match.ImportsTesting(file.Node().(*ast.File)) {
			continue // the sieve: without the import no function has a t
		}
		for stmt := range file.Preorder((*ast.GoStmt)(nil), (*ast.ExprStmt)(nil), (*ast.AssignStmt)(nil)) {
			if s, ok := c.spawn(stmt); ok {
				if finding, ok := c.judge(s); ok {
					reporter.Add(finding)
				}
			}
		}
	}
	reporter.Flush()
	return nil, nil
}

// judge returns the finding on one goroutine. The first use of t that the
// test doesn't wait for is reported.
func (c *checker) judge(s *spawn) (report.Finding, bool) {
	for _, u := range s.uses() {
		if s.inBubble() || s.awaited(u) {
			continue
		}
		if s.kind == timer {
			return s.fires(u), u.always && s.neverStopped()
		}
		if closed, ok := s.failsAtEnd(u); ok {
			return s.failsLate(u, closed), true
		}
		if u.always && s.endsWith(u) {
			return s.comesLate(u), true
		}
	}
	return report.Finding{}, false
}
