package loopcapture

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/goconclint/goconclint/passes/internal/match"
)

// capturedByCall returns the variables that a go or defer statement's call
// refers to: in its literals, by address, or as the receiver of a method with
// a pointer receiver. Its arguments are evaluated at once.
func (n *nest) capturedByCall(call *ast.CallExpr) []use {
	var list []use
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.SelectorExpr:
		list = n.capturedByMethod(fun)
	default:
		list = n.capturedBy(fun)
	}
	for _, arg := range call.Args {
		list = append(list, n.capturedBy(arg)...)
	}
	return list
}

// capturedBy returns the variables that the value of an expression refers to.
func (n *nest) capturedBy(e ast.Expr) []use {
	switch e := ast.Unparen(e).(type) {
	case *ast.FuncLit:
		return n.capturedIn(e.Body.List, e)
	case *ast.Ident:
		if v := match.LocalVar(n.info, e); v != nil && n.aliasOf(v) != nil {
			return n.capturedBy(n.aliasOf(v))
		}
	case *ast.SelectorExpr:
		return n.capturedByMethod(e)
	case *ast.SliceExpr:
		if _, ok := n.info.TypeOf(e.X).Underlying().(*types.Array); ok {
			return n.address(e.X)
		}
	case *ast.UnaryExpr:
		if e.Op == token.AND {
			if lit, ok := ast.Unparen(e.X).(*ast.CompositeLit); ok {
				return n.capturedBy(lit)
			}
			return n.address(e.X)
		}
	case *ast.CompositeLit:
		var list []use
		for _, elt := range e.Elts {
			if pair, ok := elt.(*ast.KeyValueExpr); ok {
				elt = pair.Value
			}
			list = append(list, n.capturedBy(elt)...)
		}
		return list
	}
	return nil
}

// capturedByMethod returns the variable whose address a method value takes.
func (n *nest) capturedByMethod(e *ast.SelectorExpr) []use {
	selection := n.info.Selections[e]
	if selection == nil || selection.Kind() != types.MethodVal {
		return nil
	}
	recv := selection.Obj().(*types.Func).Signature().Recv().Type()
	if _, ok := types.Unalias(recv).(*types.Pointer); !ok {
		return nil
	}
	if _, ok := n.info.TypeOf(e.X).Underlying().(*types.Pointer); ok {
		return nil
	}
	return n.address(e.X)
}

// address returns the variable that the address of an expression points
// into: v for &v, &v.field and &v[0] of an array, none behind a pointer.
func (n *nest) address(e ast.Expr) []use {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		if v := n.variable(e); v != nil {
			return []use{{v: v, at: e}}
		}
	case *ast.SelectorExpr:
		if selection := n.info.Selections[e]; selection != nil && selection.Kind() == types.FieldVal && !selection.Indirect() {
			return n.address(e.X)
		}
	case *ast.IndexExpr:
		if _, ok := n.info.TypeOf(e.X).Underlying().(*types.Array); ok {
			return n.address(e.X)
		}
	}
	return nil
}

// capturedIn returns the variables declared outside a literal that some
// statements of its body use, each at its first use. What the literal sets
// before it reads isn't handed to it by the loop.
func (n *nest) capturedIn(stmts []ast.Stmt, lit *ast.FuncLit) []use {
	var list []use
	seen := make(map[*types.Var]bool)
	for _, stmt := range stmts {
		ast.Inspect(stmt, func(node ast.Node) bool {
			switch node := node.(type) {
			case *ast.AssignStmt:
				n.skipSet(node, seen, func(e ast.Expr) { list = append(list, n.usesIn(e, lit, seen)...) })
			case *ast.Ident:
				list = append(list, n.usesIn(node, lit, seen)...)
			}
			return true
		})
	}
	return list
}

// skipSet marks the variables that a plain assignment sets as seen, after
// its right side has been read.
func (n *nest) skipSet(set *ast.AssignStmt, seen map[*types.Var]bool, read func(ast.Expr)) {
	if set.Tok != token.ASSIGN {
		return
	}
	for _, right := range set.Rhs {
		read(right)
	}
	for _, left := range set.Lhs {
		if id, ok := ast.Unparen(left).(*ast.Ident); ok {
			if v := n.variable(id); v != nil {
				seen[v] = true
			}
		}
	}
}

func (n *nest) usesIn(e ast.Expr, lit *ast.FuncLit, seen map[*types.Var]bool) []use {
	var list []use
	ast.Inspect(e, func(node ast.Node) bool {
		id, ok := node.(*ast.Ident)
		if !ok {
			return true
		}
		v, ok := n.info.Uses[id].(*types.Var)
		if !ok || v.IsField() || seen[v] || lit.Pos() <= v.Pos() && v.Pos() < lit.End() {
			return true
		}
		seen[v] = true
		list = append(list, use{v: v, at: id, in: lit})
		return true
	})
	return list
}

// variable returns the variable that an identifier uses, or nil.
func (n *nest) variable(id *ast.Ident) *types.Var {
	v, _ := n.info.ObjectOf(id).(*types.Var)
	if v == nil || v.IsField() {
		return nil
	}
	return v
}

// aliasOf returns the literal or address that a variable of an iteration is
// another name for, or nil.
func (n *nest) aliasOf(v *types.Var) ast.Expr {
	if n.aliases == nil {
		n.aliases = make(map[*types.Var]ast.Expr)
		ast.Inspect(n.loop.Node(), func(node ast.Node) bool {
			for _, set := range match.Assignments(node) {
				alias := match.LocalVar(n.info, set.Left)
				if alias == nil || set.Right == nil {
					continue
				}
				if _, again := n.aliases[alias]; again || !isAliased(set.Right) || !within(n.loop.Node(), alias.Pos()) {
					n.aliases[alias] = nil
					continue
				}
				n.aliases[alias] = set.Right
			}
			return true
		})
	}
	return n.aliases[v]
}

// isAliased reports whether an expression is a function literal or an
// address, the things that sites are about.
func isAliased(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.FuncLit:
		return true
	case *ast.UnaryExpr:
		return e.Op == token.AND
	}
	return false
}

func within(n ast.Node, pos token.Pos) bool { return n.Pos() <= pos && pos < n.End() }
