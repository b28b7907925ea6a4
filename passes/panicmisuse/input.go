package panicmisuse

import (
	"go/ast"
	"go/types"
	"iter"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
)

// A tracer follows text back to where it comes in. The question is "may some
// of it have been chosen by somebody outside of the program?", answered for
// each variable by what any statement assigns to it, whatever the order: a
// may analysis in which what isn't understood counts as the program's own.
type tracer struct {
	c    *checker
	seen map[types.Object]bool // asked before; breaks cycles

	plain   bool // what the package puts into its fields is its own
	outside bool // the input comes from a request, a file, the environment
	listed  bool // it is an element of a list
}

// isText reports whether values of the type are text as it comes in. Named
// string types are mostly enumerations.
func isText(t types.Type) bool {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		return t.Kind() == types.String
	case *types.Slice:
		return types.Identical(t.Elem(), types.Typ[types.Byte]) || isText(t.Elem())
	}
	return false
}

// isInput reports whether an expression at the given place holds input.
func (t *tracer) isInput(e ast.Expr, at inspector.Cursor) bool {
	if t.c.info.Types[e].Value != nil {
		return false
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.BinaryExpr:
		return t.isInput(e.X, at) || t.isInput(e.Y, at)
	case *ast.SliceExpr:
		return t.isInput(e.X, at)
	case *ast.IndexExpr:
		return t.element(e.X, at)
	case *ast.StarExpr:
		return t.isInput(e.X, at)
	case *ast.UnaryExpr:
		return t.isInput(e.X, at)
	case *ast.CompositeLit:
		return t.anyInput(e.Elts, at)
	case *ast.CallExpr:
		return t.callInput(e, at)
	case *ast.SelectorExpr:
		return t.fieldInput(e, at)
	case *ast.Ident:
		return t.variableInput(e, at)
	}
	return false
}

// element: of a list of texts, or a part of one text.
func (t *tracer) element(list ast.Expr, at inspector.Cursor) bool {
	if !t.isInput(list, at) {
		return false
	}
	t.listed = t.listed || isText(t.c.info.TypeOf(list)) && !isBytes(t.c.info.TypeOf(list))
	return true
}

func isBytes(t types.Type) bool {
	slice, ok := types.Unalias(t).(*types.Slice)
	return !ok || types.Identical(slice.Elem(), types.Typ[types.Byte])
}

func (t *tracer) anyInput(list []ast.Expr, at inspector.Cursor) bool {
	for _, e := range list {
		if t.isInput(e, at) {
			return true
		}
	}
	return false
}

// callInput: conversions and functions that hand text on, and functions that
// bring it in.
func (t *tracer) callInput(call *ast.CallExpr, at inspector.Cursor) bool {
	if t.c.info.Types[call.Fun].IsType() {
		return t.anyInput(call.Args, at)
	}
	switch callee := typeutil.Callee(t.c.info, call).(type) {
	case *types.Builtin:
		return callee.Name() == "append" && t.anyInput(call.Args, at)
	case *types.Func:
		switch {
		case model.BringsText(callee):
			t.outside = true
			return true
		case model.SplitsText(callee):
			t.listed = t.listed || t.textArgument(call, at)
			return t.listed
		case model.HandsTextOn(callee):
			return t.textArgument(call, at)
		}
	}
	return false
}

// textArgument reports whether one of the arguments that are text is input:
// a number in a format can't make it malformed.
func (t *tracer) textArgument(call *ast.CallExpr, at inspector.Cursor) bool {
	for _, arg := range call.Args {
		if isText(t.c.info.TypeOf(arg)) && t.isInput(arg, at) {
			return true
		}
	}
	return false
}

// fieldInput: an exported field of what comes in, and a field of the package
// into which some statement puts input.
func (t *tracer) fieldInput(e *ast.SelectorExpr, at inspector.Cursor) bool {
	field, ok := t.c.info.Uses[e.Sel].(*types.Var)
	if !ok || !field.IsField() {
		return ok && model.BringsTextVar(field)
	}
	if field.Exported() && t.isInput(e.X, at) {
		return true
	}
	if t.plain || t.seen[field] || t.c.checked(field, at) {
		return false
	}
	t.seen[field] = true
	for _, store := range t.c.storesOf(field) {
		if value, ok := store.Node().(ast.Expr); ok && t.isInput(value, store) {
			return true
		}
	}
	return false
}

// variableInput: a parameter that callers choose, or a local variable to
// which input is assigned.
func (t *tracer) variableInput(id *ast.Ident, at inspector.Cursor) bool {
	v := match.LocalVar(t.c.info, id)
	if v == nil || t.seen[v] || t.c.checked(v, at) {
		return false
	}
	t.seen[v] = true
	for fn := range at.Enclosing((*ast.FuncDecl)(nil)) {
		if index := t.c.paramIndex(fn.Node().(*ast.FuncDecl), v); index >= 0 {
			return t.paramInput(fn.Node().(*ast.FuncDecl), index)
		}
	}
	for cursor := range t.c.assignments(at) {
		if t.assignsInput(cursor, v) {
			return true
		}
	}
	return t.decodedInto(v, at)
}

// assignments yields the statements and specifications, in the functions
// around a place, that may assign to variables.
func (c *checker) assignments(at inspector.Cursor) iter.Seq[inspector.Cursor] {
	return func(yield func(inspector.Cursor) bool) {
		for cursor := range outermost(at).Preorder((*ast.AssignStmt)(nil), (*ast.ValueSpec)(nil), (*ast.RangeStmt)(nil)) {
			if !yield(cursor) {
				return
			}
		}
	}
}

// outermost returns the declared function around a place, or the outermost
// literal in a package variable's value.
func outermost(at inspector.Cursor) inspector.Cursor {
	for fn := range at.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		at = fn
	}
	return at
}

// assignedValue returns where the value of an assignment comes from: what is
// written on its right side, or what a loop ranges over.
func assignedValue(cursor inspector.Cursor, set match.Assignment) ast.Expr {
	if loop, ok := cursor.Node().(*ast.RangeStmt); ok {
		return loop.X
	}
	return set.Right
}

func (t *tracer) assignsInput(cursor inspector.Cursor, v *types.Var) bool {
	for _, set := range match.Assignments(cursor.Node()) {
		if match.LocalVar(t.c.info, set.Left) != v {
			continue
		}
		value := assignedValue(cursor, set)
		if _, ok := cursor.Node().(*ast.RangeStmt); ok && t.element(value, cursor) || value != nil && t.isInput(value, cursor) {
			return true
		}
	}
	return false
}

// paramIndex returns the index of the parameter that v is, -1 for the
// receiver and for variables that aren't parameters.
func (c *checker) paramIndex(decl *ast.FuncDecl, v *types.Var) int {
	index := 0
	for _, field := range decl.Type.Params.List {
		for _, id := range field.Names {
			if c.info.Defs[id] == v {
				return index
			}
			index++
		}
		if len(field.Names) == 0 {
			index++
		}
	}
	return -1
}

// paramInput reports whether a caller may pass input: one in another
// package, or one in this package that is seen to.
func (t *tracer) paramInput(decl *ast.FuncDecl, index int) bool {
	fn, ok := t.c.info.Defs[decl.Name].(*types.Func)
	if !ok {
		return false
	}
	if fn.Exported() {
		return true
	}
	calls, _ := t.c.callers(fn)
	for _, call := range calls {
		args := call.Node().(*ast.CallExpr).Args
		if index < len(args) && t.isInput(args[index], call) {
			return true
		}
	}
	return false
}
