package neverclosed

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
)

// holders are sets of variables and fields that hold one ticker, or its
// channel: what is assigned to what, and what a go statement passes to a parameter. A call that
// isn't started is left out: a loop in it holds up who calls, whose deferred
// Stop then says no more than that it knows the rules. Each variable leads to
// another one of its set, up to the one that stands for it.
type holders map[*types.Var]*types.Var

func (h holders) holder(v *types.Var) *types.Var {
	for h[v] != nil {
		v = h[v]
	}
	return v
}

// join notes that a variable is given a ticker or its channel.
func (h holders) join(info *types.Info, v *types.Var, given ast.Expr) {
	w := ticker(info, given)
	if v == nil || w == nil {
		return
	}
	if v, w = h.holder(v), h.holder(w); v != w {
		h[v] = w
	}
}

// ticker returns what holds the ticker that an expression is, or is the
// channel of.
func ticker(info *types.Info, e ast.Expr) *types.Var {
	if v := match.Variable(info, e); v != nil && model.IsTimer(v.Type()) {
		return v
	}
	selector, ok := ast.Unparen(e).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	if field, ok := info.Uses[selector.Sel].(*types.Var); ok && field.IsField() && model.EventField(field) {
		return match.Variable(info, selector.X)
	}
	return nil
}

// passed joins the parameters of a function of the package with what a go
// statement passes for them.
func (h holders) passed(info *types.Info, call *ast.CallExpr) {
	var sig *types.Signature
	if fn := typeutil.StaticCallee(info, call); fn != nil {
		sig = fn.Origin().Signature()
	} else if lit, ok := call.Fun.(*ast.FuncLit); ok {
		sig, _ = info.TypeOf(lit).(*types.Signature)
	}
	if sig == nil || sig.Variadic() {
		return
	}
	for i, arg := range call.Args {
		if i < sig.Params().Len() {
			h.join(info, sig.Params().At(i), arg)
		}
	}
}

// assigned joins both sides of assignments, and fields with what a literal
// gives them.
func (h holders) assigned(info *types.Info, n ast.Node) {
	for _, assignment := range match.Assignments(n) {
		left := match.LocalVar(info, assignment.Left)
		if left == nil {
			left = match.Variable(info, assignment.Left)
		}
		h.join(info, left, assignment.Right)
	}
	lit, ok := n.(*ast.CompositeLit)
	if !ok {
		return
	}
	for _, element := range lit.Elts {
		if pair, ok := element.(*ast.KeyValueExpr); ok {
			h.join(info, match.Variable(info, pair.Key), pair.Value)
		}
	}
}
