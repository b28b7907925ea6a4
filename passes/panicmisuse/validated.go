package panicmisuse

import (
	"go/ast"
	"go/types"
	"regexp"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"
)

// checks finds the names of functions that judge the form of a text.
var checks = regexp.MustCompile(`(?i)valid|legal|ident|well_?formed|match|verify|sanitize`)

// checked reports whether the code turns away what is malformed before it
// goes on with a variable or field: an if statement hands it to a function
// that judges the form of texts, and leaves. For a field that may happen
// anywhere in the package, for a variable in the function around the place.
//
//	if !isIdentifier(spec.name) {
//		return fmt.Errorf("%q is no identifier", spec.name)
//	}
func (c *checker) checked(v *types.Var, at inspector.Cursor) bool {
	if v.IsField() {
		for file := range c.librarySource() {
			if c.checkedWithin(file, v) {
				return true
			}
		}
		return false
	}
	for fn := range at.Enclosing((*ast.FuncDecl)(nil)) {
		return c.checkedWithin(fn, v)
	}
	return false
}

func (c *checker) checkedWithin(scope inspector.Cursor, v *types.Var) bool {
	for cursor := range scope.Preorder((*ast.IfStmt)(nil)) {
		branch := cursor.Node().(*ast.IfStmt)
		if leaves(branch.Body) && (branch.Init != nil && c.judgesForm(branch.Init, v) || c.judgesForm(branch.Cond, v)) {
			return true
		}
	}
	return false
}

// judgesForm reports whether a node hands the variable to such a function.
func (c *checker) judgesForm(n ast.Node, v *types.Var) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || found {
			return !found
		}
		fn, ok := typeutil.Callee(c.info, call).(*types.Func)
		if !ok || !checks.MatchString(fn.Name()) {
			return true
		}
		for _, arg := range call.Args {
			found = found || c.is(arg, v)
		}
		return !found
	})
	return found
}

// is reports whether an expression is the variable, or the field in an object.
func (c *checker) is(e ast.Expr, v *types.Var) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return c.info.Uses[e] == v
	case *ast.SelectorExpr:
		field, ok := c.info.Uses[e.Sel].(*types.Var)
		return ok && field.Origin() == v.Origin()
	}
	return false
}

// leaves reports whether a block ends by leaving what is around it.
func leaves(block *ast.BlockStmt) bool {
	if len(block.List) == 0 {
		return false
	}
	switch block.List[len(block.List)-1].(type) {
	case *ast.ReturnStmt, *ast.BranchStmt:
		return true
	}
	return false
}
