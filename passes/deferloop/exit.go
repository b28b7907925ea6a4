package deferloop

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
)

// exits are the statements that end an iteration before its last one.
type exits struct {
	continues []*ast.BranchStmt
	returns   []*ast.ReturnStmt
	other     bool // break, goto, and jumps to labels
}

// exits collects the statements of the body that end the iteration.
func (s *site) exits(body *ast.BlockStmt) exits {
	var found exits
	var walk func(n ast.Node, breakable, continuable bool)
	walk = func(n ast.Node, breakable, continuable bool) {
		ast.Inspect(n, func(m ast.Node) bool {
			if m == n {
				return true
			}
			switch m := m.(type) {
			case *ast.FuncLit:
				return false
			case *ast.ReturnStmt:
				found.returns = append(found.returns, m)
			case *ast.LabeledStmt:
				found.other = true
			case *ast.BranchStmt:
				switch {
				case m.Label == nil && (m.Tok == token.FALLTHROUGH || m.Tok == token.BREAK && breakable || m.Tok == token.CONTINUE && continuable):
				case m.Label == nil && m.Tok == token.CONTINUE:
					found.continues = append(found.continues, m)
				default:
					found.other = true
				}
			case *ast.ForStmt, *ast.RangeStmt:
				walk(m, true, true)
				return false
			case *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
				walk(m, true, continuable)
				return false
			}
			return true
		})
	}
	walk(body, false, false)
	return found
}

// handedOn returns what the return statements of an iteration return before
// the error, as the source spells it, with a comma behind. It gives up unless
// all return an error, one that isn't nil, and the same before it, something
// that the loop can return as well.
func (s *site) handedOn(returns []*ast.ReturnStmt) (before string, ok bool) {
	for i, stmt := range returns {
		text, ok := s.beforeError(stmt)
		if !ok || i > 0 && text != before {
			return "", false
		}
		before = text
	}
	return before, true
}

func (s *site) beforeError(stmt *ast.ReturnStmt) (string, bool) {
	n := len(stmt.Results)
	if n == 0 || !match.IsError(s.resultType(n-1)) || !s.isFailure(stmt, stmt.Results[n-1]) {
		return "", false
	}
	var text strings.Builder
	for _, e := range stmt.Results[:n-1] {
		if !s.isOutside(e) {
			return "", false
		}
		text.WriteString(edit.Print(s.fset, e) + ", ")
	}
	return text.String(), true
}

// resultType returns the type of a result of the function around the loop.
func (s *site) resultType(i int) types.Type {
	for outer := range s.cursor.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		var sig *types.Signature
		switch n := outer.Node().(type) {
		case *ast.FuncDecl:
			sig = s.info.Defs[n.Name].Type().(*types.Signature)
		case *ast.FuncLit:
			sig = s.info.TypeOf(n).(*types.Signature)
		}
		if i < sig.Results().Len() {
			return sig.Results().At(i).Type()
		}
		return nil
	}
	return nil
}

// isFailure reports whether an error that is returned isn't nil: it is made
// on the spot, or the branch around the statement has found that out.
func (s *site) isFailure(stmt *ast.ReturnStmt, e ast.Expr) bool {
	if call, ok := ast.Unparen(e).(*ast.CallExpr); ok {
		fn, _ := typeutil.Callee(s.info, call).(*types.Func)
		return model.MakesError(fn)
	}
	err := match.LocalVar(s.info, e)
	if err == nil {
		return false
	}
	at, ok := s.cursor.Inspector().Root().FindNode(stmt)
	if !ok {
		return false
	}
	branch, ok := at.Parent().Parent().Node().(*ast.IfStmt)
	if !ok || at.Parent().Node() != ast.Node(branch.Body) {
		return false
	}
	cond, ok := ast.Unparen(branch.Cond).(*ast.BinaryExpr)
	return ok && cond.Op == token.NEQ && match.LocalVar(s.info, cond.X) == err && s.info.Types[cond.Y].IsNil()
}

// isOutside reports whether an expression is a constant, nil, or a variable
// from outside the iteration.
func (s *site) isOutside(e ast.Expr) bool {
	tv := s.info.Types[e]
	if tv.Value != nil || tv.IsNil() {
		return true
	}
	v := match.LocalVar(s.info, e)
	return v != nil && v.Name() != "err" && !within(s.loop, posNode(v.Pos()))
}
