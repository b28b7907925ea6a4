package chanleak

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/explore"
	"github.com/goconclint/goconclint/passes/internal/report/verdicts"
)

// fixes gives a channel of a single result room for it, so that the sender
// needn't wait for a reader who may have left:
//
//	result := make(chan T)    // → make(chan T, 1)
//	go func() { result <- f() }()
//
// It is offered where the channel is a local variable that one function
// literal sends on, once at most, and that is otherwise only received from.
func fixes(pass *analysis.Pass, v *verdicts.Verdict) []analysis.SuggestedFix {
	call, ok := v.Made.Node.(*ast.CallExpr)
	channel, isVar := v.Ops[0].Object.(*types.Var)
	if !ok || !isVar || v.Kind != explore.KindSend {
		return nil
	}
	return room(pass, channel, call)
}

// room gives the channel of a variable, which the call makes, room for one
// value.
func room(pass *analysis.Pass, channel *types.Var, call *ast.CallExpr) []analysis.SuggestedFix {
	if call == nil || len(call.Args) != 1 {
		return nil
	}
	if _, ok := ast.Unparen(call.Args[0]).(*ast.ChanType); !ok {
		return nil
	}
	if !oneResult(pass, channel, call) {
		return nil
	}
	return []analysis.SuggestedFix{edit.Fix("Give the channel room for the result", edit.Insert(call.Rparen, ", 1"))}
}

// oneResult reports whether a local variable, whose channel the call makes,
// is sent on at most once.
func oneResult(pass *analysis.Pass, channel *types.Var, made *ast.CallExpr) bool {
	function := verdicts.Function(pass, made.Pos())
	if function == nil || channel.Pos() < function.Pos() || function.End() <= channel.Pos() {
		return false
	}
	uses := &uses{info: pass.TypesInfo, channel: channel}
	uses.walk(function)
	if uses.other || uses.sender == nil {
		return false
	}
	return !inLoop(function, uses.sender.Pos(), made.Pos()) && sendsOnce(uses.sender, uses.sends)
}

// uses is how a function uses a channel variable.
type uses struct {
	info    *types.Info
	channel *types.Var
	sends   []*ast.SendStmt
	sender  *ast.FuncLit // the literal that sends; nil if there are several
	other   bool         // it is used as more than a channel to send on and receive from
}

func (u *uses) walk(function ast.Node) {
	harmless := make(map[*ast.Ident]bool)
	var literals []*ast.FuncLit
	var stack []ast.Node
	ast.Inspect(function, func(n ast.Node) bool {
		if n == nil {
			if _, ok := stack[len(stack)-1].(*ast.FuncLit); ok && len(literals) > 0 {
				literals = literals[:len(literals)-1]
			}
			stack = stack[:len(stack)-1]
			return true
		}
		stack = append(stack, n)
		switch n := n.(type) {
		case *ast.FuncLit:
			literals = append(literals, n)
		case *ast.SendStmt:
			if id := u.mentions(n.Chan); id != nil {
				harmless[id] = true
				u.send(n, literals)
			}
		case *ast.UnaryExpr:
			if id := u.mentions(n.X); id != nil && n.Op == token.ARROW {
				harmless[id] = true
			}
		case *ast.Ident:
			u.other = u.other || u.info.Uses[n] == u.channel && !harmless[n]
		}
		return true
	})
}

func (u *uses) mentions(e ast.Expr) *ast.Ident {
	if id, ok := ast.Unparen(e).(*ast.Ident); ok && u.info.Uses[id] == u.channel {
		return id
	}
	return nil
}

func (u *uses) send(stmt *ast.SendStmt, literals []*ast.FuncLit) {
	u.sends = append(u.sends, stmt)
	if len(literals) == 0 || u.sender != nil && u.sender != literals[len(literals)-1] {
		u.other = true
		return
	}
	u.sender = literals[len(literals)-1]
}

// sendsOnce reports whether a run of the literal passes one send at most:
// none stands in a loop, and each but the last is followed by a return.
func sendsOnce(lit *ast.FuncLit, sends []*ast.SendStmt) bool {
	ends := make(map[ast.Stmt]bool)
	ast.Inspect(lit.Body, func(n ast.Node) bool {
		var list []ast.Stmt
		switch n := n.(type) {
		case *ast.BlockStmt:
			list = n.List
		case *ast.CaseClause:
			list = n.Body
		case *ast.CommClause:
			list = n.Body
		}
		for i, stmt := range list {
			if i+1 < len(list) {
				_, ends[stmt] = list[i+1].(*ast.ReturnStmt)
			}
		}
		return true
	})
	for i, send := range sends {
		if i < len(sends)-1 && !ends[send] || inLoop(lit, send.Pos(), lit.Pos()) {
			return false
		}
	}
	return true
}

// inLoop reports whether a loop of the function holds a position and not
// another.
func inLoop(function ast.Node, pos, without token.Pos) bool {
	found := false
	ast.Inspect(function, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			holds := func(p token.Pos) bool { return n.Pos() <= p && p < n.End() }
			found = found || holds(pos) && !holds(without)
		}
		return !found
	})
	return found
}
