package panicmisuse

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/goconclint/goconclint/passes/internal/match"
)

// guardedError returns the error whose being there leads to the site: the
// one that the condition directly around the site compares with nil.
func (c *checker) guardedError(site inspector.Cursor) ast.Expr {
	for cursor := range site.Enclosing((*ast.IfStmt)(nil), (*ast.CaseClause)(nil), (*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		switch n := cursor.Node().(type) {
		case *ast.IfStmt:
			if n.Else != nil && n.Else.Pos() <= site.Node().Pos() {
				return c.comparedWithNil(n.Cond, token.EQL)
			}
			if n.Cond.Pos() <= site.Node().Pos() && site.Node().Pos() < n.Body.Pos() {
				continue
			}
			return c.comparedWithNil(n.Cond, token.NEQ)
		case *ast.CaseClause:
			if len(n.List) == 1 {
				return c.comparedWithNil(n.List[0], token.NEQ)
			}
			return nil
		}
		return c.leftOver(site, cursor)
	}
	return nil
}

// leftOver returns the error that must be there because a statement in front
// of the site left when there was none: if err == nil { return … }.
func (c *checker) leftOver(site, fn inspector.Cursor) ast.Expr {
	stmt := site
	for stmt.ParentEdgeKind() != edge.BlockStmt_List {
		if stmt = stmt.Parent(); stmt == fn || !stmt.Valid() {
			return nil
		}
	}
	before, ok := stmt.PrevSibling()
	if !ok {
		return nil
	}
	branch, ok := before.Node().(*ast.IfStmt)
	if !ok || branch.Else != nil || !leaves(branch.Body) {
		return nil
	}
	return c.comparedWithNil(branch.Cond, token.EQL)
}

// comparedWithNil returns the error that a condition demands to be (==) or
// not to be (!=) nil, among other things that it demands.
func (c *checker) comparedWithNil(cond ast.Expr, op token.Token) ast.Expr {
	binary, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok {
		return nil
	}
	switch {
	case binary.Op == token.LAND && op == token.NEQ:
		if found := c.comparedWithNil(binary.X, op); found != nil {
			return found
		}
		return c.comparedWithNil(binary.Y, op)
	case binary.Op == op && c.info.Types[binary.Y].IsNil() && match.IsError(c.info.TypeOf(binary.X)):
		return ast.Unparen(binary.X)
	}
	return nil
}

// cause returns the call that gave the error its value, looking back from
// the site through the statements in front of it and around it, or nil when
// that isn't clear. isParam says that it is a parameter of the unit.
func (c *checker) cause(site inspector.Cursor, err ast.Expr, u unit) (cause *ast.CallExpr, isParam bool) {
	v := match.LocalVar(c.info, err)
	if v == nil {
		return nil, false
	}
	for cursor := site; cursor != u.cursor; cursor = cursor.Parent() {
		if branch, ok := cursor.Node().(*ast.IfStmt); ok && branch.Init != nil {
			if call, set := c.sets(branch.Init, v); set {
				return call, false
			}
		}
		kind := cursor.ParentEdgeKind()
		if kind != edge.BlockStmt_List && kind != edge.CaseClause_Body && kind != edge.CommClause_Body {
			continue
		}
		for before, ok := cursor.PrevSibling(); ok && before.ParentEdgeKind() == kind; before, ok = before.PrevSibling() {
			if call, set := c.sets(before.Node(), v); set {
				return call, false
			}
		}
	}
	for param := range u.sig.Params().Variables() {
		isParam = isParam || param == v
	}
	return nil, isParam
}

// sets reports whether a statement may set the variable, and returns the
// call by which it does if that is all it does.
func (c *checker) sets(stmt ast.Node, v *types.Var) (*ast.CallExpr, bool) {
	if decl, ok := stmt.(*ast.DeclStmt); ok {
		if specs := decl.Decl.(*ast.GenDecl).Specs; len(specs) == 1 {
			stmt = specs[0]
		}
	}
	for _, set := range match.Assignments(stmt) {
		if match.LocalVar(c.info, set.Left) == v && set.Right != nil {
			call, _ := ast.Unparen(set.Right).(*ast.CallExpr)
			return call, true
		}
	}
	may := false
	ast.Inspect(stmt, func(n ast.Node) bool {
		for _, set := range match.Assignments(n) {
			may = may || match.LocalVar(c.info, set.Left) == v
		}
		return !may
	})
	return nil, may
}
