package deferresult

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// judgeUnseen reports a deferred literal that asks a variable whether the
// function fails, where some failure is returned past it:
//
//	tx, err := db.Begin()
//	…
//	defer func() {
//		if err != nil {
//			tx.Rollback()
//		}
//	}()
//	if err := insert(tx); err != nil { // another err
//		return err
//	}
//
// The function's results have no names.
func (c *checker) judgeUnseen(d *deferral, lit *ast.FuncLit) {
	if !match.ReturnsError(d.sig) {
		return
	}
	asked := c.asked(d, lit)
	if asked == nil {
		return
	}
	v := match.LocalVar(c.info, asked)
	if c.isFlag(d, v) {
		return
	}
	for _, ret := range c.returns(d) {
		how := c.pastVariable(ret, v)
		if how == "" || c.failsAlready(d, ret, v) || c.cleansUp(d, lit, ret) || c.nothingAdded(d, lit, ret) {
			continue
		}
		c.reporter.Add(report.Finding{
			Range:   asked,
			Message: fmt.Sprintf("%s is not what the function returns: line %d returns %s, and the deferred function doesn't see it", v.Name(), c.pass.Fset.Position(ret.Pos()).Line, how),
			Related: []analysis.RelatedInformation{report.Here(ret, "returned here")},
			Fixes:   c.nameResult(d, v),
		})
		return
	}
}

// isFlag reports whether the function keeps the variable by hand: it is
// declared without a value, and set to nil where there is nothing left to
// clean up.
//
//	var broken error // while w is open
//	…
//	broken = nil     // it isn't any more
func (c *checker) isFlag(d *deferral, v *types.Var) bool {
	declared, reset := false, false
	for cursor := range d.fn.Preorder((*ast.ValueSpec)(nil), (*ast.AssignStmt)(nil)) {
		spec, ok := cursor.Node().(*ast.ValueSpec)
		declared = declared || ok && len(spec.Values) == 0 && match.Declares(c.info, spec, v)
		for _, set := range match.Assignments(cursor.Node()) {
			reset = reset || match.LocalVar(c.info, set.Left) == v && set.Right != nil && c.info.Types[set.Right].IsNil()
		}
	}
	return declared && reset
}

// failsAlready reports whether a return statement lies in a branch that the
// variable's own error leads to: the deferred function sees that one.
func (c *checker) failsAlready(d *deferral, ret *ast.ReturnStmt, v *types.Var) bool {
	for cursor := range d.fn.Preorder((*ast.IfStmt)(nil)) {
		branch := cursor.Node().(*ast.IfStmt)
		if ret.Pos() < branch.Body.Pos() || branch.Body.End() <= ret.Pos() || !c.saysFailed(branch.Cond, v) {
			continue
		}
		set := slices.ContainsFunc(c.setIn(branch.Body), func(set match.Assignment) bool {
			return match.LocalVar(c.info, set.Left) == v && set.Left.Pos() < ret.Pos()
		})
		if !set {
			return true
		}
	}
	return false
}

// saysFailed reports whether a condition holds only if the variable isn't nil.
func (c *checker) saysFailed(cond ast.Expr, v *types.Var) bool {
	cmp, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok {
		return false
	}
	if cmp.Op == token.LAND {
		return c.saysFailed(cmp.X, v) || c.saysFailed(cmp.Y, v)
	}
	return cmp.Op == token.NEQ && match.LocalVar(c.info, cmp.X) == v && c.info.Types[cmp.Y].IsNil()
}

// cleansUp reports whether the if statement around a return makes a call
// itself that the literal would make: there is nothing left to clean up.
func (c *checker) cleansUp(d *deferral, lit *ast.FuncLit, ret *ast.ReturnStmt) bool {
	made := make(map[string]bool)
	ast.Inspect(lit.Body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			made[edit.Print(c.pass.Fset, call)] = true
		}
		return true
	})
	found := false
	for cursor := range d.fn.Preorder((*ast.IfStmt)(nil)) {
		branch := cursor.Node()
		if ret.Pos() < branch.Pos() || branch.End() <= ret.Pos() || branch.Pos() < d.stmt.End() {
			continue
		}
		ast.Inspect(branch, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			found = found || ok && call.End() <= ret.Pos() && made[edit.Print(c.pass.Fset, call)]
			return !found
		})
	}
	return found
}

// nothingAdded reports whether the literal would take something out of a map
// to which the function adds on other paths only.
func (c *checker) nothingAdded(d *deferral, lit *ast.FuncLit, ret *ast.ReturnStmt) bool {
	removed := ""
	ast.Inspect(lit.Body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && typeutil.Callee(c.info, call) == types.Universe.Lookup("delete") {
			removed = edit.Print(c.pass.Fset, call.Args[0])
		}
		return true
	})
	to, ok := d.graph.Find(ret)
	if removed == "" || !ok {
		return false
	}
	adds, reaches := false, false
	for cursor := range d.fn.Preorder((*ast.AssignStmt)(nil)) {
		entry, ok := cursor.Node().(*ast.AssignStmt).Lhs[0].(*ast.IndexExpr)
		if !ok || edit.Print(c.pass.Fset, entry.X) != removed {
			continue
		}
		if from, ok := d.graph.Find(cursor.Node()); ok {
			adds, reaches = true, reaches || d.graph.Reaches(from, to, func(program.Step) bool { return false })
		}
	}
	return adds && !reaches
}

// asked returns the error variable that the literal compares with nil, if
// the function declares it and the literal doesn't set it.
func (c *checker) asked(d *deferral, lit *ast.FuncLit) ast.Expr {
	var found ast.Expr
	ast.Inspect(lit.Body, func(n ast.Node) bool {
		cmp, ok := n.(*ast.BinaryExpr)
		if !ok || found != nil || cmp.Op != token.NEQ && cmp.Op != token.EQL || !c.info.Types[cmp.Y].IsNil() {
			return found == nil
		}
		v := c.own(d, cmp.X)
		if v != nil && match.IsError(v.Type()) && (v.Pos() < lit.Pos() || lit.End() <= v.Pos()) {
			found = cmp.X
		}
		return true
	})
	if found == nil {
		return nil
	}
	for _, set := range c.setIn(lit.Body) {
		if match.LocalVar(c.info, set.Left) == match.LocalVar(c.info, found) {
			return nil
		}
	}
	return found
}

// pastVariable says which error a return statement returns in place of the
// variable's: that of an inner variable of the same name, or a new one.
func (c *checker) pastVariable(ret *ast.ReturnStmt, v *types.Var) string {
	if len(ret.Results) == 0 {
		return ""
	}
	last := ret.Results[len(ret.Results)-1]
	if other := match.LocalVar(c.info, last); other != nil {
		if other != v && other.Name() == v.Name() && match.IsError(other.Type()) {
			return "another " + v.Name()
		}
		return ""
	}
	call, ok := ast.Unparen(last).(*ast.CallExpr)
	if !ok || match.Mentions(c.info, call, v) {
		return ""
	}
	fn, ok := typeutil.Callee(c.info, call).(*types.Func)
	if ok && (model.Key(fn) == "errors.New" || model.Key(fn) == "fmt.Errorf") {
		return "a new error"
	}
	return ""
}
