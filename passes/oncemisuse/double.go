package oncemisuse

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// A doubleCheck is initialisation by hand whose first look is outside of the
// lock:
//
//	if x == nil {             if x != nil {
//		mu.Lock()                 return x
//		defer mu.Unlock()     }
//		if x == nil {         mu.Lock()
//			x = make()        defer mu.Unlock()
//		}                     if x == nil {
//	}                             x = make()
//	                          }
//
// The lock orders those who take it; the first look doesn't.
type doubleCheck struct {
	outer   *ast.IfStmt
	subject ast.Expr      // x
	rest    []ast.Stmt    // what runs if x isn't there
	lock    *ast.CallExpr // mu.Lock()
	mutex   ast.Expr      // mu
	inner   *ast.IfStmt   // the second look
	set     *ast.AssignStmt
}

// doubleChecks reports the first looks of a function.
func (c *checker) doubleChecks(fn *function) {
	fn.inside(func(n ast.Node) {
		for i, stmt := range match.Statements(n) {
			outer, ok := stmt.(*ast.IfStmt)
			if !ok || outer.Init != nil {
				continue
			}
			d, ok := c.doubleCheck(outer, match.Statements(n)[i+1:])
			if !ok || c.locksBefore(fn, outer.Pos()) {
				continue
			}
			c.reporter.Add(report.Finding{
				Range: d.subject,
				Message: fmt.Sprintf("%s is looked at without %s: what it refers to may not be there yet for this goroutine",
					edit.Print(c.pass.Fset, d.subject), edit.Print(c.pass.Fset, d.mutex)),
				Related: append(c.at("locked here", d.lock), c.at("set here", d.set)...),
				Fixes:   c.useOnce(d),
			})
		}
	})
}

// doubleCheck recognises the pattern; after is what follows the statement.
func (c *checker) doubleCheck(outer *ast.IfStmt, after []ast.Stmt) (doubleCheck, bool) {
	d := doubleCheck{outer: outer}
	subject, missing := c.looksAt(outer.Cond)
	switch {
	case subject == nil || !c.outlives(subject) || outer.Else != nil:
		return d, false
	case missing:
		d.rest = outer.Body.List
	case returns(outer.Body):
		d.rest = after
	default:
		return d, false
	}
	d.subject = subject
	for i, stmt := range d.rest {
		call, ok := callOf(stmt)
		if !ok {
			return d, false // anything else may order what follows
		}
		if mutex, op := c.lockCall(call); op == model.Acquire {
			d.lock, d.mutex, d.rest = call, mutex, d.rest[i+1:]
			break
		}
	}
	return d, d.lock != nil && c.secondLook(&d)
}

// looksAt returns the variable whose absence, or presence, a condition is
// about: x == nil, !x and their opposites.
func (c *checker) looksAt(cond ast.Expr) (subject ast.Expr, missing bool) {
	switch cond := ast.Unparen(cond).(type) {
	case *ast.BinaryExpr:
		if (cond.Op == token.EQL || cond.Op == token.NEQ) && c.info.Types[cond.Y].IsNil() {
			return cond.X, cond.Op == token.EQL
		}
	case *ast.UnaryExpr:
		if cond.Op == token.NOT && c.outlives(cond.X) {
			return cond.X, true
		}
	case *ast.Ident, *ast.SelectorExpr:
		return cond, false
	}
	return nil, false
}

func returns(body *ast.BlockStmt) bool {
	if len(body.List) == 0 {
		return false
	}
	_, ok := body.List[len(body.List)-1].(*ast.ReturnStmt)
	return ok
}

func callOf(stmt ast.Stmt) (*ast.CallExpr, bool) {
	expr, ok := stmt.(*ast.ExprStmt)
	if !ok {
		return nil, false
	}
	call, ok := expr.X.(*ast.CallExpr)
	return call, ok
}

// secondLook finds the look under the lock, and the assignment behind it.
func (c *checker) secondLook(d *doubleCheck) bool {
	for i, stmt := range d.rest {
		inner, ok := stmt.(*ast.IfStmt)
		if !ok {
			continue
		}
		subject, missing := c.looksAt(inner.Cond)
		if subject == nil || types.ExprString(subject) != types.ExprString(d.subject) {
			continue
		}
		d.inner = inner
		if missing {
			d.set = c.assigns(inner.Body.List, d.subject)
		} else if returns(inner.Body) {
			d.set = c.assigns(d.rest[i+1:], d.subject)
		}
		return d.set != nil
	}
	return false
}

// assigns returns the statement, nested ones included, that sets a variable
// to something.
func (c *checker) assigns(list []ast.Stmt, subject ast.Expr) *ast.AssignStmt {
	var found *ast.AssignStmt
	for _, stmt := range list {
		ast.Inspect(stmt, func(n ast.Node) bool {
			if assign, ok := n.(*ast.AssignStmt); ok && found == nil {
				for _, set := range match.Assignments(assign) {
					if types.ExprString(set.Left) == types.ExprString(subject) {
						found = assign
					}
				}
			}
			return found == nil
		})
	}
	return found
}
