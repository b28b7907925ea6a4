package oncemisuse

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// resets reports assignments of a new Once to one that others may be using.
func (c *checker) resets(fn *function) {
	fn.inside(func(n ast.Node) {
		for _, set := range match.Assignments(n) {
			if set.Op != token.ASSIGN || set.Right == nil || !isOnce(c.info.TypeOf(set.Left)) || !c.shared(fn, set.Left) {
				continue
			}
			name := edit.Print(c.pass.Fset, set.Left)
			if within := c.within(fn, set.Left); within != nil {
				c.reporter.Add(report.Finding{
					Range:   set.Left,
					Message: fmt.Sprintf("%s is replaced inside its own Do, which then unlocks a mutex that isn't locked", name),
					Related: c.at("runs this function", within.once),
				})
				continue
			}
			if c.calledOutsideTests(fn) && !c.locksBefore(fn, set.Left.Pos()) && c.doneIn(set.Left) {
				c.reporter.Add(report.Finding{
					Range:   set.Left,
					Message: fmt.Sprintf("%s is replaced here without a lock: who is in Do then unlocks a mutex that isn't locked", name),
				})
			}
		}
	})
}

// calledOutsideTests reports whether the function is exported, or used in a
// file of the package that isn't a test: tests begin anew one after the other.
func (c *checker) calledOutsideTests(fn *function) bool {
	decl, ok := fn.node.(*ast.FuncDecl)
	if !ok || decl.Name.IsExported() {
		return ok
	}
	for _, file := range c.pass.Files {
		if match.TestFile(c.pass, file) {
			continue
		}
		used := false
		ast.Inspect(file, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			used = used || ok && c.info.Uses[id] == c.info.Defs[decl.Name]
			return !used
		})
		if used {
			return true
		}
	}
	return false
}

// shared reports whether an expression can name a Once that others know: a
// package-level variable, or a field of the receiver.
func (c *checker) shared(fn *function, e ast.Expr) bool {
	for {
		switch x := ast.Unparen(e).(type) {
		case *ast.SelectorExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.Ident:
			v, ok := c.info.Uses[x].(*types.Var)
			if !ok || v.Pkg() == nil {
				return false
			}
			if within := c.within(fn, nil); within != nil {
				return true
			}
			return v.Parent() == v.Pkg().Scope() || v == fn.sig.Recv()
		default:
			return false
		}
	}
}

// within returns the call of Do whose function the literal is: on the given
// Once, or on any.
func (c *checker) within(fn *function, once ast.Expr) *do {
	lit, ok := fn.node.(*ast.FuncLit)
	if !ok {
		return nil
	}
	var found *do
	for _, file := range c.pass.Files {
		if !encloses(file, lit.Pos()) {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if d, ok := doOf(c.info, n); ok && d.lit == lit && (once == nil || types.ExprString(d.once) == types.ExprString(once)) {
				found = &d
			}
			return found == nil
		})
	}
	return found
}

// doneIn reports whether the package calls Do on the variable or field.
func (c *checker) doneIn(e ast.Expr) bool {
	wanted := c.object(e)
	found := false
	for _, file := range c.pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			if d, ok := doOf(c.info, n); ok {
				found = found || wanted != nil && c.object(d.once) == wanted
			}
			return !found
		})
	}
	return found
}

// object returns the variable or field that an expression ends in.
func (c *checker) object(e ast.Expr) types.Object {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return c.info.Uses[e]
	case *ast.SelectorExpr:
		return c.info.Uses[e.Sel]
	}
	return nil
}

// locksBefore reports whether the function takes a lock before a position,
// and hasn't released it, or runs under one by its name or comment.
func (c *checker) locksBefore(fn *function, pos token.Pos) bool {
	if strings.HasSuffix(fn.name, "Locked") || fn.doc != nil && strings.Contains(fn.doc.Text(), "lock") {
		return true
	}
	held := 0
	deferred := make(map[*ast.CallExpr]bool)
	fn.inside(func(n ast.Node) {
		if stmt, ok := n.(*ast.DeferStmt); ok {
			deferred[stmt.Call] = true
		}
		call, ok := n.(*ast.CallExpr)
		if !ok || call.Pos() > pos || deferred[call] {
			return
		}
		switch _, op := c.lockCall(call); op {
		case model.Acquire, model.AcquireShared, model.TryAcquire, model.TryAcquireShared:
			held++
		case model.Release, model.ReleaseShared:
			held--
		}
	})
	return held > 0
}

// lockCall returns the lock that a call works on, and what it does.
func (c *checker) lockCall(call *ast.CallExpr) (ast.Expr, model.LockOp) {
	selector, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return nil, model.NoLockOp
	}
	fn, _ := c.info.Uses[selector.Sel].(*types.Func)
	return selector.X, model.LockOperation(fn)
}

func (c *checker) at(label string, n analysis.Range) []analysis.RelatedInformation {
	return []analysis.RelatedInformation{report.Here(n, label)}
}
