package deferresult

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// judgeLost reports a variable that the deferred literal sets when its value
// is on its way to the caller already:
//
//	err := work()
//	defer func() { err = errors.Join(err, f.Close()) }()
//	return err
//
// The function's results have no names, or it returns something else.
func (c *checker) judgeLost(d *deferral, lit *ast.FuncLit) {
	seen := make(map[*types.Var]bool)
	for _, set := range c.setIn(lit.Body) {
		v := c.own(d, set.Left)
		if v == nil || seen[v] || lit.Pos() <= v.Pos() && v.Pos() < lit.End() {
			continue
		}
		seen[v] = true
		if c.readElsewhere(d, lit, set.Left, v) {
			continue
		}
		if ret := c.returnOf(d, v); ret != nil {
			c.reporter.Add(report.Finding{
				Range:   set.Left,
				Message: fmt.Sprintf("%s is set too late: the results have no names, and return has read it before the deferred function runs", v.Name()),
				Related: []analysis.RelatedInformation{report.Here(ret, "its value is taken here")},
				Fixes:   c.nameResult(d, v),
			})
		} else if ret := c.returnPast(d, lit, v); ret != nil {
			c.reporter.Add(report.Finding{
				Range:   set.Left,
				Message: fmt.Sprintf("%s is set for nobody: the results have no names, and line %d returns another value", v.Name(), c.pass.Fset.Position(ret.Pos()).Line),
				Related: []analysis.RelatedInformation{report.Here(ret, "returned here")},
				Fixes:   c.nameResult(d, v),
			})
		}
	}
}

// returnPast returns a return statement that calls a function for its error,
// where the literal asks the variable first whether there is one already: it
// takes the variable for the result.
//
//	defer func() {
//		if e := os.RemoveAll(dir); e != nil && err == nil {
//			err = e
//		}
//	}()
//	return cmd.Run()
func (c *checker) returnPast(d *deferral, lit *ast.FuncLit, v *types.Var) *ast.ReturnStmt {
	if !c.takesForResult(d, lit, v) {
		return nil
	}
	for _, ret := range c.returns(d) {
		if len(ret.Results) > 0 {
			if _, ok := ast.Unparen(ret.Results[len(ret.Results)-1]).(*ast.CallExpr); ok && !match.Mentions(c.info, ret, v) {
				return ret
			}
		}
	}
	return nil
}

// takesForResult reports whether the literal keeps an error in the variable
// only if there is none yet, as one does with what is returned.
func (c *checker) takesForResult(d *deferral, lit *ast.FuncLit, v *types.Var) bool {
	return match.IsError(v.Type()) && match.ReturnsError(d.sig) && c.comparesWithNil(lit, v)
}

func (c *checker) comparesWithNil(lit *ast.FuncLit, v *types.Var) bool {
	found := false
	ast.Inspect(lit.Body, func(n ast.Node) bool {
		cmp, ok := n.(*ast.BinaryExpr)
		found = found || ok && cmp.Op == token.EQL && match.LocalVar(c.info, cmp.X) == v && c.info.Types[cmp.Y].IsNil()
		return !found
	})
	return found
}

// setIn returns the assignments in a body, n++ and n += x included, those of
// literals inside left out.
func (c *checker) setIn(body *ast.BlockStmt) []match.Assignment {
	var list []match.Assignment
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.AssignStmt:
			if n.Tok != token.DEFINE {
				list = append(list, match.Assignments(n)...)
			}
		case *ast.IncDecStmt:
			list = append(list, match.Assignments(n)...)
		}
		return true
	})
	return list
}

// returnOf returns a return statement that names the variable as one of the
// results.
func (c *checker) returnOf(d *deferral, v *types.Var) *ast.ReturnStmt {
	for _, ret := range c.returns(d) {
		for _, result := range ret.Results {
			if match.LocalVar(c.info, result) == v {
				return ret
			}
		}
	}
	return nil
}

// readElsewhere reports whether somebody may read the variable behind the
// assignment: the literal itself, unless it takes the variable for the result
// and asks what that is now, another literal, or whoever has its address.
func (c *checker) readElsewhere(d *deferral, lit *ast.FuncLit, set ast.Expr, v *types.Var) bool {
	meantAsResult := c.takesForResult(d, lit, v)
	for cursor := range d.fn.Preorder((*ast.Ident)(nil)) {
		id := cursor.Node().(*ast.Ident)
		if c.info.Uses[id] != v || id == set {
			continue
		}
		inside := lit.Pos() <= id.Pos() && id.Pos() < lit.End()
		switch {
		case inside && !meantAsResult && id.Pos() > set.Pos() && !sameStatement(cursor, set) && !isSet(cursor):
			return true
		case !inside && c.inOtherLiteral(d, cursor), cursor.ParentEdgeKind() == edge.UnaryExpr_X && isAddress(cursor):
			return true
		}
	}
	return false
}

// sameStatement reports whether a use is an operand of the assignment.
func sameStatement(use inspector.Cursor, set ast.Expr) bool {
	for stmt := range use.Enclosing((*ast.AssignStmt)(nil)) {
		return stmt.Node().Pos() <= set.Pos() && set.End() <= stmt.Node().End()
	}
	return false
}

func isSet(use inspector.Cursor) bool { return use.ParentEdgeKind() == edge.AssignStmt_Lhs }

func isAddress(use inspector.Cursor) bool {
	return use.Parent().Node().(*ast.UnaryExpr).Op == token.AND
}

func (c *checker) inOtherLiteral(d *deferral, use inspector.Cursor) bool {
	for fn := range use.Enclosing((*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		return fn.Node() != d.fn.Node()
	}
	return false
}
