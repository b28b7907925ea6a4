package deferloop

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
)

// handful is the number of rounds up to which it doesn't matter that a few
// resources are held until the function returns.
const handful = 8

// isTiny reports whether a loop is seen to run a handful of times at most:
// over a constant, an array or a literal, or counting up to a constant.
func (c *checker) isTiny(loop ast.Stmt, function *ast.BlockStmt) bool {
	switch loop := loop.(type) {
	case *ast.RangeStmt:
		n, ok := c.length(loop.X, function)
		return ok && n <= handful
	case *ast.ForStmt:
		n, ok := c.rounds(loop, function)
		return ok && n <= handful
	}
	return false
}

// isCommandLine reports whether the main function of a command goes through
// its arguments: mostly few, and what is held until main returns is given back
// by the end of the process in any case.
func (c *checker) isCommandLine(s *site) bool {
	loop, ok := s.loop.(*ast.RangeStmt)
	if !ok || c.pass.Pkg.Name() != "main" || s.function != "main" {
		return false
	}
	list := ast.Unparen(loop.X)
	if part, ok := list.(*ast.SliceExpr); ok {
		list = part.X
	}
	if call, ok := list.(*ast.CallExpr); ok {
		fn, ok := typeutil.Callee(c.pass.TypesInfo, call).(*types.Func)
		return ok && model.Key(fn) == "flag.Args"
	}
	selector, ok := list.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	v, ok := c.pass.TypesInfo.Uses[selector.Sel].(*types.Var)
	return ok && v.Pkg().Path() == "os" && v.Name() == "Args"
}

// length returns how many elements a range expression is seen to have.
func (c *checker) length(e ast.Expr, function *ast.BlockStmt) (int64, bool) {
	info := c.pass.TypesInfo
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
	if lit := c.onlyLiteral(variable(info, e), function); lit != nil {
		return int64(len(lit.Elts)), true
	}
	return 0, false
}

// variable returns the variable that an expression names, be it of a function
// or of the package, or nil.
func variable(info *types.Info, e ast.Expr) *types.Var {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return nil
	}
	v, _ := info.ObjectOf(id).(*types.Var)
	return v
}

func deref(t types.Type) types.Type {
	if pointer, ok := types.Unalias(t).(*types.Pointer); ok {
		return pointer.Elem()
	}
	return t
}

// onlyLiteral returns the composite literal that a variable is defined with,
// if nothing else is ever assigned to it, nor to a new key of a map. A variable
// of the package is looked for in all of it, unless others can set it.
func (c *checker) onlyLiteral(v *types.Var, function *ast.BlockStmt) *ast.CompositeLit {
	var lit *ast.CompositeLit
	count := 0
	look := func(n ast.Node) bool {
		for _, set := range match.Assignments(n) {
			if variable(c.pass.TypesInfo, set.Left) == v {
				count++
				lit, _ = set.Right.(*ast.CompositeLit)
			} else if grows(c.pass.TypesInfo, set.Left, v) {
				count++
			}
		}
		return true
	}
	switch {
	case v == nil || v.IsField():
		return nil
	case v.Parent() != c.pass.Pkg.Scope():
		ast.Inspect(function, look)
	case v.Exported():
		return nil
	default:
		for _, file := range c.pass.Files {
			ast.Inspect(file, look)
		}
	}
	if count != 1 {
		return nil
	}
	return lit
}

// grows reports whether an assignment may put another key into the map that a
// variable holds.
func grows(info *types.Info, left ast.Expr, v *types.Var) bool {
	entry, ok := ast.Unparen(left).(*ast.IndexExpr)
	if !ok || variable(info, entry.X) != v {
		return false
	}
	_, isMap := v.Type().Underlying().(*types.Map)
	return isMap
}

// rounds returns how often a loop of the form for i := a; i < b; i++ with
// constants runs, or one with such a limit among its conditions at most:
//
//	tries := 0
//	for err := dial(); err != nil && tries < 3; tries++ {
//
// What the body does to i is ignored.
func (c *checker) rounds(loop *ast.ForStmt, function *ast.BlockStmt) (int64, bool) {
	post, ok := loop.Post.(*ast.IncDecStmt)
	counter := match.LocalVar(c.pass.TypesInfo, postOperand(post))
	if !ok || counter == nil {
		return 0, false
	}
	from, ok := c.start(counter, function)
	if !ok {
		return 0, false
	}
	return c.limit(loop.Cond, counter, from)
}

func postOperand(post *ast.IncDecStmt) ast.Expr {
	if post == nil {
		return nil
	}
	return post.X
}

// start returns the constant that a counter begins with, if that is the only
// value that is assigned to it.
func (c *checker) start(counter *types.Var, function *ast.BlockStmt) (from int64, ok bool) {
	sets := 0
	ast.Inspect(function, func(n ast.Node) bool {
		for _, set := range match.Assignments(n) {
			if match.LocalVar(c.pass.TypesInfo, set.Left) == counter && set.Right != nil {
				sets++
				from, ok = constantInt(c.pass.TypesInfo, set.Right)
			}
		}
		return true
	})
	return from, ok && sets == 1
}

// limit returns how often the condition holds at most while the counter goes
// on from a value.
func (c *checker) limit(cond ast.Expr, counter *types.Var, from int64) (int64, bool) {
	cmp, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok {
		return 0, false
	}
	if cmp.Op == token.LAND {
		if n, ok := c.limit(cmp.X, counter, from); ok {
			return n, true
		}
		return c.limit(cmp.Y, counter, from)
	}
	to, ok := constantInt(c.pass.TypesInfo, cmp.Y)
	if !ok || match.LocalVar(c.pass.TypesInfo, cmp.X) != counter {
		return 0, false
	}
	switch cmp.Op {
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
