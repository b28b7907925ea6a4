package testoutlive

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
)

// A use is a call in the goroutine that panics when the test is over: of a
// method of t that writes or fails, or of an assertion that is given t.
type use struct {
	call   *ast.CallExpr
	cursor inspector.Cursor
	owner  *ast.BlockStmt // the body of the function whose t it is
	always bool           // no condition keeps the goroutine from it
}

// panicsLate lists the methods of t that panic once its test is over
// (package testing: logDepth and Fail).
var panicsLate = map[string]bool{
	"Log": true, "Logf": true, "Error": true, "Errorf": true, "Fail": true,
	"Fatal": true, "Fatalf": true, "FailNow": true, "Skip": true, "Skipf": true, "SkipNow": true,
}

// uses lists the uses of a t from outside in the goroutine, in source order.
// What nested literals do runs at another time, if at all.
func (s *spawn) uses() []use {
	var list []use
	body, ok := s.stmt.Inspector().Root().FindNode(s.body)
	if !ok {
		return nil
	}
	body.Inspect([]ast.Node{(*ast.FuncLit)(nil), (*ast.DeferStmt)(nil), (*ast.CallExpr)(nil)}, func(cur inspector.Cursor) bool {
		call, ok := cur.Node().(*ast.CallExpr)
		if !ok {
			return false
		}
		if owner := s.owner(s.usedT(call)); owner != nil {
			_, isStmt := cur.Parent().Node().(*ast.ExprStmt)
			list = append(list, use{call, cur, owner, isStmt && s.isMethod(call) && s.unconditional(cur)})
		}
		return true
	})
	return list
}

// usedT returns the expression of the t that a call uses, or nil. What go
// vet's testinggoroutine reports is left to it.
func (s *spawn) usedT(call *ast.CallExpr) ast.Expr {
	fun, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	if s.isMethod(call) {
		fn, _ := typeutil.Callee(s.info, call).(*types.Func)
		if s.kind == plain && s.program.NoReturn(fn) {
			return nil
		}
		return fun.X
	}
	fn, ok := typeutil.Callee(s.info, call).(*types.Func)
	if ok && model.Asserts(fn) && len(call.Args) > 0 && isTesting(s.info.TypeOf(call.Args[0])) {
		return call.Args[0]
	}
	return nil
}

// isMethod reports whether a call is of a method of t that panics late.
func (s *spawn) isMethod(call *ast.CallExpr) bool {
	fun, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	return ok && panicsLate[fun.Sel.Name] && isTesting(s.info.TypeOf(fun.X))
}

func isTesting(t types.Type) bool {
	switch model.TypeKey(t) {
	case "testing.T", "testing.B", "testing.F", "testing.TB":
		return true
	}
	return false
}

// owner returns the body of the function around the statement that has the
// t as a parameter, or nil.
func (s *spawn) owner(e ast.Expr) *ast.BlockStmt {
	if e == nil || match.LocalVar(s.info, e) == nil {
		return nil // a field: whose t it is isn't known
	}
	t := s.outer(e)
	if t == nil {
		return nil
	}
	for outer := range s.stmt.Enclosing((*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		typ, body := function(outer.Node())
		if typ.Pos() <= t.Pos() && t.Pos() < typ.End() {
			return body
		}
	}
	return nil
}

func function(n ast.Node) (*ast.FuncType, *ast.BlockStmt) {
	switch n := n.(type) {
	case *ast.FuncDecl:
		return n.Type, n.Body
	case *ast.FuncLit:
		return n.Type, n.Body
	}
	return nil, nil
}

// unconditional reports whether no branch of the goroutine holds the call.
func (s *spawn) unconditional(call inspector.Cursor) bool {
	for outer := call.Parent(); outer.Node() != ast.Node(s.body); outer = outer.Parent() {
		switch outer.Node().(type) {
		case *ast.IfStmt, *ast.CaseClause, *ast.CommClause:
			return false
		}
	}
	return true
}

// endsWith reports whether the use is the last thing that the goroutine, or
// each round of its loop, does: nothing comes later by which somebody could
// learn that it is over. Whatever is deferred might tell.
func (s *spawn) endsWith(u use) bool {
	step, ok := s.flow().Find(u.call)
	if !ok || s.tells(u.call) {
		return false
	}
	last := true
	ast.Inspect(s.body, func(n ast.Node) bool {
		if deferred, ok := n.(*ast.DeferStmt); ok {
			last = last && s.harmless(deferred.Call)
		}
		return last
	})
	s.flow().Search(step, func(next program.Step) bool {
		if next.Node.Pos() > u.call.End() {
			last = last && !s.tells(next.Node)
		}
		return last
	})
	return last
}

// tells reports whether somebody outside might notice that a node runs, calls
// on t aside.
func (s *spawn) tells(n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SendStmt:
			found = true
		case *ast.CallExpr:
			found = found || !s.harmless(n)
		}
		return !found
	})
	return found
}

// harmless reports whether a call tells nobody but the test's log: methods of
// t, formatting, conversions and builtins other than close.
func (s *spawn) harmless(call *ast.CallExpr) bool {
	if s.info.Types[call.Fun].IsType() {
		return true
	}
	switch fn := typeutil.Callee(s.info, call).(type) {
	case *types.Builtin:
		return fn.Name() != "close"
	case *types.Func:
		if fun, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && isTesting(s.info.TypeOf(fun.X)) {
			return true
		}
		return model.KeepsNothing(fn) || isReader(fn)
	}
	return false
}

// isReader reports whether a method only hands out what its receiver holds:
// s.Text(), err.Error().
func isReader(fn *types.Func) bool {
	sig := fn.Signature()
	if sig.Recv() == nil || sig.Params().Len() != 0 || sig.Results().Len() != 1 {
		return false
	}
	return fn.Name() == "Err" || !match.IsError(sig.Results().At(0).Type())
}
