package paths

import (
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/report"
)

// An Exit is where a path leaves a function, or the iteration of a loop.
type Exit struct {
	Return *ssa.Return
	Turned *ssa.BasicBlock // without a Return: the last block of the iteration
	Since  ssa.Instruction // of a duty: the instruction that took it on
}

// Syntax returns what to blame for the exit of a path that came by a position,
// and the words for it; no syntax if the loop can't be found.
func (e Exit) Syntax(fn *ssa.Function, behind token.Pos) (analysis.Range, string) {
	switch {
	case e.Return != nil && e.Return.Pos().IsValid():
		return report.Span{From: e.Return.Pos(), To: e.Return.Pos() + token.Pos(len("return"))}, "return"
	case e.Return != nil:
		end := BodyOf(fn).Rbrace
		return report.Span{From: end, To: end + 1}, "the end of the function"
	}
	return e.turn(fn, behind)
}

// turn finds the continue statement behind the last block of an iteration,
// or the brace that ends the loop.
func (e Exit) turn(fn *ssa.Function, behind token.Pos) (analysis.Range, string) {
	last := behind
	for _, instr := range e.Turned.Instrs {
		last = max(last, instr.Pos())
		if branch, ok := instr.(*ssa.If); ok {
			last = max(last, branch.Cond.Pos())
		}
	}
	var loop ast.Node
	var next *ast.BranchStmt
	ast.Inspect(BodyOf(fn), func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ForStmt, *ast.RangeStmt:
			if n.Pos() <= behind && behind < n.End() {
				loop = n
			}
		case *ast.BranchStmt:
			if n.Tok == token.CONTINUE && next == nil && n.Pos() > last {
				next = n
			}
		}
		return true
	})
	if next != nil && loop != nil && next.Pos() < loop.End() {
		return next, "continue"
	}
	if loop == nil {
		return nil, "the iteration"
	}
	return report.Span{From: loop.End() - 1, To: loop.End()}, "the end of the iteration"
}

// BodyOf returns the body of a function, nil if it has no syntax.
func BodyOf(fn *ssa.Function) *ast.BlockStmt {
	switch syntax := fn.Syntax().(type) {
	case *ast.FuncDecl:
		return syntax.Body
	case *ast.FuncLit:
		return syntax.Body
	}
	return nil
}
