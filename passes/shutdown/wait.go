package shutdown

import (
	"fmt"
	"go/ast"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/goconclint/goconclint/passes/internal/edit"
)

// waited returns the fix that has the function wait for the goroutine, when
// it is a literal and the server has ended because it was told to:
//
//	done := make(chan struct{})
//	go func() {
//		defer close(done)
//		…
//	}()
//	err := srv.ListenAndServe()
//	if errors.Is(err, http.ErrServerClosed) {
//		<-done
//	}
//	return err
//
// Any other error may come before anybody tells the goroutine to go on.
func (c *checker) waited(serving, ending call, fn inspector.Cursor) []analysis.SuggestedFix {
	lit, start, ok := spawnedLiteral(ending, fn)
	stmt := statement(serving.cursor)
	if !ok || start.Parent().Node().Pos() > stmt.Node().Pos() || stmt.Node().End() > start.Parent().Node().End() {
		return nil
	}
	name := c.firstFree([]string{"done", "stopped", "idle"}, start.Node(), stmt.Node())
	body := lit.Body
	if name == "" || len(body.List) == 0 || c.line(body.List[0]) == c.pass.Fset.Position(body.Lbrace).Line {
		return nil
	}
	wait := c.waitAfter(serving, stmt, name)
	if wait == nil {
		return nil
	}
	indent := edit.Indentation(c.pass, start.Node().Pos())
	wait = append(wait,
		edit.Insert(start.Node().Pos(), name+" := make(chan struct{})\n"+indent),
		edit.Insert(body.Lbrace+1, "\n"+indent+"\tdefer close("+name+")"))
	return []analysis.SuggestedFix{edit.Fix("Wait for Shutdown", wait...)}
}

func (c *checker) line(n ast.Node) int { return c.pass.Fset.Position(n.Pos()).Line }

// spawnedLiteral returns the literal that ends the server, and the go
// statement of the function that runs it.
func spawnedLiteral(ending call, fn inspector.Cursor) (*ast.FuncLit, inspector.Cursor, bool) {
	owner, _ := around(ending.cursor)
	lit, ok := owner.Node().(*ast.FuncLit)
	if !ok || literalSpawned(owner, fn) == nil {
		return nil, owner, false
	}
	start := owner.Parent().Parent()
	return lit, start, start.ParentEdgeKind() == edge.BlockStmt_List
}

// statement returns the statement of a block that holds a call.
func statement(at inspector.Cursor) inspector.Cursor {
	for at.ParentEdgeKind() != edge.BlockStmt_List && at.Parent().Valid() {
		at = at.Parent()
	}
	return at
}

// firstFree returns the first of the names that means nothing at the places, or
// "".
func (c *checker) firstFree(names []string, places ...ast.Node) string {
	for _, name := range names {
		taken := slices.ContainsFunc(places, func(at ast.Node) bool { return c.means(name, at) })
		if !taken {
			return name
		}
	}
	return ""
}

// means reports whether a name is taken at a place.
func (c *checker) means(name string, at ast.Node) bool {
	scope := c.pass.Pkg.Scope().Innermost(at.Pos())
	if scope == nil {
		return true
	}
	_, obj := scope.LookupParent(name, at.End())
	return obj != nil
}

// waitAfter returns the edits that wait behind the statement which serves, or
// nil if it is of none of the two forms for which that is safe: the server's
// error is returned, or whatever isn't http.ErrServerClosed leaves.
func (c *checker) waitAfter(serving call, stmt inspector.Cursor, name string) []analysis.TextEdit {
	indent := edit.Indentation(c.pass, stmt.Node().Pos())
	switch n := stmt.Node().(type) {
	case *ast.ReturnStmt:
		errorsName, httpName, edits, ok := c.imports(serving.cursor)
		if !ok || len(n.Results) != 1 || ast.Unparen(n.Results[0]) != serving.expr || c.means("err", n) {
			return nil
		}
		before := fmt.Sprintf("err := %s\n%[2]sif %[3]s.Is(err, %[4]s.ErrServerClosed) {\n%[2]s\t<-%[5]s\n%[2]s}\n%[2]s",
			edit.Source(c.pass, serving.expr), indent, errorsName, httpName, name)
		return append(edits, edit.Insert(n.Pos(), before), edit.Replace(n.Results[0], "err"))
	case *ast.IfStmt:
		if n.Else != nil || !c.knowsClosed(stmt) || !c.leaves(n.Body) {
			return nil
		}
		return []analysis.TextEdit{edit.Insert(n.End(), "\n"+indent+"<-"+name)}
	}
	return nil
}

// leaves reports whether a block ends the function or process.
func (c *checker) leaves(block *ast.BlockStmt) bool {
	if len(block.List) == 0 {
		return false
	}
	switch last := block.List[len(block.List)-1].(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.ExprStmt:
		call, ok := last.X.(*ast.CallExpr)
		return ok && c.isFatal(call)
	}
	return false
}
