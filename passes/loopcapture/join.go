package loopcapture

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
)

// waitsFor reports whether the code behind the site can wait until what it
// made has run. For a deferred call and a parallel subtest it can't.
func (s site) waitsFor() bool { return s.kind == goroutine || s.kind == sent || s.kind == kept }

// joins reports whether a step waits for the goroutine that uses the
// variable: a Wait of any kind, a receive from a channel that the goroutine
// has in hand or that isn't known, or a use of the other end of its pipe.
func (n *nest) joins(step program.Step, u use) bool {
	if loop := n.loopOver(step.Node); loop != nil && !within(loop, u.at.Pos()) {
		_, isChan := n.info.TypeOf(loop.X).Underlying().(*types.Chan)
		return isChan && n.mayServe(loop.X, u)
	}
	found := false
	step.Inspect(func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.CallExpr:
			fn, ok := typeutil.Callee(n.info, node).(*types.Func)
			found = found || ok && model.Waits(fn)
		case *ast.UnaryExpr:
			found = found || node.Op == token.ARROW && n.mayServe(node.X, u)
		case *ast.Ident:
			found = found || u.in != nil && isPipe(n.info.TypeOf(node)) && n.usesPipe(u.in)
		}
		return !found
	})
	return found
}

// loopOver returns the loop that ranges over what a step evaluates, or nil.
func (n *nest) loopOver(node ast.Node) *ast.RangeStmt {
	for cur := range n.loop.Preorder((*ast.RangeStmt)(nil)) {
		if loop := cur.Node().(*ast.RangeStmt); loop.X == node {
			return loop
		}
	}
	return nil
}

// mayServe reports whether the goroutine may send on or close a channel: it
// isn't the clock's or a context's, and isn't a variable that the literal
// doesn't know. What the loop itself sends, to go on, it may have waited for.
func (n *nest) mayServe(channel ast.Expr, u use) bool {
	switch channel := ast.Unparen(channel).(type) {
	case *ast.CallExpr:
		fn, ok := typeutil.Callee(n.info, channel).(*types.Func)
		return !ok || !model.EventSource(fn)
	case *ast.SelectorExpr:
		field, ok := n.info.Uses[channel.Sel].(*types.Var)
		return !ok || !model.EventField(field)
	case *ast.Ident:
		v := match.LocalVar(n.info, channel)
		return v == nil || u.in == nil || match.Mentions(n.info, u.in, v) || n.sendsOn(v)
	}
	return true
}

// sendsOn reports whether the loop sends on a channel outside of the
// goroutines that it starts.
func (n *nest) sendsOn(channel *types.Var) bool {
	for cur := range n.loop.Preorder((*ast.SendStmt)(nil)) {
		if match.LocalVar(n.info, cur.Node().(*ast.SendStmt).Chan) == channel {
			return true
		}
	}
	return false
}

// usesPipe reports whether a literal uses an end of a pipe of package io.
func (n *nest) usesPipe(lit *ast.FuncLit) bool {
	found := false
	ast.Inspect(lit, func(node ast.Node) bool {
		if id, ok := node.(*ast.Ident); ok {
			found = found || isPipe(n.info.TypeOf(id))
		}
		return !found
	})
	return found
}

// isPipe reports whether a type is that of an end of a pipe of package io.
func isPipe(t types.Type) bool {
	if t == nil {
		return false
	}
	named := model.ReceiverNamed(t)
	if named == nil || named.Obj().Pkg() == nil || named.Obj().Pkg().Path() != "io" {
		return false
	}
	return named.Obj().Name() == "PipeReader" || named.Obj().Name() == "PipeWriter"
}
