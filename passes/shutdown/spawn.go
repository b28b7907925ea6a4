package shutdown

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
)

// spawnedIn returns the bodies that a go statement of the function runs on
// its way to the call that ends the server, or nil: of a literal, of a function
// of the package, or of a literal that calls one.
//
//	go func() { <-stop; srv.Shutdown(ctx) }()
//	go gracefully(srv)
//	go func() { <-stop; s.stop() }()
func (c *checker) spawnedIn(ending call, fn inspector.Cursor, server types.Object) []*ast.BlockStmt {
	owner, ok := around(ending.cursor)
	if !ok || ending.cursor.ParentEdgeKind() == edge.GoStmt_Call {
		return nil
	}
	if body := literalSpawned(owner, fn); body != nil && c.server(ending.expr) == server {
		return []*ast.BlockStmt{body}
	}
	decl, ok := owner.Node().(*ast.FuncDecl)
	if !ok {
		return nil
	}
	for site := range fn.Preorder((*ast.CallExpr)(nil)) {
		if !c.endsBy(site.Node().(*ast.CallExpr), decl, ending, server) {
			continue
		}
		by, ok := around(site)
		if ok && by.Node() == fn.Node() && site.ParentEdgeKind() == edge.GoStmt_Call {
			return []*ast.BlockStmt{decl.Body}
		}
		if body := literalSpawned(by, fn); body != nil {
			return []*ast.BlockStmt{body, decl.Body}
		}
	}
	return nil
}

// literalSpawned returns the body of a literal that a go statement of the
// function runs, or nil.
func literalSpawned(lit, fn inspector.Cursor) *ast.BlockStmt {
	if lit.ParentEdgeKind() != edge.CallExpr_Fun || lit.Parent().ParentEdgeKind() != edge.GoStmt_Call {
		return nil
	}
	if outer, ok := around(lit.Parent()); !ok || outer.Node() != fn.Node() {
		return nil
	}
	return bodyOf(lit.Node())
}

// endsBy reports whether a call is of the declared function in which the
// server is ended: it is the same field or variable there, or handed over.
func (c *checker) endsBy(site *ast.CallExpr, decl *ast.FuncDecl, ending call, server types.Object) bool {
	fn, _ := c.info.Defs[decl.Name].(*types.Func)
	if callee := c.callee(site); fn == nil || callee == nil || callee.Origin() != fn {
		return false
	}
	ended := c.server(ending.expr)
	if ended == server {
		return true
	}
	for i := range min(len(site.Args), fn.Signature().Params().Len()) {
		if fn.Signature().Params().At(i) == ended && c.named(site.Args[i]) == server {
			return true
		}
	}
	return false
}

// handedTo reports whether some call hands the server to the declared function
// in which the call ends it.
func (c *checker) handedTo(ending call, server types.Object) bool {
	owner, _ := around(ending.cursor)
	decl, ok := owner.Node().(*ast.FuncDecl)
	if !ok {
		return false
	}
	for site := range c.root.Preorder((*ast.CallExpr)(nil)) {
		if c.endsBy(site.Node().(*ast.CallExpr), decl, ending, server) {
			return true
		}
	}
	return false
}
