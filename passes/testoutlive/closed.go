package testoutlive

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
)

// A closing is how the end of the test makes the goroutine use t: a call that
// blocks until the test closes what it works on, and then fails.
type closing struct {
	blocked  *ast.CallExpr // in the goroutine: srv.Serve(ln)
	closes   ast.Expr      // in the test: ln.Close
	sentinel string        // the error that it then returns, as in "net/http.ErrServerClosed", if that has a name
}

// failsAtEnd returns how the test itself causes the error that the use is
// about:
//
//	defer ln.Close()
//	go func() {
//		if err := srv.Serve(ln); err != nil {
//			t.Error(err)
//		}
//	}()
//
// An error that is compared with anything else than nil is understood to be
// looked at closely enough.
func (s *spawn) failsAtEnd(u use) (closing, bool) {
	blocked := s.source(u)
	if blocked == nil {
		return closing{}, false
	}
	fn, _ := typeutil.Callee(s.info, blocked).(*types.Func)
	for _, e := range s.worksOn(blocked, fn) {
		if v := s.outer(e); v != nil {
			if closes := s.closed(v, u.owner); closes != nil {
				return closing{blocked, closes, model.ClosedError(fn)}, true
			}
		}
	}
	return s.cancelledAtEnd(blocked, u)
}

// source returns the call whose error makes the goroutine use t, if it is one
// that fails when something is closed: directly among the operands, or by a
// variable on which the only condition is that it isn't nil.
func (s *spawn) source(u use) *ast.CallExpr {
	if !s.isMethod(u.call) && !model.WantsNoError(s.info, u.call) {
		return nil // it may be what the assertion wants
	}
	for _, arg := range u.call.Args {
		if call, ok := ast.Unparen(arg).(*ast.CallExpr); ok && s.failsWhenClosed(call) {
			return call
		}
	}
	err, call := s.testedError(u)
	if call == nil || !s.onlyNil(err, call, u) {
		return nil
	}
	return call
}

// testedError returns the variable that the branch around the use, or the
// assertion, finds to hold an error, and the call that set it last.
func (s *spawn) testedError(u use) (*types.Var, *ast.CallExpr) {
	err := s.branchError(u)
	if err == nil && model.WantsNoError(s.info, u.call) {
		for _, arg := range u.call.Args[1:] {
			if v := match.LocalVar(s.info, arg); v != nil && match.IsError(v.Type()) {
				err = v
			}
		}
	}
	if err == nil {
		return nil, nil
	}
	var call *ast.CallExpr
	ast.Inspect(s.body, func(n ast.Node) bool {
		for _, set := range match.Assignments(n) {
			if match.LocalVar(s.info, set.Left) == err && n.Pos() < u.call.Pos() {
				call, _ = ast.Unparen(set.Right).(*ast.CallExpr)
			}
		}
		return true
	})
	if call == nil || !s.failsWhenClosed(call) {
		return nil, nil
	}
	return err, call
}

// branchError returns the err of the innermost branch that holds the use, if
// that is if err != nil, and no other branch does.
func (s *spawn) branchError(u use) *types.Var {
	var err *types.Var
	for outer := u.cursor.Parent(); outer.Node() != ast.Node(s.body); outer = outer.Parent() {
		switch n := outer.Node().(type) {
		case *ast.CaseClause, *ast.CommClause:
			return nil
		case *ast.IfStmt:
			cond, ok := ast.Unparen(n.Cond).(*ast.BinaryExpr)
			if err != nil || !ok || cond.Op != token.NEQ || !s.info.Types[cond.Y].IsNil() || !inside(n.Body, u.call.Pos()) {
				return nil
			}
			if err = match.LocalVar(s.info, cond.X); err == nil {
				return nil
			}
		}
	}
	return err
}

// onlyNil reports whether between the call and the use nothing but a
// comparison with nil looks at the error.
func (s *spawn) onlyNil(err *types.Var, call *ast.CallExpr, u use) bool {
	only := true
	ast.Inspect(s.body, func(n ast.Node) bool {
		if n == nil || !only || n.End() <= call.End() || u.call.End() < n.Pos() || n == ast.Node(u.call) {
			return false
		}
		switch n := n.(type) {
		case *ast.BinaryExpr:
			if n.Op == token.NEQ && s.info.Types[n.Y].IsNil() {
				return false
			}
		case *ast.IfStmt:
			only = only && (n.Pos() < call.Pos() || inside(n, u.call.Pos()) || n.Cond == nil)
		case *ast.Ident:
			only = only && s.info.Uses[n] != err
		}
		return only
	})
	return only
}

// failsWhenClosed reports whether a call is still blocked when the test
// closes what it works on: it serves until then, or is made again and again.
// A single Accept returns when the test connects.
func (s *spawn) failsWhenClosed(call *ast.CallExpr) bool {
	fn, ok := typeutil.Callee(s.info, call).(*types.Func)
	if ok && s.context(call, fn) != nil {
		return true
	}
	if !ok || len(s.worksOn(call, fn)) == 0 {
		return false
	}
	if model.ServesOn(fn) {
		return true
	}
	step, ok := s.flow().Find(call)
	return ok && s.flow().Reaches(step, step, func(program.Step) bool { return false })
}

// worksOn returns the receiver or arguments of a call whose closing makes it
// return an error.
func (s *spawn) worksOn(call *ast.CallExpr, fn *types.Func) []ast.Expr {
	var list []ast.Expr
	receiver, args := model.FailsWhenClosed(fn)
	if fun, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && receiver {
		list = append(list, fun.X)
	}
	if args && len(call.Args) > 0 {
		list = append(list, call.Args[0])
	}
	return list
}

// closed returns where the test closes what a variable holds: a call, or a
// method value handed on.
func (s *spawn) closed(v *types.Var, owner *ast.BlockStmt) ast.Expr {
	var found ast.Expr
	ast.Inspect(owner, func(n ast.Node) bool {
		if n == s.stmt.Node() || found != nil {
			return false
		}
		if sel, ok := n.(*ast.SelectorExpr); ok && root(s.info, sel.X) == v {
			fn, ok := s.info.Uses[sel.Sel].(*types.Func)
			if ok && (model.Kills(fn) || model.Releases(fn) && model.TypeKey(v.Type()) != "os/exec.Cmd") {
				found = sel
			}
		}
		return true
	})
	return found
}
