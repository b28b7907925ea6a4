package deferloop

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
)

// takesOne reports whether each iteration takes what the deferred call gives
// back: the variable is set in the loop, in front of the defer statement, by
// a call or a receive. What a loop finds in a collection was taken elsewhere,
// and a loop that defers the release of all of it does so on purpose. Values
// that a channel hands over belong to who received them.
func (s *site) takesOne(r release) bool {
	if call, ok := ast.Unparen(r.of).(*ast.CallExpr); ok {
		return s.opens(call) // defer open(name).Close(), defer trace(name)()
	}
	v := s.root(r.of)
	if v == nil {
		return false
	}
	return s.taking(v) != nil || s.rangesOverChannel() && s.isRangeVar(v)
}

// taking returns the statement of the iteration that sets the variable to
// something it takes, or nil.
func (s *site) taking(v *types.Var) ast.Node {
	var found ast.Node
	s.inIteration(func(n ast.Node) {
		for _, set := range match.Assignments(n) {
			if match.LocalVar(s.info, set.Left) == v && set.Right != nil && n.Pos() < s.stmt.Pos() && s.takes(set.Right) {
				found = n
			}
		}
	})
	return found
}

// inIteration visits the nodes of the loop's body, apart from the bodies of
// function literals.
func (s *site) inIteration(visit func(ast.Node)) {
	ast.Inspect(s.body(), func(n ast.Node) bool {
		if n != nil {
			visit(n)
		}
		_, isLit := n.(*ast.FuncLit)
		return !isLit
	})
}

// takes reports whether a value is one that nobody else holds.
func (s *site) takes(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		return s.opens(e)
	case *ast.UnaryExpr:
		return e.Op == token.ARROW
	}
	return false
}

// opens reports whether a call can return something that was made for it.
func (s *site) opens(call *ast.CallExpr) bool {
	if s.info.Types[call.Fun].IsType() {
		return false
	}
	switch fn := typeutil.Callee(s.info, call).(type) {
	case *types.Builtin:
		return false
	case *types.Func:
		return !model.OpensNothing(fn)
	}
	return true
}

func (s *site) isRangeVar(v *types.Var) bool {
	loop, ok := s.loop.(*ast.RangeStmt)
	return ok && loop.Key != nil && match.LocalVar(s.info, loop.Key) == v
}

// varies reports whether an expression can mean another thing in the next
// iteration: a variable in it is set in the loop.
func (s *site) varies(e ast.Expr) bool {
	set := make(map[*types.Var]bool)
	collect := func(n ast.Node) {
		for _, assignment := range match.Assignments(n) {
			set[match.LocalVar(s.info, assignment.Left)] = true
		}
	}
	collect(s.loop)
	if loop, ok := s.loop.(*ast.ForStmt); ok {
		collect(loop.Init)
		collect(loop.Post)
	}
	s.inIteration(collect)
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			v, ok := s.info.Uses[n].(*types.Var)
			found = found || ok && set[v]
		case *ast.CallExpr:
			found = true // unknown
		}
		return !found
	})
	return found
}
