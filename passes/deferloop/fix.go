package deferloop

import (
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/edit"
)

// wrapped returns the fix that makes the iteration a function literal, called
// on the spot, at whose return the deferred call runs. There is none when
// something in the iteration leaves it, since it would leave the literal
// only, or when other deferred calls would come along.
func (c *checker) wrapped(s *site) []analysis.SuggestedFix {
	body := s.body()
	if leaves(body) || defers(body) != 1 {
		return nil
	}
	file := c.pass.Fset.File(body.Pos())
	if file.Line(body.Lbrace) == file.Line(body.List[0].Pos()) {
		return nil // for … { f(); defer g() }: rare, and gofmt would have to help
	}
	indent := edit.Indentation(c.pass, body.Rbrace)
	edits := append(edit.Indent(c.pass, body.Lbrace, file.LineStart(file.Line(body.Rbrace))),
		edit.Insert(body.Lbrace+1, "\n"+indent+"\tfunc() {"),
		edit.Insert(body.Rbrace, "\t}()\n"+indent))
	return []analysis.SuggestedFix{edit.Fix("Make the iteration a function", edits...)}
}

// leaves reports whether a statement of the body can end the iteration early:
// return, goto, and break or continue of a loop or label that isn't inside.
func leaves(body *ast.BlockStmt) bool {
	found := false
	var walk func(n ast.Node, breakable, continuable bool)
	walk = func(n ast.Node, breakable, continuable bool) {
		ast.Inspect(n, func(m ast.Node) bool {
			if m == n {
				return true
			}
			switch m := m.(type) {
			case *ast.FuncLit:
				return false
			case *ast.ReturnStmt, *ast.LabeledStmt:
				found = true
			case *ast.BranchStmt:
				inside := m.Label == nil && (m.Tok == token.FALLTHROUGH || m.Tok == token.BREAK && breakable || m.Tok == token.CONTINUE && continuable)
				found = found || !inside
			case *ast.ForStmt, *ast.RangeStmt:
				walk(m, true, true)
				return false
			case *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
				walk(m, true, continuable)
				return false
			}
			return !found
		})
	}
	walk(body, false, false)
	return found
}

// defers counts the defer statements of the body.
func defers(body *ast.BlockStmt) int {
	count := 0
	ast.Inspect(body, func(n ast.Node) bool {
		if _, ok := n.(*ast.DeferStmt); ok {
			count++
		}
		_, isLit := n.(*ast.FuncLit)
		return !isLit
	})
	return count
}
