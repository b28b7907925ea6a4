package deferloop

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"github.com/goconclint/goconclint/passes/internal/match"
)

// handful is the number of rounds up to which it doesn't matter that a few
// resources are held until the function returns.
const handful = 8

// isTiny reports whether a loop is seen to run a handful of times at most:
// over a constant, an array or a literal, or counting up to a constant.
func isTiny(info *types.Info, loop ast.Stmt, function *ast.BlockStmt) bool {
	switch loop := loop.(type) {
	case *ast.RangeStmt:
		n, ok := length(info, loop.X, function)
		return ok && n <= handful
	case *ast.ForStmt:
		n, ok := rounds(info, loop)
		return ok && n <= handful
	}
	return false
}

// length returns how many elements a range expression is seen to have.
func length(info *types.Info, e ast.Expr, function *ast.BlockStmt) (int64, bool) {
	e = ast.Unparen(e)
	if n, ok := constantInt(info, e); ok {
		return n, true
	}
	if array, ok := deref(info.TypeOf(e)).Underlying().(*types.Array); ok {
		return array.Len(), true
	}
	if lit, ok := e.(*ast.CompositeLit); ok {
		return int64(len(lit.Elts)), true
	}
	if v := match.LocalVar(info, e); v != nil {
		if lit := onlyLiteral(info, v, function); lit != nil {
			return int64(len(lit.Elts)), true
		}
	}
	return 0, false
}

func deref(t types.Type) types.Type {
	if pointer, ok := types.Unalias(t).(*types.Pointer); ok {
		return pointer.Elem()
	}
	return t
}

// onlyLiteral returns the composite literal that a variable is defined with,
// if nothing else is ever assigned to it.
func onlyLiteral(info *types.Info, v *types.Var, function *ast.BlockStmt) *ast.CompositeLit {
	var lit *ast.CompositeLit
	count := 0
	ast.Inspect(function, func(n ast.Node) bool {
		for _, set := range match.Assignments(n) {
			if match.LocalVar(info, set.Left) == v {
				count++
				lit, _ = set.Right.(*ast.CompositeLit)
			}
		}
		return true
	})
	if count != 1 {
		return nil
	}
	return lit
}

// rounds returns how often a loop of the form for i := a; i < b; i++ with
// constants runs. What the body does to i is ignored.
func rounds(info *types.Info, loop *ast.ForStmt) (int64, bool) {
	init, ok := loop.Init.(*ast.AssignStmt)
	if !ok || len(init.Rhs) != 1 {
		return 0, false
	}
	cond, ok := loop.Cond.(*ast.BinaryExpr)
	if !ok {
		return 0, false
	}
	if _, ok := loop.Post.(*ast.IncDecStmt); !ok {
		return 0, false
	}
	from, ok1 := constantInt(info, init.Rhs[0])
	to, ok2 := constantInt(info, cond.Y)
	if !ok1 || !ok2 {
		return 0, false
	}
	switch cond.Op {
	case token.LSS, token.NEQ:
		return to - from, true
	case token.LEQ:
		return to - from + 1, true
	case token.GTR:
		return from - to, true
	case token.GEQ:
		return from - to + 1, true
	}
	return 0, false
}

func constantInt(info *types.Info, e ast.Expr) (int64, bool) {
	value := info.Types[e].Value
	if value == nil || value.Kind() != constant.Int {
		return 0, false
	}
	return constant.Int64Val(value)
}
