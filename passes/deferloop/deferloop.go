package deferloop

import (
	_ "embed"
	"go/ast"
	"go/token"
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
)

//go:embed doc.go
var source string

const name = "deferloop"

// Analyzer reports deferred calls that pile up in a loop.
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
	program *program.Program
	graphs  map[*ast.BlockStmt]*program.Graph
}

// run judges each defer statement that stands in a loop: does the loop come
// by again, what does the deferred call give back, and did the iteration
// take it?
func run(pass *analysis.Pass) (any, error) {
	root := pass.ResultOf[inspect.Analyzer].(*inspector.Inspector).Root()
	c := &checker{
		pass:    pass,
		program: pass.ResultOf[program.Analyzer].(*program.Program),
		graphs:  make(map[*ast.BlockStmt]*program.Graph),
	}
	reporter := report.New(pass)
	for cursor := range root.Preorder((*ast.DeferStmt)(nil)) {
		if site, ok := c.repeated(cursor); ok {
			if finding, ok := c.judge(site); ok {
				reporter.Add(finding)
			}
		}
	}
	reporter.Flush()
	return nil, nil
}

// judge returns the finding on a defer statement that is run again and again.
func (c *checker) judge(s *site) (report.Finding, bool) {
	if match.OneRound(c.pass.TypesInfo, s.cursor, s.loop) {
		return report.Finding{}, false
	}
	if c.neverEnds(s) {
		return s.neverRuns(), true
	}
	for _, r := range s.released() {
		if finding, ok := c.judgeRelease(s, r); ok {
			finding.Range = report.Word(s.stmt, "defer")
			finding.Fixes = c.wrapped(s)
			return finding, true
		}
	}
	return report.Finding{}, false
}

// judgeRelease returns the finding on one thing that the deferred call gives
// back.
func (c *checker) judgeRelease(s *site, r release) (report.Finding, bool) {
	switch r.kind {
	case lock, sharedLock:
		return s.lockedAgain(r)
	case slot:
		return s.slotTaken(r)
	case panics:
		return s.recoversLate(r), s.worksAfter() && !c.endsFunction(s)
	}
	if match.TestFile(c.pass, s.file) || match.ImportsTesting(s.file) {
		// A test's resources go with it, a moment later.
		return report.Finding{}, false
	}
	if !s.takesOne(r) || s.keepsOne(r) || s.expiresByItself(r) || s.givenBack(r) {
		return report.Finding{}, false
	}
	finding := s.pilesUp(r)
	finding.Low = s.triesAgain() || c.isCommandLine(s)
	return finding, true
}

// triesAgain reports whether the loop ends with its first round unless
// something goes wrong: no path leads from the end of its body to the next
// round, only a continue further up does.
//
//	for {
//		index, err := load(key)
//		…
//		defer index.Close()
//		if index.stale() {
//			continue
//		}
//		return store(index)
//	}
//
// A search through a collection looks the same, but for its head.
func (s *site) triesAgain() bool {
	loop, ok := s.loop.(*ast.ForStmt)
	if !ok || loop.Cond != nil || len(loop.Body.List) == 0 {
		return false
	}
	switch last := loop.Body.List[len(loop.Body.List)-1].(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return last.Tok == token.BREAK
	}
	return false
}

// endsFunction reports whether a deferred literal that recovers is there for
// the function rather than for the iteration: it sets a variable from outside
// the loop, such as a result, or panics or ends the goroutine itself.
func (c *checker) endsFunction(s *site) bool {
	lit, ok := ast.Unparen(s.stmt.Call.Fun).(*ast.FuncLit)
	if !ok {
		return false
	}
	ends := false
	ast.Inspect(lit.Body, func(n ast.Node) bool {
		for _, set := range match.Assignments(n) {
			v := s.root(set.Left)
			ends = ends || v != nil && !within(s.loop, posNode(v.Pos()))
		}
		if call, ok := n.(*ast.CallExpr); ok {
			switch callee := typeutil.Callee(c.pass.TypesInfo, call).(type) {
			case *types.Builtin:
				ends = ends || callee.Name() == "panic"
			case *types.Func:
				ends = ends || c.program.NoReturn(callee)
			}
		}
		return !ends
	})
	return ends
}

// neverEnds reports whether no path leads from the statement out of its loop,
// be it by a panic or runtime.Goexit, which run deferred calls, too. The end
// of the process doesn't.
func (c *checker) neverEnds(s *site) bool {
	leaves := false
	s.graph.Search(s.step, func(step program.Step) bool {
		leaves = leaves || !within(s.loop, step.Node) || c.unwinds(step)
		return !leaves
	})
	return !leaves
}

// unwinds reports whether a step leaves the function by running its deferred
// calls: a return, or a call that never returns and doesn't end the process.
func (c *checker) unwinds(step program.Step) bool {
	switch node := step.Node.(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.ExprStmt:
		call, ok := node.X.(*ast.CallExpr)
		if !ok {
			return false
		}
		switch callee := typeutil.Callee(c.pass.TypesInfo, call).(type) {
		case *types.Builtin:
			return callee.Name() == "panic"
		case *types.Func:
			return c.program.NoReturn(callee) && !model.EndsProcess(callee)
		}
	}
	return false
}

// repeated returns the defer statement's site if it can run again and again
// in one call of its function: some path leads from it to the next iteration
// of a loop around it, which is more than a handful of rounds long.
func (c *checker) repeated(cursor inspector.Cursor) (*site, bool) {
	var loops []ast.Stmt
	for outer := range cursor.Enclosing((*ast.ForStmt)(nil), (*ast.RangeStmt)(nil), (*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		switch n := outer.Node().(type) {
		case *ast.ForStmt:
			loops = append(loops, n)
		case *ast.RangeStmt:
			loops = append(loops, n)
		case *ast.FuncLit:
			return c.inLoops(cursor, loops, outer, n.Body)
		case *ast.FuncDecl:
			return c.inLoops(cursor, loops, outer, n.Body)
		}
	}
	return nil, false
}

// inLoops picks the innermost of the loops that comes by again.
func (c *checker) inLoops(cursor inspector.Cursor, loops []ast.Stmt, function inspector.Cursor, body *ast.BlockStmt) (*site, bool) {
	if len(loops) == 0 {
		return nil, false // the sieve: nearly all defer statements
	}
	if c.graphs[body] == nil {
		c.graphs[body] = c.program.Graph(body)
	}
	s := newSite(c.pass, cursor, function, c.graphs[body])
	step, ok := s.graph.Find(s.stmt)
	if !ok {
		return nil, false // dead code
	}
	s.step = step
	for _, loop := range loops {
		if s.comesBy(loop) && !c.isTiny(loop, body) {
			s.loop = loop
			return s, true
		}
	}
	return nil, false
}
