package maporder

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
)

// An end is where the order of a list can be seen.
type end struct {
	at   ast.Node
	what string
}

// deepest bounds the functions through which a list is followed.
const deepest = 3

// follow returns the first place behind a node, in the source, where the
// order of the list in a variable can be seen, or false if it is sorted first
// or ends where nobody knows.
//
// It is a may analysis in source order: branches aren't told apart, but a
// sort anywhere behind the node makes the list harmless.
func (c *checker) follow(list *types.Var, from inspector.Cursor, depth int) (end, bool) {
	var uses []inspector.Cursor
	for outer := range from.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		if c.isResult(outer.Node(), list) {
			return end{}, false // a named result: its returns don't name it
		}
		for cur := range outer.Preorder((*ast.Ident)(nil)) {
			id := cur.Node().(*ast.Ident)
			if c.info.Uses[id] == list && id.Pos() >= from.Node().End() {
				uses = append(uses, cur)
			}
		}
		break
	}
	for _, use := range uses {
		if c.sorts(use) {
			return end{}, false
		}
	}
	for _, use := range uses {
		if e, ok := c.value(use, depth); ok {
			return e, true
		}
	}
	return end{}, false
}

func (c *checker) isResult(fn ast.Node, v *types.Var) bool {
	decl, ok := fn.(*ast.FuncDecl)
	return ok && decl.Type.Results != nil && inside(decl.Type.Results, v.Pos())
}

// sorts reports whether a use hands the list, or its address, or a view of
// it, to something that sorts.
func (c *checker) sorts(use inspector.Cursor) bool {
	for outer := range use.Enclosing((*ast.CallExpr)(nil)) {
		if name := calleeName(outer.Node().(*ast.CallExpr)); model.Sorts(name) {
			return true
		}
	}
	return false
}

func calleeName(call *ast.CallExpr) string {
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		return fun.Name
	case *ast.SelectorExpr:
		if id, ok := fun.X.(*ast.Ident); ok {
			return id.Name + "." + fun.Sel.Name
		}
		return fun.Sel.Name
	}
	return ""
}

// value returns where the order of the list that an expression is can be
// seen, from what the code around it does with it.
func (c *checker) value(list inspector.Cursor, depth int) (end, bool) {
	switch parent := list.Parent().Node().(type) {
	case *ast.ParenExpr:
		return c.value(list.Parent(), depth)
	case *ast.CallExpr:
		return c.argument(list, parent)
	case *ast.IndexExpr:
		if tv := c.info.Types[parent.Index]; parent.X == list.Node() && tv.Value != nil {
			return end{parent, "one element is picked"}, !c.knownLength(list)
		}
	case *ast.RangeStmt:
		if parent.X == list.Node() {
			l := &loop{checker: c, stmt: parent, cursor: list.Parent(), of: parent.X}
			for _, s := range l.sinks() {
				if s.list == nil {
					return end{s.at, s.what}, true
				}
			}
		}
	case *ast.AssignStmt:
		if len(parent.Lhs) == 1 && len(parent.Rhs) == 1 && parent.Rhs[0] == list.Node() {
			if v := match.LocalVar(c.info, parent.Lhs[0]); v != nil && depth > 0 {
				return c.follow(v, list.Parent(), depth-1)
			}
		}
	case *ast.ReturnStmt:
		if len(parent.Results) > 0 && parent.Results[0] == list.Node() {
			return c.byCallers(list, depth)
		}
	}
	return end{}, false
}

// argument returns what a call does with a list that it is given.
func (c *checker) argument(list inspector.Cursor, call *ast.CallExpr) (end, bool) {
	fn, ok := typeutil.Callee(c.info, call).(*types.Func)
	if !ok || c.isLogged(list) {
		return end{}, false
	}
	for _, arg := range call.Args {
		if arg == list.Node() {
			what := model.ShowsOrder(fn)
			return end{call, what}, what != ""
		}
	}
	return end{}, false
}

// isLogged reports whether the list ends in a log, which nobody compares.
func (c *checker) isLogged(list inspector.Cursor) bool {
	for outer := range list.Enclosing((*ast.CallExpr)(nil), (*ast.FuncLit)(nil)) {
		call, ok := outer.Node().(*ast.CallExpr)
		if !ok {
			return false
		}
		if fn, ok := typeutil.Callee(c.info, call).(*types.Func); ok && model.Logs(fn) && fn.Signature().Results().Len() == 0 {
			return true
		}
	}
	return false
}

// knownLength reports whether the function asks for the length of the list,
// so that the first element may be the only one.
func (c *checker) knownLength(list inspector.Cursor) bool {
	id, ok := list.Node().(*ast.Ident)
	if !ok {
		return true
	}
	found := false
	for outer := range list.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		ast.Inspect(outer.Node(), func(n ast.Node) bool {
			if cond, ok := n.(*ast.BinaryExpr); ok && (cond.Op == token.EQL || cond.Op == token.NEQ || cond.Op == token.GTR) {
				if call, ok := ast.Unparen(cond.X).(*ast.CallExpr); ok && len(call.Args) == 1 && calleeName(call) == "len" {
					found = found || match.LocalVar(c.info, call.Args[0]) == c.info.Uses[id] && types.ExprString(cond.Y) != "0"
				}
			}
			return !found
		})
		break
	}
	return found
}

// byCallers returns what the callers of an unexported function do with the
// list that it returns first. Those of an exported one aren't known.
func (c *checker) byCallers(list inspector.Cursor, depth int) (end, bool) {
	for outer := range list.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		decl, ok := outer.Node().(*ast.FuncDecl)
		if !ok || decl.Name.IsExported() || depth == 0 {
			return end{}, false
		}
		fn, _ := c.info.Defs[decl.Name].(*types.Func)
		for _, call := range c.callersOf(fn) {
			if e, ok := c.value(call, depth-1); ok {
				return e, true
			}
		}
		break
	}
	return end{}, false
}

// callersOf returns the calls of a function in the package, in source order.
func (c *checker) callersOf(fn *types.Func) []inspector.Cursor {
	if c.callers == nil {
		c.callers = make(map[*types.Func][]inspector.Cursor)
		for cur := range c.root.Preorder((*ast.CallExpr)(nil)) {
			if callee, ok := typeutil.Callee(c.info, cur.Node().(*ast.CallExpr)).(*types.Func); ok && callee.Pkg() == c.pass.Pkg {
				c.callers[callee.Origin()] = append(c.callers[callee.Origin()], cur)
			}
		}
	}
	return c.callers[fn]
}
