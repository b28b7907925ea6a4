package deferloop

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/goconclint/goconclint/passes/internal/program"
)

// A site is a defer statement in a loop that runs it again and again.
type site struct {
	info     *types.Info
	fset     *token.FileSet
	file     *ast.File
	stmt     *ast.DeferStmt
	cursor   inspector.Cursor
	function string // the function at whose return the call runs, as messages name it
	loop     ast.Stmt
	graph    *program.Graph
	step     program.Step
}

func newSite(pass *analysis.Pass, cursor, function inspector.Cursor, graph *program.Graph) *site {
	s := &site{info: pass.TypesInfo, fset: pass.Fset, stmt: cursor.Node().(*ast.DeferStmt), cursor: cursor, graph: graph}
	s.function = "the function literal"
	if decl, ok := function.Node().(*ast.FuncDecl); ok {
		s.function = decl.Name.Name
	}
	for file := range cursor.Enclosing((*ast.File)(nil)) {
		s.file = file.Node().(*ast.File)
	}
	return s
}

// comesBy reports whether a path leads from the statement to the next
// iteration of a loop around it, staying in the loop.
func (s *site) comesBy(loop ast.Stmt) bool {
	found := false
	s.graph.Search(s.step, func(step program.Step) bool {
		found = found || step.Node == ast.Node(loop)
		return !found && within(loop, step.Node)
	})
	return found
}

// A posNode is a place in the source.
type posNode token.Pos

func (p posNode) Pos() token.Pos { return token.Pos(p) }
func (p posNode) End() token.Pos { return token.Pos(p) }

func within(outer, n ast.Node) bool { return outer.Pos() <= n.Pos() && n.Pos() < outer.End() }

// body returns the statements of one iteration.
func (s *site) body() *ast.BlockStmt {
	switch loop := s.loop.(type) {
	case *ast.ForStmt:
		return loop.Body
	case *ast.RangeStmt:
		return loop.Body
	}
	return nil
}

// rangesOverChannel reports whether the loop takes its values from a channel.
func (s *site) rangesOverChannel() bool {
	loop, ok := s.loop.(*ast.RangeStmt)
	if !ok {
		return false
	}
	_, ok = s.info.TypeOf(loop.X).Underlying().(*types.Chan)
	return ok
}
