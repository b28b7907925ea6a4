package datarace

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
)

// Which expressions of the loop share the buffer's memory.

// memory returns what a variable is a part of, if a statement before the call
// in its block says so, and that is its only one: scratch, of
//
//	body := scratch[:n]
//	io.ReadFull(r, body)
func (f *filling) memory(call inspector.Cursor, named ast.Expr) ast.Expr {
	v := match.Variable(f.pass.TypesInfo, named)
	if v == nil || v.IsField() {
		return named
	}
	for above := range call.Enclosing((*ast.BlockStmt)(nil), (*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		block, ok := above.Node().(*ast.BlockStmt)
		if !ok {
			break
		}
		for _, stmt := range block.List {
			made, ok := stmt.(*ast.AssignStmt)
			if !ok || made.Tok != token.DEFINE || len(made.Lhs) != 1 || len(made.Rhs) != 1 {
				continue
			}
			name, _ := made.Lhs[0].(*ast.Ident)
			if part, ok := ast.Unparen(made.Rhs[0]).(*ast.SliceExpr); ok && f.pass.TypesInfo.Defs[name] == types.Object(v) {
				return sliced(part)
			}
		}
	}
	return named
}

// assigned notes a variable of the loop that gets the buffer.
func (f *filling) assigned(n *ast.AssignStmt) {
	for _, a := range match.Assignments(n) {
		left := ast.Unparen(a.Left)
		if a.Right == nil || f.part(a.Right) == nil || len(n.Lhs) > len(n.Rhs) && !isSlice(f.pass.TypesInfo.TypeOf(left)) {
			continue
		}
		if field, ok := left.(*ast.SelectorExpr); ok {
			left = ast.Unparen(field.X)
		}
		id, ok := left.(*ast.Ident)
		if !ok {
			continue
		}
		v, _ := f.pass.TypesInfo.ObjectOf(id).(*types.Var)
		if v != nil && v != f.buffer && f.loop.Pos() <= v.Pos() && v.Pos() < f.loop.End() {
			f.holds[v] = true
		}
	}
}

// part returns the part of an expression that is the buffer, or a slice of
// it, or a variable that holds one; nil if there is none.
func (f *filling) part(e ast.Expr) ast.Expr {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident, *ast.SelectorExpr, *ast.SliceExpr:
		return f.alias(e)
	case *ast.UnaryExpr:
		if e.Op == token.AND {
			return f.part(e.X)
		}
	case *ast.CompositeLit:
		for _, elt := range e.Elts {
			if pair, ok := elt.(*ast.KeyValueExpr); ok {
				elt = pair.Value
			}
			if found := f.part(elt); found != nil {
				return found
			}
		}
	case *ast.CallExpr:
		if e == f.call && f.buffer == nil {
			return e
		}
		// a conversion to another slice type shares the memory
		if tv := f.pass.TypesInfo.Types[e.Fun]; tv.IsType() && isSlice(tv.Type) && len(e.Args) == 1 {
			return f.part(e.Args[0])
		}
	}
	return nil
}

// alias is part for an expression without parts of its own.
func (f *filling) alias(e ast.Expr) ast.Expr {
	v := match.Variable(f.pass.TypesInfo, sliced(e))
	switch {
	case v == nil:
		return nil
	case f.holds[v]:
		return e
	case f.buffer == v && edit.Print(f.pass.Fset, sliced(e)) == f.name && isSlice(f.pass.TypesInfo.TypeOf(e)):
		return e
	}
	return nil
}

// isSlice reports whether a type is that of slices; what has none, such as a
// name that is no value, isn't.
func isSlice(t types.Type) bool {
	if t == nil {
		return false
	}
	_, ok := t.Underlying().(*types.Slice)
	return ok
}
