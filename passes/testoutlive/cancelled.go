package testoutlive

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
)

// cancelledAtEnd returns how the test makes a function of the package return
// its context's error:
//
//	ctx, cancel := context.WithCancel(context.Background())
//	defer cancel()
//	go func() {
//		if err := s.Run(ctx); err != nil {
//			t.Error(err)
//		}
//	}()
func (s *spawn) cancelledAtEnd(blocked *ast.CallExpr, u use) (closing, bool) {
	fn, _ := typeutil.Callee(s.info, blocked).(*types.Func)
	ctx := s.outer(s.context(blocked, fn))
	if ctx == nil {
		return closing{}, false
	}
	cancel, sentinel := s.cancelOf(ctx, u.owner)
	if cancel == nil {
		return closing{}, false
	}
	by := closing{blocked: blocked, sentinel: sentinel}
	ast.Inspect(u.owner, func(n ast.Node) bool {
		if n == s.stmt.Node() || by.closes != nil {
			return false
		}
		if id, ok := n.(*ast.Ident); ok && s.info.Uses[id] == cancel {
			by.closes = id
		}
		return true
	})
	return by, by.closes != nil
}

// context returns the argument of a call that is a context whose error the
// called function of the package returns, or nil.
func (s *spawn) context(call *ast.CallExpr, fn *types.Func) ast.Expr {
	if fn == nil || fn.Pkg() != s.pass.Pkg {
		return nil
	}
	decl := s.declaration(fn)
	if decl == nil || fn.Signature().Variadic() {
		return nil
	}
	params := fn.Origin().Signature().Params()
	for i, arg := range call.Args {
		if i < params.Len() && model.IsContext(params.At(i).Type()) && s.returnsErrOf(decl, params.At(i)) {
			return arg
		}
	}
	return nil
}

// returnsErrOf reports whether a function returns ctx.Err() or
// context.Cause(ctx), as it is or wrapped, as its error.
func (s *spawn) returnsErrOf(decl *ast.FuncDecl, ctx *types.Var) bool {
	found := false
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		if _, ok := n.(*ast.FuncLit); ok || found {
			return false
		}
		ret, ok := n.(*ast.ReturnStmt)
		if !ok || len(ret.Results) == 0 {
			return true
		}
		ast.Inspect(ret.Results[len(ret.Results)-1], func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				found = found || n.Sel.Name == "Err" && match.LocalVar(s.info, n.X) == ctx
			case *ast.CallExpr:
				cause, _ := typeutil.Callee(s.info, n).(*types.Func)
				found = found || model.Key(cause) == "context.Cause" && match.LocalVar(s.info, n.Args[0]) == ctx
			}
			return !found
		})
		return false
	})
	return found
}

// cancelOf returns the function that cancels a context which the test
// derives, and the error that it then has, if that is sure.
func (s *spawn) cancelOf(ctx *types.Var, owner *ast.BlockStmt) (cancel types.Object, sentinel string) {
	ast.Inspect(owner, func(n ast.Node) bool {
		set, ok := n.(*ast.AssignStmt)
		if !ok || len(set.Lhs) != 2 || len(set.Rhs) != 1 || match.LocalVar(s.info, set.Lhs[0]) != ctx {
			return cancel == nil
		}
		call, ok := ast.Unparen(set.Rhs[0]).(*ast.CallExpr)
		if !ok {
			return true
		}
		fn, _ := typeutil.Callee(s.info, call).(*types.Func)
		if _, derives := model.DerivesContext(fn); !derives {
			return true
		}
		if v := match.LocalVar(s.info, set.Lhs[1]); v != nil {
			cancel = v
		}
		if model.Key(fn) == "context.WithCancel" {
			sentinel = "context.Canceled"
		}
		return false
	})
	return cancel, sentinel
}
