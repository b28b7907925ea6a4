package deferargs

import (
	"go/ast"
	"go/token"
	"go/types"
	"iter"
	"strings"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
)

// A deferral is one defer statement with what the rules ask about it.
type deferral struct {
	stmt    *ast.DeferStmt
	call    *ast.CallExpr
	cursor  inspector.Cursor
	fn      *function
	step    program.Step
	literal *ast.FuncLit // the deferred function literal, if it is one
	callee  string       // the deferred function as a message names it
	method  *types.Func  // the deferred function, if it is known by name
	reports bool         // the call tells somebody what it is given
	taken   []capture
}

func (c *checker) deferral(cursor inspector.Cursor, fn *function) (*deferral, bool) {
	stmt := cursor.Node().(*ast.DeferStmt)
	step, ok := fn.graph.Find(stmt)
	if !ok {
		return nil, false // dead code
	}
	d := &deferral{stmt: stmt, call: stmt.Call, cursor: cursor, fn: fn, step: step}
	d.literal, _ = ast.Unparen(stmt.Call.Fun).(*ast.FuncLit)
	d.method, _ = typeutil.Callee(fn.info, stmt.Call).(*types.Func)
	d.callee = calleeName(c.pass.Fset, stmt.Call)
	d.reports = model.Reports(lastName(stmt.Call))
	d.taken = d.captures()
	return d, true
}

// file returns the file that holds the statement.
func (d *deferral) file() *ast.File {
	for file := range d.cursor.Enclosing((*ast.File)(nil)) {
		return file.Node().(*ast.File)
	}
	return nil
}

// longestCallee bounds the length of a callee in a message.
const longestCallee = 40

// calleeName returns the deferred function as the source spells it, or its
// last name when that is long.
func calleeName(fset *token.FileSet, call *ast.CallExpr) string {
	if _, ok := ast.Unparen(call.Fun).(*ast.FuncLit); ok {
		return "the function literal"
	}
	if text := edit.Print(fset, call.Fun); len(text) <= longestCallee && !strings.Contains(text, "\n") {
		return text
	}
	if name := lastName(call); name != "" {
		return name
	}
	return "the deferred call"
}

// lastName returns the name of the called function without what it is
// selected from, or "".
func lastName(call *ast.CallExpr) string {
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		return fun.Name
	case *ast.SelectorExpr:
		return fun.Sel.Name
	}
	return ""
}

// writes yields the uses of a variable in the function that aren't mere
// readings of its content.
func (d *deferral) writes(v *types.Var) iter.Seq[*ast.Ident] {
	return func(yield func(*ast.Ident) bool) {
		for cur := range d.fn.cursor.Preorder((*ast.Ident)(nil)) {
			id := cur.Node().(*ast.Ident)
			if d.fn.info.Uses[id] == v && !d.readsOnly(cur) && !yield(id) {
				return
			}
		}
	}
}

// readsOnly reports whether a use of a variable only reads its content:
// sb.Len(), atomic.LoadInt64(&n).
func (d *deferral) readsOnly(use inspector.Cursor) bool {
	for call := range use.Enclosing((*ast.CallExpr)(nil)) {
		fn, _ := typeutil.Callee(d.fn.info, call.Node().(*ast.CallExpr)).(*types.Func)
		return fn != nil && model.ReadsContent(fn)
	}
	return false
}
