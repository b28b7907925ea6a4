package deferresult

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

// judgeWritten judges a deferred Close or Flush of a writer that the
// function has made.
func (c *checker) judgeWritten(d *deferral) {
	fn, ok := typeutil.Callee(c.info, d.stmt.Call).(*types.Func)
	if !ok {
		return
	}
	fun, ok := ast.Unparen(d.stmt.Call.Fun).(*ast.SelectorExpr)
	if !ok {
		return
	}
	v := c.own(d, fun.X)
	if v == nil {
		return
	}
	made := c.madeBy(d, v)
	if made == nil {
		return
	}
	isFile := fn.Name() == "Close" && model.OpensForWriting(c.callee(made))
	keeps, tells := model.KeepsBack(fn)
	if !isFile && !keeps && !model.FinishesWriting(fn) && !(fn.Name() == "Close" && model.EncodesTo(c.callee(made))) {
		return
	}
	if buffer, ret := c.memory(d, made); buffer != nil {
		if ret != nil {
			c.reportCutOff(d, buffer, ret)
		}
		return
	}
	if keeps && !tells {
		return // a table for people, where nobody asks
	}
	if match.ReturnsError(d.sig) && !c.decided(d) && !c.finishedTwice(d, v) && len(c.returns(d)) > 0 {
		c.reportWritten(d, fn, isFile)
	}
}

func (c *checker) reportWritten(d *deferral, fn *types.Func, isFile bool) {
	c.reporter.Add(report.Finding{
		Range:   d.stmt.Call.Fun,
		Low:     isFile,
		Message: fmt.Sprintf("error of the deferred %s is lost: what was written last may be missing although nil is returned", edit.Print(c.pass.Fset, d.stmt.Call.Fun)),
		Fixes:   c.joined(d),
	})
}

// reportCutOff reports a buffer that is read while the writer still keeps
// something back.
func (c *checker) reportCutOff(d *deferral, buffer *types.Var, ret *ast.ReturnStmt) {
	c.reporter.Add(report.Finding{
		Range:   d.stmt.Call.Fun,
		Message: fmt.Sprintf("%s is read by return before the deferred %s writes the rest into it", buffer.Name(), edit.Print(c.pass.Fset, d.stmt.Call.Fun)),
		Related: []analysis.RelatedInformation{report.Here(ret, "read here")},
	})
}

// decided reports whether a comment at the defer statement tells errcheck that
// the error is of no interest.
func (c *checker) decided(d *deferral) bool {
	line := c.pass.Fset.Position(d.stmt.End()).Line
	for file := range d.cursor.Enclosing((*ast.File)(nil)) {
		for _, group := range file.Node().(*ast.File).Comments {
			if c.pass.Fset.Position(group.Pos()).Line == line && strings.Contains(group.List[0].Text, "errcheck") {
				return true
			}
		}
	}
	return false
}

func (c *checker) callee(call *ast.CallExpr) *types.Func {
	fn, _ := typeutil.Callee(c.info, call).(*types.Func)
	return fn
}

// madeBy returns the call whose result the variable holds, if there is only
// one assignment to it.
func (c *checker) madeBy(d *deferral, v *types.Var) *ast.CallExpr {
	var made *ast.CallExpr
	sets := 0
	for cursor := range d.fn.Preorder((*ast.AssignStmt)(nil), (*ast.ValueSpec)(nil)) {
		for _, set := range match.Assignments(cursor.Node()) {
			if match.LocalVar(c.info, set.Left) == v {
				sets++
				made, _ = ast.Unparen(set.Right).(*ast.CallExpr)
			}
		}
	}
	if sets != 1 {
		return nil
	}
	return made
}

// memory returns the buffer in memory that the writer was made for, with the
// statement that returns its content, or nil. What writes into memory can't
// fail, and what writes into a pipe or to a client only when nobody reads from
// it any more.
func (c *checker) memory(d *deferral, made *ast.CallExpr) (*types.Var, *ast.ReturnStmt) {
	for _, arg := range made.Args {
		e := ast.Unparen(arg)
		if ref, ok := e.(*ast.UnaryExpr); ok && ref.Op == token.AND {
			e = ref.X
		}
		v := match.LocalVar(c.info, e)
		if v == nil || !inMemory(v.Type()) && !c.holdsMemory(d, v) {
			continue
		}
		for _, ret := range c.returns(d) {
			if c.own(d, e) != nil && c.readsContent(ret, v) {
				return v, ret
			}
		}
		return v, nil
	}
	return nil, nil
}

func inMemory(t types.Type) bool {
	switch model.TypeKey(t) {
	case "bytes.Buffer", "strings.Builder", "io.PipeWriter", "net/http.ResponseWriter":
		return true
	}
	return false
}

// holdsMemory reports whether the function assigns a buffer to the variable,
// an interface.
func (c *checker) holdsMemory(d *deferral, v *types.Var) bool {
	for cursor := range d.fn.Preorder((*ast.AssignStmt)(nil), (*ast.ValueSpec)(nil)) {
		for _, set := range match.Assignments(cursor.Node()) {
			if match.LocalVar(c.info, set.Left) == v && set.Right != nil && inMemory(c.info.TypeOf(set.Right)) {
				return true
			}
		}
	}
	return false
}

// readsContent reports whether a return statement takes what the buffer
// holds: buf.Bytes().
func (c *checker) readsContent(ret *ast.ReturnStmt, v *types.Var) bool {
	found := false
	ast.Inspect(ret, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || found {
			return !found
		}
		fun, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		found = ok && match.LocalVar(c.info, fun.X) == v && model.ReadsContent(c.callee(call))
		return !found
	})
	return found
}

// finishedTwice reports whether the function closes, flushes or syncs the
// writer itself somewhere and doesn't drop the error, or asks for it.
func (c *checker) finishedTwice(d *deferral, v *types.Var) bool {
	for cursor := range d.fn.Preorder((*ast.CallExpr)(nil)) {
		call := cursor.Node().(*ast.CallExpr)
		fun, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		if !ok || call == d.stmt.Call || match.LocalVar(c.info, fun.X) != v || dropped(cursor) {
			continue
		}
		switch fun.Sel.Name {
		case "Close", "Flush", "Sync", "Finish", "CloseWithError", "Error":
			return true
		}
	}
	return false
}

func dropped(call inspector.Cursor) bool {
	switch call.ParentEdgeKind() {
	case edge.ExprStmt_X, edge.DeferStmt_Call, edge.GoStmt_Call:
		return true
	}
	return false
}

// joined returns the fix that returns the error of the deferred call, unless
// there is another one.
func (c *checker) joined(d *deferral) []analysis.SuggestedFix {
	if _, tells := model.KeepsBack(c.callee(d.stmt.Call)); tells {
		return nil
	}
	result, edits, ok := edit.NameError(c.info, d.typ, d.body)
	if !ok || c.means(d, result) {
		return nil
	}
	indent := edit.Indentation(c.pass, d.stmt.Pos())
	call := edit.Source(c.pass, d.stmt.Call)
	other := "closeErr"
	text := fmt.Sprintf("func() {\n%[1]s\tif %[2]s := %[3]s; %[4]s == nil {\n%[1]s\t\t%[4]s = %[2]s\n%[1]s\t}\n%[1]s}()", indent, other, call, result)
	return []analysis.SuggestedFix{edit.Fix("Return the error", append(edits, edit.Replace(d.stmt.Call, text))...)}
}

// means reports whether the result's name means another variable at the
// defer statement.
func (c *checker) means(d *deferral, result string) bool {
	scope := c.pass.Pkg.Scope().Innermost(d.stmt.Pos())
	if scope == nil {
		return true
	}
	_, obj := scope.LookupParent(result, d.stmt.Pos())
	return obj != nil && (obj.Pos() < d.typ.Pos() || d.typ.End() <= obj.Pos())
}
