package shutdown

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// judgeFatal judges what becomes of the error with which serving ends, for a
// server that is shut down somewhere in the package:
//
//	log.Fatal(srv.ListenAndServe())
//	if err := srv.Serve(l); err != nil { panic(err) }
func (c *checker) judgeFatal(serving call) {
	ending := c.endedBy(serving)
	fn, ok := around(serving.cursor)
	if ending == nil || !ok || c.knowsClosed(fn) {
		return
	}
	fatal, branch := c.fatalWith(serving.cursor)
	if fatal == nil {
		return
	}
	finding := report.Finding{
		Range:   fatal.Fun,
		Message: fmt.Sprintf("%s ends the process when %s is called: %s then returns http.ErrServerClosed", edit.Print(c.pass.Fset, fatal.Fun), ending.fn.Name(), serving.fn.Name()),
		Related: []analysis.RelatedInformation{report.Here(ending.expr, "server is told to stop here")},
	}
	if branch != nil {
		finding.Fixes = c.exempt(serving.cursor, branch)
	} else {
		finding.Fixes = c.branch(serving, fatal)
	}
	c.reporter.Add(finding)
}

// endedBy returns the call that ends the server while it serves: a Close
// that the same function defers comes when that is over.
func (c *checker) endedBy(serving call) *call {
	server := c.server(serving.expr)
	fn, _ := around(serving.cursor)
	for i, ending := range c.ending {
		if server == nil || c.server(ending.expr) != server && !c.handedTo(ending, server) {
			continue
		}
		if by, ok := around(ending.cursor); ok && by.Node() == fn.Node() || c.deferredIn(ending, fn) {
			continue // before or after, not meanwhile
		}
		return &c.ending[i]
	}
	return nil
}

// deferredIn reports whether the function itself defers the call.
func (c *checker) deferredIn(ending call, fn inspector.Cursor) bool {
	for stmt := range ending.cursor.Enclosing((*ast.DeferStmt)(nil)) {
		owner, ok := around(stmt)
		return ok && owner.Node() == fn.Node()
	}
	return false
}

// knowsClosed reports whether the function names http.ErrServerClosed.
func (c *checker) knowsClosed(fn inspector.Cursor) bool {
	for cursor := range fn.Preorder((*ast.Ident)(nil)) {
		if v, ok := c.info.Uses[cursor.Node().(*ast.Ident)].(*types.Var); ok && model.SaysServerClosed(v) {
			return true
		}
	}
	return false
}

// fatalWith returns the call that ends the process whatever error serving
// ends with, and the if statement around it, if there is one.
func (c *checker) fatalWith(serving inspector.Cursor) (*ast.CallExpr, *ast.IfStmt) {
	switch parent := serving.Parent(); serving.ParentEdgeKind() {
	case edge.CallExpr_Args:
		if outer := parent.Node().(*ast.CallExpr); c.isFatal(outer) {
			return outer, nil
		}
	case edge.AssignStmt_Rhs:
		assign := parent.Node().(*ast.AssignStmt)
		err := match.LocalVar(c.info, assign.Lhs[0])
		branch := branchAfter(parent)
		if err == nil || branch == nil || !c.isNotNil(branch.Cond, err) {
			return nil, nil
		}
		for _, stmt := range branch.Body.List {
			if expr, ok := stmt.(*ast.ExprStmt); ok {
				if call, ok := expr.X.(*ast.CallExpr); ok && c.isFatal(call) {
					return call, branch
				}
			}
		}
	}
	return nil, nil
}

// branchAfter returns the if statement that an assignment belongs to, or
// that follows it.
func branchAfter(assign inspector.Cursor) *ast.IfStmt {
	if assign.ParentEdgeKind() == edge.IfStmt_Init {
		return assign.Parent().Node().(*ast.IfStmt)
	}
	if next, ok := assign.NextSibling(); ok {
		branch, _ := next.Node().(*ast.IfStmt)
		return branch
	}
	return nil
}

func (c *checker) isNotNil(cond ast.Expr, v *types.Var) bool {
	cmp, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	return ok && cmp.Op == token.NEQ && match.LocalVar(c.info, cmp.X) == v && c.info.Types[cmp.Y].IsNil()
}

// isFatal reports whether a call panics, ends the process, or is named for
// it, as a logger's Fatal is.
func (c *checker) isFatal(call *ast.CallExpr) bool {
	switch fn := typeutil.Callee(c.info, call).(type) {
	case *types.Builtin:
		return fn.Name() == "panic"
	case *types.Func:
		return c.prog.NoReturn(fn) || strings.HasPrefix(fn.Name(), "Fatal")
	}
	return false
}

// exempt returns the fix that leaves http.ErrServerClosed out of the
// condition.
func (c *checker) exempt(serving inspector.Cursor, branch *ast.IfStmt) []analysis.SuggestedFix {
	errorsName, httpName, imports, ok := c.imports(serving)
	if !ok {
		return nil
	}
	err := ast.Unparen(branch.Cond).(*ast.BinaryExpr).X
	text := fmt.Sprintf(" && !%s.Is(%s, %s.ErrServerClosed)", errorsName, edit.Source(c.pass, err), httpName)
	return []analysis.SuggestedFix{edit.Fix("Leave http.ErrServerClosed out", append(imports, edit.Insert(branch.Cond.End(), text))...)}
}

// branch returns the fix that makes a condition of log.Fatal(srv.Serve(l)).
func (c *checker) branch(serving call, fatal *ast.CallExpr) []analysis.SuggestedFix {
	outer := serving.cursor.Parent()
	errorsName, httpName, imports, ok := c.imports(serving.cursor)
	if !ok || outer.ParentEdgeKind() != edge.ExprStmt_X || outer.Parent().ParentEdgeKind() != edge.BlockStmt_List {
		return nil
	}
	indent := edit.Indentation(c.pass, fatal.Pos())
	head := fmt.Sprintf("if err := %s; !%s.Is(err, %s.ErrServerClosed) {\n%s\t", edit.Source(c.pass, serving.expr), errorsName, httpName, indent)
	imports = append(imports, edit.Insert(fatal.Pos(), head), edit.Replace(serving.expr, "err"), edit.Insert(fatal.End(), "\n"+indent+"}"))
	return []analysis.SuggestedFix{edit.Fix("Leave http.ErrServerClosed out", imports...)}
}

func (c *checker) imports(at inspector.Cursor) (errorsName, httpName string, edits []analysis.TextEdit, ok bool) {
	errorsName, edits, ok = edit.Import(c.pass, at, "errors")
	if !ok {
		return "", "", nil, false
	}
	httpName, more, ok := edit.Import(c.pass, at, "net/http")
	return errorsName, httpName, append(edits, more...), ok
}
