package oncemisuse

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// dos judges the calls of Do that stand in a function itself.
func (c *checker) dos(fn *function) {
	fn.inside(func(n ast.Node) {
		d, ok := doOf(c.info, n)
		if !ok {
			return
		}
		own := match.LocalVar(c.info, d.once)
		if own != nil && isOnce(own.Type()) {
			c.local(fn, d, own)
			return
		}
		if d.lit != nil {
			c.lost(fn, d)
			c.panics(fn, d)
		}
	})
}

// local reports a Once that a function declares and uses in one place, not
// in a loop: it is new whenever that place is reached.
func (c *checker) local(fn *function, d do, once *types.Var) {
	if once.Pos() < fn.body.Pos() || once.Pos() > fn.body.End() || c.uses(once) != 1 || repeated(fn, d.call, once) {
		return
	}
	c.reporter.Addf(d.once, "%s is a variable of this call: its function runs every time, not once", once.Name())
}

func (c *checker) uses(v *types.Var) int {
	count := 0
	for _, obj := range c.info.Uses {
		if obj == v {
			count++
		}
	}
	return count
}

// repeated reports whether the call stands in a loop that the variable is
// declared outside of, or a label may lead back to it.
func repeated(fn *function, call *ast.CallExpr, v *types.Var) bool {
	found := false
	fn.inside(func(n ast.Node) {
		switch n := n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			found = found || encloses(n, call.Pos()) && !encloses(n, v.Pos())
		case *ast.BranchStmt:
			found = found || n.Tok == token.GOTO
		}
	})
	return found
}

func encloses(n ast.Node, pos token.Pos) bool { return n.Pos() <= pos && pos < n.End() }

// lost reports a variable of the call in which Do's function leaves an error
// that goes with something it sets up for good:
//
//	c.once.Do(func() { c.conn, err = dial() })
//	return c.conn, err
//
// Only the first caller sees the error. A function that has nothing to return
// but the error and sets nothing up, such as Close, has nothing to lose.
func (c *checker) lost(fn *function, d do) {
	sets := c.setBy(d.lit)
	kept, found := c.setUp(sets)
	if !found && !returnsValue(fn.sig) || c.startsAnew(fn, d) {
		return
	}
	for _, set := range sets {
		v := match.LocalVar(c.info, set.Left)
		if v == nil || !match.IsError(v.Type()) || encloses(d.lit, v.Pos()) || !encloses(fn.node, v.Pos()) {
			continue
		}
		if !c.mentionedAfter(fn, d, v) || kept != nil && c.testedAfter(fn, d, kept) {
			continue
		}
		f := report.Finding{
			Range:   set.Left,
			Message: fmt.Sprintf("%s is a variable of this call: callers after the first get nil although the function has failed", v.Name()),
			Related: c.at("run once here", d.once),
			Subject: v,
		}
		if kept != nil {
			f.Message = fmt.Sprintf("%s is a variable of this call: callers after the first get nil and %s as the first left it", v.Name(), edit.Print(c.pass.Fset, kept))
			f.Related = append(f.Related, c.at("set for all callers here", kept)...)
		}
		c.reporter.Add(f)
	}
}

// returnsValue reports whether a function returns anything but an error.
func returnsValue(sig *types.Signature) bool {
	for result := range sig.Results().Variables() {
		if !match.IsError(result.Type()) {
			return true
		}
	}
	return false
}

// startsAnew reports whether the function replaces the Once behind Do: the
// next caller tries again.
func (c *checker) startsAnew(fn *function, d do) bool {
	found := false
	fn.inside(func(n ast.Node) {
		for _, set := range match.Assignments(n) {
			found = found || set.Left.Pos() > d.call.End() && types.ExprString(set.Left) == types.ExprString(d.once)
		}
	})
	return found
}

// setBy lists what a literal sets, nested literals left aside.
func (c *checker) setBy(lit *ast.FuncLit) []match.Assignment {
	var sets []match.Assignment
	(&function{body: lit.Body}).inside(func(n ast.Node) {
		for _, set := range match.Assignments(n) {
			if set.Op == token.ASSIGN {
				sets = append(sets, set)
			}
		}
	})
	return sets
}

// setUp returns a field or package-level variable that is given a value which
// isn't a constant: what the function is there to set up.
func (c *checker) setUp(sets []match.Assignment) (ast.Expr, bool) {
	for _, set := range sets {
		if c.outlives(set.Left) && set.Right != nil && !c.constant(set.Right) && !match.IsError(c.info.TypeOf(set.Left)) {
			return set.Left, true
		}
	}
	return nil, false
}

func (c *checker) outlives(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		v, ok := c.info.Uses[e].(*types.Var)
		return ok && v.Pkg() == c.pass.Pkg && v.Parent() == c.pass.Pkg.Scope()
	case *ast.SelectorExpr:
		v, ok := c.info.Uses[e.Sel].(*types.Var)
		return ok && v.IsField()
	}
	return false
}

func (c *checker) constant(e ast.Expr) bool {
	t := c.info.Types[e]
	return t.Value != nil || t.IsNil()
}

// mentionedAfter reports whether the function uses the variable behind Do.
func (c *checker) mentionedAfter(fn *function, d do, v *types.Var) bool {
	found := false
	ast.Inspect(fn.body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			found = found || n.Pos() > d.call.End() && c.info.Uses[n] == v
		case *ast.ReturnStmt:
			found = found || n.Pos() > d.call.End() && len(n.Results) == 0 && isResult(fn.sig, v)
		}
		return !found
	})
	return found
}

func isResult(sig *types.Signature, v *types.Var) bool {
	for result := range sig.Results().Variables() {
		if result == v {
			return true
		}
	}
	return false
}

// testedAfter reports whether the function looks behind Do whether anything
// was set up, and so knows when it wasn't.
func (c *checker) testedAfter(fn *function, d do, kept ast.Expr) bool {
	found := false
	fn.inside(func(n ast.Node) {
		test, ok := n.(*ast.BinaryExpr)
		if !ok || test.Pos() < d.call.End() || test.Op != token.EQL && test.Op != token.NEQ {
			return
		}
		found = found || types.ExprString(test.X) == types.ExprString(kept) || types.ExprString(test.Y) == types.ExprString(kept)
	})
	return found
}

// panics reports an initialiser that panics in an HTTP handler: the server
// recovers, and the Once counts as done.
func (c *checker) panics(fn *function, d do) {
	if !match.Handler(fn.sig) {
		return
	}
	(&function{body: d.lit.Body}).inside(func(n ast.Node) {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return
		}
		id, ok := call.Fun.(*ast.Ident)
		if builtin, isBuiltin := c.info.Uses[id].(*types.Builtin); ok && isBuiltin && builtin.Name() == "panic" {
			c.reporter.Add(report.Finding{
				Range:   call,
				Message: fmt.Sprintf("panic leaves %s done: the server recovers, and later requests find nothing set up", edit.Print(c.pass.Fset, d.once)),
				Related: c.at("once", d.once),
			})
		}
	})
}
