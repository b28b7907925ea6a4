package maporder

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
)

// A loop is a range in an order that isn't fixed: over a map, or over a list
// that was made of one.
type loop struct {
	*checker
	stmt   *ast.RangeStmt
	cursor inspector.Cursor
	of     ast.Expr // the map, or the list
}

// A sink is what an iteration does of which the order can be seen.
type sink struct {
	at   ast.Node
	what string     // for messages: what happens in the order of the map
	list *types.Var // for an append: what is appended to
}

// sinks lists the sinks of the body in source order. What a literal of the
// body does isn't looked at, nor what a single entry comes to.
func (l *loop) sinks() []sink {
	var list []sink
	body := l.cursor.ChildAt(edge.RangeStmt_Body, -1)
	body.Inspect([]ast.Node{
		(*ast.FuncLit)(nil), (*ast.GoStmt)(nil), (*ast.DeferStmt)(nil), (*ast.CallExpr)(nil),
		(*ast.AssignStmt)(nil), (*ast.SendStmt)(nil), (*ast.ReturnStmt)(nil), (*ast.BranchStmt)(nil),
	}, func(cur inspector.Cursor) bool {
		var s sink
		ok := false
		switch n := cur.Node().(type) {
		case *ast.FuncLit, *ast.GoStmt, *ast.DeferStmt:
			return false
		case *ast.CallExpr:
			s, ok = l.written(n)
		case *ast.AssignStmt:
			s, ok = l.assigned(cur, n)
		case *ast.SendStmt:
			s, ok = sink{at: n, what: "the values are sent"}, l.varies(n.Value) && !l.varies(n.Chan)
		case *ast.ReturnStmt:
			s, ok = l.returned(cur, n)
		case *ast.BranchStmt:
			s, ok = l.broken(cur, n)
		}
		if ok && !l.single(cur) {
			list = append(list, s)
		}
		return true
	})
	return list
}

// varies reports whether an expression depends on the entry: it mentions
// something that the loop declares.
func (l *loop) varies(e ast.Node) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			v, isVar := l.info.Uses[id].(*types.Var)
			found = found || isVar && !v.IsField() && l.declares(v)
		}
		return !found
	})
	return found
}

func (l *loop) declares(v *types.Var) bool {
	if inside(l.stmt, v.Pos()) {
		return true
	}
	for _, e := range []ast.Expr{l.stmt.Key, l.stmt.Value} { // for k = range m
		if e != nil && match.LocalVar(l.info, e) == v {
			return true
		}
	}
	return false
}

// written returns a call that writes something of the entry to something
// that isn't the entry's.
func (l *loop) written(call *ast.CallExpr) (sink, bool) {
	fn, ok := typeutil.Callee(l.info, call).(*types.Func)
	if !ok {
		return sink{}, false
	}
	to, what := model.WritesTo(l.info, fn, call)
	if what == "" || to != nil && (l.varies(to) || l.emptied(to)) {
		return sink{}, false
	}
	for _, arg := range call.Args {
		if arg != to && l.varies(arg) {
			return sink{at: call, what: what}, true
		}
	}
	return sink{}, false
}

// emptied reports whether the iteration resets what it writes to, so that it
// holds one entry at a time.
func (l *loop) emptied(to ast.Expr) bool {
	found := false
	name := types.ExprString(root(to))
	ast.Inspect(l.stmt.Body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && !found {
			fun, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
			found = ok && (fun.Sel.Name == "Reset" || fun.Sel.Name == "Truncate") && types.ExprString(fun.X) == name
		}
		return !found
	})
	return found
}

// root returns x of x and &x.
func root(e ast.Expr) ast.Expr {
	if ref, ok := ast.Unparen(e).(*ast.UnaryExpr); ok && ref.Op == token.AND {
		return ref.X
	}
	return ast.Unparen(e)
}

// assigned returns an assignment that makes a string, list or
// floating-point sum longer, or keeps the entry that is the best so far
// together with what makes it the best.
func (l *loop) assigned(cur inspector.Cursor, stmt *ast.AssignStmt) (sink, bool) {
	for _, set := range match.Assignments(stmt) {
		v := match.LocalVar(l.info, set.Left)
		if v == nil || l.declares(v) || set.Right == nil || !l.varies(set.Right) {
			continue
		}
		if l.isAppend(set.Right, v) {
			return sink{at: stmt, list: v}, true
		}
		basic, _ := v.Type().Underlying().(*types.Basic)
		if basic == nil || !l.accumulates(set, v) {
			continue
		}
		switch {
		case basic.Info()&types.IsString != 0:
			return sink{at: stmt, what: "the parts are joined"}, true
		case basic.Info()&types.IsFloat != 0:
			return sink{at: stmt, what: "the sum is rounded"}, true
		}
	}
	return l.best(cur, stmt)
}

func (l *loop) isAppend(e ast.Expr, to *types.Var) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok || len(call.Args) < 2 {
		return false
	}
	builtin, ok := typeutil.Callee(l.info, call).(*types.Builtin)
	return ok && builtin.Name() == "append" && match.LocalVar(l.info, call.Args[0]) == to
}

// accumulates reports whether an assignment adds to the variable: s += x, or
// s = s + x.
func (l *loop) accumulates(set match.Assignment, v *types.Var) bool {
	if set.Op == token.ADD_ASSIGN {
		return true
	}
	sum, ok := ast.Unparen(set.Right).(*ast.BinaryExpr)
	return ok && set.Op == token.ASSIGN && sum.Op == token.ADD && match.Mentions(l.info, sum, v)
}

// single reports whether a condition lets only one entry come to a node:
// key == wanted.
func (l *loop) single(cur inspector.Cursor) bool {
	key := match.LocalVar(l.info, l.stmt.Key)
	for outer := range cur.Enclosing((*ast.IfStmt)(nil), (*ast.SwitchStmt)(nil), (*ast.RangeStmt)(nil)) {
		switch n := outer.Node().(type) {
		case *ast.RangeStmt:
			if n == l.stmt {
				return false
			}
		case *ast.IfStmt:
			if key != nil && inside(n.Body, cur.Node().Pos()) && l.equates(n.Cond, key) {
				return true
			}
		case *ast.SwitchStmt:
			if key != nil && n.Tag != nil && match.LocalVar(l.info, n.Tag) == key {
				return true
			}
		}
	}
	return false
}

func (l *loop) equates(cond ast.Expr, key *types.Var) bool {
	e, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok {
		return false
	}
	if e.Op == token.LAND {
		return l.equates(e.X, key) || l.equates(e.Y, key)
	}
	return e.Op == token.EQL && (match.LocalVar(l.info, e.X) == key && !l.varies(e.Y) || match.LocalVar(l.info, e.Y) == key && !l.varies(e.X))
}

func inside(n ast.Node, pos token.Pos) bool { return n.Pos() <= pos && pos < n.End() }
