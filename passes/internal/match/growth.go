package match

import (
	"go/ast"
	"go/token"
	"go/types"
)

// A Growth is a slice or map that begins empty and that a loop fills with one
// element per turn, so that the number of elements is known before:
//
//	var names []string
//	for _, u := range users {
//		names = append(names, u.name)
//	}
type Growth struct {
	Var   *types.Var
	Decl  ast.Stmt // makes the variable
	Empty ast.Expr // its first value; nil for var v []T
	Type  ast.Expr // its type as written
	Loop  ast.Stmt
	Fill  ast.Node // the append call, or the assignment to the map
	Count ast.Expr // what has as many elements, or is the number
	Len   bool     // Count has the elements, rather than being the number

	// NilMatters says that somebody can tell an empty slice from none.
	NilMatters bool
}

// Growths returns those of a function body, in source order. It asks for a
// loop that fills in every turn, without break or continue, over something
// that doesn't change between the declaration and the loop's end.
func Growths(info *types.Info, body *ast.BlockStmt) []Growth {
	var found []Growth
	ast.Inspect(body, func(n ast.Node) bool {
		for i, stmt := range Statements(n) {
			g, ok := emptyMade(info, stmt)
			if !ok {
				continue
			}
			if g, ok := g.filled(info, Statements(n)[i+1:]); ok {
				g.NilMatters = g.Empty == nil && nilSeen(info, body, g.Var)
				found = append(found, g)
			}
		}
		return true
	})
	return found
}

// emptyMade recognises var v []T, v := []T{}, v := make([]T, 0) and the like
// for maps.
func emptyMade(info *types.Info, stmt ast.Stmt) (g Growth, ok bool) {
	g.Decl = stmt
	var name *ast.Ident
	switch stmt := stmt.(type) {
	case *ast.DeclStmt:
		decl, isVar := stmt.Decl.(*ast.GenDecl)
		if !isVar || decl.Tok != token.VAR || len(decl.Specs) != 1 {
			return g, false
		}
		spec, _ := decl.Specs[0].(*ast.ValueSpec)
		if len(spec.Names) != 1 || len(spec.Values) > 1 {
			return g, false
		}
		name, g.Type = spec.Names[0], spec.Type
		if len(spec.Values) == 1 {
			g.Empty = spec.Values[0]
		}
	case *ast.AssignStmt:
		if stmt.Tok != token.DEFINE || len(stmt.Lhs) != 1 || len(stmt.Rhs) != 1 {
			return g, false
		}
		name, _ = stmt.Lhs[0].(*ast.Ident)
		g.Empty = stmt.Rhs[0]
	}
	if name == nil {
		return g, false
	}
	g.Var, _ = info.Defs[name].(*types.Var)
	return g, g.Var != nil && g.isEmpty(info)
}

func (g *Growth) isEmpty(info *types.Info) bool {
	isSlice := false
	switch g.Var.Type().Underlying().(type) {
	case *types.Slice:
		isSlice = true
	case *types.Map:
	default:
		return false
	}
	switch e := ast.Unparen(g.Empty).(type) {
	case nil:
		return isSlice // a nil map can't be filled
	case *ast.CompositeLit:
		g.Type = e.Type
		return len(e.Elts) == 0
	case *ast.CallExpr:
		id, ok := ast.Unparen(e.Fun).(*ast.Ident)
		if _, builtin := info.Uses[id].(*types.Builtin); !ok || !builtin || id.Name != "make" {
			return false
		}
		g.Type = e.Args[0]
		if !isSlice {
			return len(e.Args) == 1
		}
		return len(e.Args) == 2 && isZero(info, e.Args[1])
	}
	return false
}

func isZero(info *types.Info, e ast.Expr) bool {
	value := info.Types[e].Value
	return value != nil && value.ExactString() == "0"
}

// filled finds the loop among the statements that follow.
func (g Growth) filled(info *types.Info, rest []ast.Stmt) (Growth, bool) {
	for i, stmt := range rest {
		if body := loopBody(stmt); body != nil && Mentions(info, stmt, g.Var) {
			g.Loop = stmt
			ok := g.counted(info) && g.fills(info, body) && g.steady(info, rest[:i+1])
			return g, ok
		}
		if Mentions(info, stmt, g.Var) {
			return g, false
		}
	}
	return g, false
}

func loopBody(stmt ast.Stmt) *ast.BlockStmt {
	switch stmt := stmt.(type) {
	case *ast.RangeStmt:
		return stmt.Body
	case *ast.ForStmt:
		return stmt.Body
	}
	return nil
}

// counted finds the number of turns: what is ranged over, or the bound of
// for i := 0; i < bound; i++.
func (g *Growth) counted(info *types.Info) bool {
	switch loop := g.Loop.(type) {
	case *ast.RangeStmt:
		g.Count = loop.X
		switch t := info.TypeOf(loop.X).Underlying().(type) {
		case *types.Slice, *types.Array, *types.Map:
			g.Len = true
		case *types.Basic:
			if t.Info()&types.IsInteger == 0 {
				return false // a string has fewer runes than bytes
			}
		default:
			return false
		}
	case *ast.ForStmt:
		bound := upperBound(loop)
		if bound == nil {
			return false
		}
		g.Count = bound
	}
	if call, ok := ast.Unparen(g.Count).(*ast.CallExpr); ok {
		id, isIdent := ast.Unparen(call.Fun).(*ast.Ident)
		if !isIdent || id.Name != "len" || len(call.Args) != 1 || info.TypeOf(call.Args[0]) == nil {
			return false
		}
		g.Count, g.Len = call.Args[0], true
	}
	return IsPath(g.Count) || !g.Len && info.Types[g.Count].Value != nil
}

func upperBound(loop *ast.ForStmt) ast.Expr {
	init, ok1 := loop.Init.(*ast.AssignStmt)
	cond, ok2 := loop.Cond.(*ast.BinaryExpr)
	post, ok3 := loop.Post.(*ast.IncDecStmt)
	if !ok1 || !ok2 || !ok3 || cond.Op != token.LSS || post.Tok != token.INC || len(init.Lhs) != 1 || len(init.Rhs) != 1 {
		return nil
	}
	i := types.ExprString(init.Lhs[0])
	start, ok := init.Rhs[0].(*ast.BasicLit)
	if !ok || start.Value != "0" || types.ExprString(cond.X) != i || types.ExprString(post.X) != i {
		return nil
	}
	return cond.Y
}

// fills reports whether the loop's body fills the variable once in each turn,
// and finds where.
func (g *Growth) fills(info *types.Info, body *ast.BlockStmt) bool {
	for _, stmt := range body.List {
		if fill := g.fill(info, stmt); fill != nil {
			if g.Fill != nil {
				return false
			}
			g.Fill = fill
		}
	}
	return g.Fill != nil && !leavesTurn(body) && uses(info, body, g.Var) <= 2
}

// fill matches v = append(v, x), with one element, and m[k] = x.
func (g *Growth) fill(info *types.Info, stmt ast.Stmt) ast.Node {
	assign, ok := stmt.(*ast.AssignStmt)
	if !ok || assign.Tok != token.ASSIGN || len(assign.Lhs) != 1 || len(assign.Rhs) != 1 {
		return nil
	}
	if index, ok := ast.Unparen(assign.Lhs[0]).(*ast.IndexExpr); ok {
		if _, isMap := g.Var.Type().Underlying().(*types.Map); isMap && LocalVar(info, index.X) == g.Var {
			return assign
		}
		return nil
	}
	call, ok := ast.Unparen(assign.Rhs[0]).(*ast.CallExpr)
	if !ok || LocalVar(info, assign.Lhs[0]) != g.Var || len(call.Args) != 2 || call.Ellipsis.IsValid() {
		return nil
	}
	id, ok := ast.Unparen(call.Fun).(*ast.Ident)
	if _, builtin := info.Uses[id].(*types.Builtin); !ok || !builtin || id.Name != "append" || LocalVar(info, call.Args[0]) != g.Var {
		return nil
	}
	return call
}

// leavesTurn reports whether a turn of the loop can end early without the
// function's end.
func leavesTurn(body *ast.BlockStmt) bool {
	leaves := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BranchStmt:
			leaves = leaves || n.Tok != token.FALLTHROUGH
		case *ast.FuncLit:
			return false
		}
		return !leaves
	})
	return leaves
}

func uses(info *types.Info, n ast.Node, v *types.Var) int {
	count := 0
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && info.Uses[id] == v {
			count++
		}
		return true
	})
	return count
}

// steady reports whether the count is known where the variable is made, and
// the same in the loop.
func (g *Growth) steady(info *types.Info, stmts []ast.Stmt) bool {
	root := g.Count
	for {
		selector, ok := ast.Unparen(root).(*ast.SelectorExpr)
		if !ok {
			break
		}
		root = selector.X
	}
	if v := LocalVar(info, root); v != nil && (v == g.Var || v.Pos() > g.Decl.Pos()) {
		return false
	}
	text, first := types.ExprString(g.Count), types.ExprString(root)
	changed := false
	for _, stmt := range stmts {
		ast.Inspect(stmt, func(n ast.Node) bool {
			for _, set := range Assignments(n) {
				left := types.ExprString(set.Left)
				changed = changed || left == text || left == first
			}
			return !changed
		})
	}
	return !changed
}

// nilSeen reports whether the variable is used for more than its elements.
func nilSeen(info *types.Info, body *ast.BlockStmt, v *types.Var) bool {
	seen := false
	var above []ast.Node
	ast.Inspect(body, func(n ast.Node) bool {
		if n == nil {
			above = above[:len(above)-1]
			return true
		}
		if id, ok := n.(*ast.Ident); ok && info.Uses[id] == v {
			seen = seen || !elementsOnly(info, id, above[len(above)-1])
		}
		above = append(above, n)
		return true
	})
	return seen
}

func elementsOnly(info *types.Info, id *ast.Ident, parent ast.Node) bool {
	switch parent := parent.(type) {
	case *ast.IndexExpr:
		return parent.X == id
	case *ast.RangeStmt:
		return parent.X == id
	case *ast.CallExpr:
		fun, ok := ast.Unparen(parent.Fun).(*ast.Ident)
		_, builtin := info.Uses[fun].(*types.Builtin)
		return ok && builtin
	case *ast.AssignStmt: // v = append(v, …)
		return len(parent.Lhs) == 1 && parent.Lhs[0] == id
	}
	return false
}
