package match

import (
	"go/ast"
	"go/token"
	"go/types"
)

// An Assignment is one place that a statement sets.
type Assignment struct {
	Left  ast.Expr
	Right ast.Expr    // the value; the call, for one of its several results; nil if none is written
	Op    token.Token // of the statement: =, :=, +=, ++ …; = for an initialised variable
}

// Assignments returns what a node itself sets, in source order: an
// assignment, an increment, the specification of a variable, or the head of a
// range statement. Statements inside the node aren't looked at.
func Assignments(n ast.Node) []Assignment {
	switch n := n.(type) {
	case *ast.AssignStmt:
		return pairs(n.Lhs, n.Rhs, n.Tok)
	case *ast.IncDecStmt:
		return []Assignment{{Left: n.X, Op: n.Tok}}
	case *ast.RangeStmt:
		var set []Assignment
		for _, left := range []ast.Expr{n.Key, n.Value} {
			if left != nil {
				set = append(set, Assignment{Left: left, Op: n.Tok})
			}
		}
		return set
	case *ast.ValueSpec:
		names := make([]ast.Expr, len(n.Names))
		for i, name := range n.Names {
			names[i] = name
		}
		return pairs(names, n.Values, token.ASSIGN)
	}
	return nil
}

func pairs(left, right []ast.Expr, op token.Token) []Assignment {
	set := make([]Assignment, len(left))
	for i := range left {
		set[i] = Assignment{Left: left[i], Op: op}
		switch {
		case len(right) == len(left):
			set[i].Right = right[i]
		case len(right) == 1:
			set[i].Right = right[0]
		}
	}
	return set
}

// Declares reports whether a node brings a new variable v into being each
// time it runs: its specification, or the := that defines it.
func Declares(info *types.Info, n ast.Node, v *types.Var) bool {
	for _, set := range Assignments(n) {
		if id, ok := set.Left.(*ast.Ident); ok && info.Defs[id] == v {
			return true
		}
	}
	return false
}

// IsBlank reports whether an expression is the blank identifier.
func IsBlank(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == "_"
}

// LocalVar returns the variable of a function, parameters and results
// included, that an expression is, or nil.
func LocalVar(info *types.Info, e ast.Expr) *types.Var {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return nil
	}
	v, ok := info.ObjectOf(id).(*types.Var)
	if !ok || v.IsField() || v.Pkg() == nil || v.Parent() == v.Pkg().Scope() {
		return nil
	}
	return v
}

// Mentions reports whether a variable is used anywhere in the node, function
// literals included.
func Mentions(info *types.Info, n ast.Node, v *types.Var) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && info.Uses[id] == v {
			found = true
		}
		return !found
	})
	return found
}
