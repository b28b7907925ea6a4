package hotness

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
)

// A reader walks hot code and leaves out what it runs seldom:
//
//	if err != nil { … }                      an error was found
//	if … { …; return fmt.Errorf(…) }         an error is made
//	if … { …; panic(…) }                     the end of everything
//	if x.cache == nil { x.cache = … }        done once and kept
//	if v, ok := m[k]; !ok { …; m[k] = … }    done once for each key
//	if false { … }                           switched off when compiled
//	once.Do(func() { … })
//
// These are shapes, not proofs: code that runs seldom for other reasons counts
// as hot, and a loop that fails each time as cold.
type reader struct {
	info     *types.Info
	noReturn func(*types.Func) bool
}

// Inspect calls visit for each node of the region that runs often, with its
// ancestors within the region, outermost first. It doesn't descend where
// visit returns false.
func (r Region) Inspect(visit func(n ast.Node, above []ast.Node) bool) {
	var above []ast.Node
	ast.Inspect(r.Body, func(n ast.Node) bool {
		if n == nil {
			above = above[:len(above)-1]
			return true
		}
		if r.isCold(n, above) || !visit(n, above) {
			return false
		}
		above = append(above, n)
		return true
	})
}

// isCold asks the profile where there is one: what it has seen run isn't
// cold, whatever its shape.
func (r Region) isCold(n ast.Node, above []ast.Node) bool {
	if r.hot != nil {
		return !r.hot(n)
	}
	return r.seen.isCold(n, above)
}

func (r *reader) isCold(n ast.Node, above []ast.Node) bool {
	if len(above) == 0 {
		return false
	}
	parent := above[len(above)-1]
	switch n := n.(type) {
	case *ast.BlockStmt:
		if branch, ok := parent.(*ast.IfStmt); ok {
			return r.endsCold(n.List) || r.guardedCold(branch, n)
		}
	case *ast.CaseClause:
		return r.endsCold(n.Body)
	case *ast.CommClause:
		return r.endsCold(n.Body)
	case *ast.FuncLit:
		call, ok := parent.(*ast.CallExpr)
		return ok && r.runsOnce(call)
	}
	return false
}

func (r *reader) runsOnce(call *ast.CallExpr) bool {
	fn := typeutil.StaticCallee(r.info, call)
	return fn != nil && model.CallsOnce(fn)
}

// endsCold reports whether the statements end in a panic, in a call that
// doesn't return, or in the return of an error made there.
func (r *reader) endsCold(list []ast.Stmt) bool {
	if len(list) == 0 {
		return false
	}
	switch last := list[len(list)-1].(type) {
	case *ast.ExprStmt:
		call, ok := ast.Unparen(last.X).(*ast.CallExpr)
		return ok && r.neverReturns(call)
	case *ast.ReturnStmt:
		n := len(last.Results)
		return n > 0 && r.makesError(last.Results[n-1])
	}
	return false
}

func (r *reader) neverReturns(call *ast.CallExpr) bool {
	switch fn := typeutil.Callee(r.info, call).(type) {
	case *types.Builtin:
		return fn.Name() == "panic"
	case *types.Func:
		return r.noReturn != nil && r.noReturn(fn)
	}
	return false
}

// makesError reports whether the expression is an error value that is made on
// the spot or kept in a package variable. A call of a function that returns
// an error is none: it may be the work itself.
func (r *reader) makesError(e ast.Expr) bool {
	e = ast.Unparen(e)
	if !isError(r.info.TypeOf(e)) {
		return false
	}
	switch e := e.(type) {
	case *ast.CallExpr:
		fn := typeutil.StaticCallee(r.info, e)
		return fn != nil && model.Formats(fn)
	case *ast.CompositeLit:
		return true
	case *ast.UnaryExpr:
		_, literal := ast.Unparen(e.X).(*ast.CompositeLit)
		return literal
	case *ast.Ident:
		return isGlobal(r.info.Uses[e])
	case *ast.SelectorExpr:
		return isGlobal(r.info.Uses[e.Sel])
	}
	return false
}

// guardedCold reports whether the condition says that the branch is seldom
// taken. The block is the branch's body or its else.
func (r *reader) guardedCold(branch *ast.IfStmt, block *ast.BlockStmt) bool {
	if value := r.info.Types[branch.Cond].Value; value != nil && value.Kind() == constant.Bool {
		return constant.BoolVal(value) != (block == branch.Body)
	}
	switch cond := ast.Unparen(branch.Cond).(type) {
	case *ast.BinaryExpr:
		if r.comparesError(cond) {
			return (cond.Op == token.NEQ) == (block == branch.Body)
		}
		return cond.Op == token.EQL && block == branch.Body && r.isNil(cond.Y) && assigns(block, cond.X)
	case *ast.UnaryExpr:
		return cond.Op == token.NOT && block == branch.Body && r.fills(block, cond.X)
	}
	return false
}

// comparesError matches err != nil and err == nil, and recover's result.
func (r *reader) comparesError(cond *ast.BinaryExpr) bool {
	return (cond.Op == token.NEQ || cond.Op == token.EQL) && r.isNil(cond.Y) && isError(r.info.TypeOf(cond.X))
}

func (r *reader) isNil(e ast.Expr) bool { return r.info.Types[ast.Unparen(e)].IsNil() }

// assigns reports whether the block assigns to what the expression names.
func assigns(block *ast.BlockStmt, e ast.Expr) bool {
	want := types.ExprString(e)
	return anyAssigned(block, func(lhs ast.Expr) bool { return types.ExprString(lhs) == want })
}

// fills reports whether the block sets the flag itself, or puts an entry into
// a map: what a missing one calls for.
func (r *reader) fills(block *ast.BlockStmt, flag ast.Expr) bool {
	want := types.ExprString(flag)
	return anyAssigned(block, func(lhs ast.Expr) bool {
		if index, ok := lhs.(*ast.IndexExpr); ok {
			_, isMap := r.info.TypeOf(index.X).Underlying().(*types.Map)
			return isMap
		}
		return types.ExprString(lhs) == want
	})
}

func anyAssigned(block *ast.BlockStmt, wanted func(ast.Expr) bool) bool {
	found := false
	ast.Inspect(block, func(n ast.Node) bool {
		for _, set := range match.Assignments(n) {
			found = found || wanted(ast.Unparen(set.Left))
		}
		return !found
	})
	return found
}

// isError reports whether values of the type are errors: error itself, and
// types that implement it.
func isError(t types.Type) bool {
	if t == nil {
		return false
	}
	iface, _ := types.Universe.Lookup("error").Type().Underlying().(*types.Interface)
	return types.Implements(t, iface)
}

func isGlobal(obj types.Object) bool {
	v, ok := obj.(*types.Var)
	return ok && !v.IsField() && v.Pkg() != nil && v.Parent() == v.Pkg().Scope()
}
