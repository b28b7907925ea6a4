package shutdown

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
)

// A handOn is a parameter, a context, that a function gives to a method by
// which something ends.
type handOn struct {
	param  int
	method string
}

// handingOn finds the declared functions that hand on their context.
func (c *checker) handingOn() map[*types.Func]handOn {
	found := make(map[*types.Func]handOn)
	for _, ending := range c.within {
		fn, ok := around(ending.cursor)
		decl, declared := fn.Node().(*ast.FuncDecl)
		if !ok || !declared {
			continue
		}
		obj, ok := c.info.Defs[decl.Name].(*types.Func)
		if !ok || model.EndsWithin(obj) {
			continue // judged by its own name
		}
		for _, from := range c.ancestry(ending.expr.Args[0], fn) {
			for i := range obj.Signature().Params().Len() {
				if obj.Signature().Params().At(i) == from.v {
					found[obj] = handOn{i, ending.fn.Name()}
				}
			}
		}
	}
	return found
}

// An ancestor is a variable that holds a context, and the place that hands
// it on to what is derived from it.
type ancestor struct {
	v   *types.Var
	use ast.Expr
}

// ancestry returns the variables that hold the context and those from which
// it is derived, as far as each is set once: when any of them is done, so is
// the context.
func (c *checker) ancestry(ctx ast.Expr, fn inspector.Cursor) []ancestor {
	var list []ancestor
	for range 8 { // contexts aren't derived deeper
		v := match.LocalVar(c.info, ctx)
		if v == nil {
			if made, ok := ast.Unparen(ctx).(*ast.CallExpr); ok {
				if index, derives := model.DerivesContext(c.callee(made)); derives {
					ctx = made.Args[index]
					continue
				}
			}
			break
		}
		list = append(list, ancestor{v, ctx})
		made := c.onlyValue(v, fn)
		if made == nil {
			break
		}
		ctx = made
	}
	return list
}

// onlyValue returns the context from which the variable's only value is
// derived, or nil.
func (c *checker) onlyValue(v *types.Var, fn inspector.Cursor) ast.Expr {
	outermost := fn
	for decl := range fn.Enclosing((*ast.FuncDecl)(nil)) {
		outermost = decl
	}
	var from ast.Expr
	sets := 0
	for cursor := range outermost.Preorder((*ast.AssignStmt)(nil), (*ast.ValueSpec)(nil)) {
		for _, set := range match.Assignments(cursor.Node()) {
			if match.LocalVar(c.info, set.Left) != v {
				continue
			}
			sets++
			if made, ok := ast.Unparen(set.Right).(*ast.CallExpr); ok {
				if fn := c.callee(made); fn != nil {
					if index, derives := model.DerivesContext(fn); derives {
						from = made.Args[index]
					}
				}
			}
		}
	}
	if sets != 1 {
		return nil
	}
	return from
}
