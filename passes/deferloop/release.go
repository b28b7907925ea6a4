package deferloop

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
)

// A release is one thing that a deferred call gives back.
type release struct {
	kind kind
	at   ast.Node // the call or receive that gives it back
	of   ast.Expr // what is given back: the receiver, the function variable, the channel
}

type kind int

const (
	resource   kind = iota // something opened: a file, a body, a connection, a span
	callback               // a function variable that undoes something: cancel, stop, cleanup
	chained                // what a call of the iteration returned: trace(name)()
	lock                   // Unlock
	sharedLock             // RUnlock
	slot                   // a place in a channel that is used as a semaphore
	panics                 // recover
)

// released lists what the deferred call gives back: by itself, or in the body
// of a deferred literal, except where that depends on how things went.
func (s *site) released() []release {
	call := s.stmt.Call
	if lit, ok := ast.Unparen(call.Fun).(*ast.FuncLit); ok {
		return s.releasedIn(lit)
	}
	if r, ok := s.releaseBy(call); ok {
		return []release{r}
	}
	return nil
}

// releasedIn lists what a deferred function literal gives back in any case.
// A condition on the thing itself, as in if f != nil, is none.
func (s *site) releasedIn(lit *ast.FuncLit) []release {
	var list []release
	var walk func(n ast.Node)
	walk = func(n ast.Node) {
		ast.Inspect(n, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit:
				return false
			case *ast.IfStmt:
				s.inCondition(n, walk, &list)
				return false
			case *ast.CallExpr:
				if r, ok := s.releaseBy(n); ok {
					r.of = s.argumentFor(lit, r.of)
					list = append(list, r)
				}
			case *ast.UnaryExpr:
				if n.Op == token.ARROW {
					list = append(list, release{kind: slot, at: n, of: n.X})
				}
			}
			return true
		})
	}
	walk(lit.Body)
	return list
}

// inCondition walks an if statement: its initialisation and condition always
// run; what its branches give back counts if the condition is about just that.
func (s *site) inCondition(branch *ast.IfStmt, walk func(ast.Node), list *[]release) {
	if branch.Init != nil {
		walk(branch.Init)
	}
	walk(branch.Cond)
	certain := len(*list)
	walk(branch.Body)
	kept := (*list)[:certain]
	for _, r := range (*list)[certain:] {
		if v := s.root(r.of); v != nil && match.Mentions(s.info, branch.Cond, v) {
			kept = append(kept, r)
		}
	}
	*list = kept
	if branch.Else != nil {
		certain = len(*list)
		walk(branch.Else)
		*list = (*list)[:certain]
	}
}

// releaseBy returns what a call gives back.
func (s *site) releaseBy(call *ast.CallExpr) (release, bool) {
	switch callee := typeutil.Callee(s.info, call).(type) {
	case *types.Builtin:
		return release{kind: panics, at: call}, callee.Name() == "recover"
	case *types.Func:
		return s.releaseByFunc(call, callee)
	case *types.Var:
		// cancel(), where cancel is a variable of the iteration
		fun := ast.Unparen(call.Fun)
		return release{kind: callback, at: call, of: fun}, len(call.Args) == 0 && match.LocalVar(s.info, fun) != nil
	}
	if inner, ok := ast.Unparen(call.Fun).(*ast.CallExpr); ok && call == s.stmt.Call && !isLiteral(inner.Fun) {
		return release{kind: chained, at: call, of: inner}, true
	}
	return release{}, false
}

// isLiteral reports whether a call is of a function literal, as cgo writes
// them around what the source has.
func isLiteral(fun ast.Expr) bool {
	_, ok := ast.Unparen(fun).(*ast.FuncLit)
	return ok
}

func (s *site) releaseByFunc(call *ast.CallExpr, callee *types.Func) (release, bool) {
	fun, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if ok && callee.Signature().Recv() != nil {
		switch model.LockOperation(callee) {
		case model.Release:
			return release{kind: lock, at: call, of: fun.X}, true
		case model.ReleaseShared:
			return release{kind: sharedLock, at: call, of: fun.X}, true
		}
		return release{kind: resource, at: call, of: fun.X}, model.Releases(callee) && !model.CountsReferences(callee, s.info.TypeOf(fun.X))
	}
	if len(call.Args) == 1 && model.ReleasesArgument(callee) {
		return release{kind: resource, at: call, of: call.Args[0]}, true
	}
	return release{}, false
}

// argumentFor returns the argument of the deferred literal's call that an
// expression in its body stands for, or the expression itself.
func (s *site) argumentFor(lit *ast.FuncLit, e ast.Expr) ast.Expr {
	v := s.root(e)
	if v == nil {
		return e
	}
	params := s.info.TypeOf(lit).(*types.Signature).Params()
	for i := range params.Len() {
		if params.At(i) == v && i < len(s.stmt.Call.Args) {
			return s.stmt.Call.Args[i]
		}
	}
	return e
}

// root returns the local variable at the start of an expression such as
// resp.Body, or nil.
func (s *site) root(e ast.Expr) *types.Var {
	for {
		switch x := e.(type) {
		case *ast.SelectorExpr:
			e = x.X
		case *ast.ParenExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.UnaryExpr:
			e = x.X
		case *ast.Ident:
			return match.LocalVar(s.info, x)
		default:
			return nil
		}
	}
}
