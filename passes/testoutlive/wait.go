package testoutlive

import (
	"go/ast"
	"go/token"
	"go/types"
	"path"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// inBubble reports whether the goroutine is one of a synctest bubble, whose
// test waits for all of them (package testing/synctest).
func (s *spawn) inBubble() bool {
	for outer := range s.stmt.Enclosing((*ast.CallExpr)(nil)) {
		fn, ok := typeutil.Callee(s.info, outer.Node().(*ast.CallExpr)).(*types.Func)
		if ok && fn.Pkg() != nil && path.Base(fn.Pkg().Path()) == "synctest" {
			return true
		}
	}
	return false
}

// awaited reports whether the test may wait for the goroutine: it says that
// it is done, on a channel or by a call on something that the test has, or
// runs in a group that the test uses for more than starting it.
//
// It is a may analysis: whoever gets the means to wait counts as waiting.
func (s *spawn) awaited(u use) bool {
	if s.group != nil && s.mentioned(s.group, u.owner) {
		return true
	}
	signals := false
	ast.Inspect(s.body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SendStmt:
			signals = signals || s.later(n, u)
		case *ast.CallExpr:
			signals = signals || s.isSignal(n) && s.later(n, u)
		}
		return !signals
	})
	return signals
}

// later reports whether a signal comes behind the use: in the source, by a
// defer statement, or in a loop around both.
func (s *spawn) later(signal ast.Node, u use) bool {
	if signal.Pos() > u.call.Pos() {
		return true
	}
	for outer := range u.cursor.Enclosing((*ast.ForStmt)(nil), (*ast.RangeStmt)(nil)) {
		if inside(outer.Node(), signal.Pos()) && inside(s.body, outer.Node().Pos()) {
			return true
		}
	}
	deferred := false
	ast.Inspect(s.body, func(n ast.Node) bool {
		if d, ok := n.(*ast.DeferStmt); ok && inside(d, signal.Pos()) {
			deferred = true
		}
		return !deferred
	})
	return deferred
}

// isSignal reports whether a call tells others something: close, Done, a
// store, a broadcast, a cancel function, or a call of a function that isn't
// known with something of the test's.
func (s *spawn) isSignal(call *ast.CallExpr) bool {
	switch fn := typeutil.Callee(s.info, call).(type) {
	case *types.Builtin:
		return fn.Name() == "close"
	case *types.Func:
		return model.TellsOthers(fn)
	case *types.Var:
		return len(call.Args) == 0
	}
	return false
}

// mentioned reports whether the test uses a group for more than running
// functions, or doesn't have it for itself.
func (s *spawn) mentioned(group *types.Var, owner *ast.BlockStmt) bool {
	if !inside(owner, group.Pos()) {
		return true
	}
	starts := make(map[*ast.Ident]bool)
	found := false
	ast.Inspect(owner, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if id, ok := ast.Unparen(n.X).(*ast.Ident); ok && (n.Sel.Name == "Go" || n.Sel.Name == "Add" || n.Sel.Name == "SetLimit") {
				starts[id] = true
			}
		case *ast.Ident:
			found = found || s.info.Uses[n] == group && !starts[n]
		}
		return !found
	})
	return found
}

// neverStopped reports whether nobody gets the timer, so that it fires
// whatever happens.
func (s *spawn) neverStopped() bool {
	switch n := s.stmt.Node().(type) {
	case *ast.ExprStmt:
		return true
	case *ast.AssignStmt:
		id, ok := n.Lhs[0].(*ast.Ident)
		return ok && id.Name == "_"
	}
	return false
}

func inside(n ast.Node, pos token.Pos) bool { return n.Pos() <= pos && pos < n.End() }
