package neverclosed

import (
	"fmt"
	"go/ast"
	"go/token"
	"path/filepath"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// syntax returns the node for which an instruction with this position
// stands.
func (c *checker) syntax(pos token.Pos) (inspector.Cursor, bool) {
	if c.nodes == nil {
		c.nodes = make(map[token.Pos]inspector.Cursor)
		for cursor := range c.root.Preorder((*ast.RangeStmt)(nil), (*ast.UnaryExpr)(nil), (*ast.ReturnStmt)(nil), (*ast.CallExpr)(nil), (*ast.SendStmt)(nil), (*ast.GoStmt)(nil)) {
			c.nodes[instructionPos(cursor.Node())] = cursor
		}
	}
	cursor, ok := c.nodes[pos]
	return cursor, ok
}

// instructionPos returns the position that ssa gives to the instruction made
// of a node.
func instructionPos(n ast.Node) token.Pos {
	switch n := n.(type) {
	case *ast.CallExpr:
		return n.Lparen
	case *ast.SendStmt:
		return n.Arrow
	}
	return n.Pos()
}

// at is the range of an instruction for related positions.
func at(instr ssa.Instruction) report.Span { return report.Span{From: instr.Pos(), To: instr.Pos()} }

// place names the line of an instruction.
func (c *checker) place(instr ssa.Instruction) string {
	p := c.pass.Fset.Position(instr.Pos())
	return fmt.Sprintf("%s:%d", filepath.Base(p.Filename), p.Line)
}

// spell names what an instruction that waits does.
func (c *checker) spell(wait ssa.Instruction) string {
	if cursor, ok := c.syntax(wait.Pos()); ok {
		switch n := cursor.Node().(type) {
		case *ast.CallExpr:
			return edit.Print(c.pass.Fset, n.Fun)
		case *ast.UnaryExpr:
			return edit.Print(c.pass.Fset, n)
		}
	}
	return "the receive"
}
