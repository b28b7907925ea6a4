package slicearray

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/edit"
)

// structValues returns the structs that the package handles other than by
// pointer: a type that stands anywhere but behind a *, in the literal of &T{…}
// or as what a method belongs to.
func structValues(pass *analysis.Pass, root inspector.Cursor) map[*types.TypeName]bool {
	valued := make(map[*types.TypeName]bool)
	for cursor := range root.Preorder((*ast.Ident)(nil)) {
		owner, ok := pass.TypesInfo.Uses[cursor.Node().(*ast.Ident)].(*types.TypeName)
		if !ok || owner.Pkg() != pass.Pkg {
			continue
		}
		switch parent := cursor.Parent().Node().(type) {
		case *ast.StarExpr:
			continue // *T, of a type or parameter
		case *ast.CompositeLit:
			if address, ok := cursor.Parent().Parent().Node().(*ast.UnaryExpr); ok && parent.Type == cursor.Node() && address.Op == token.AND {
				continue
			}
		}
		valued[owner] = true
	}
	for cursor := range root.Preorder((*ast.StarExpr)(nil)) {
		// *p reads or sets the whole struct.
		star := cursor.Node().(*ast.StarExpr)
		if named, ok := types.Unalias(pass.TypesInfo.TypeOf(star)).(*types.Named); ok && !pass.TypesInfo.Types[star].IsType() {
			if _, selected := cursor.Parent().Node().(*ast.ParenExpr); !selected {
				valued[named.Obj()] = true
			}
		}
	}
	return valued
}

// made judges a literal of a struct: it must make all the fields in question.
func made(pass *analysis.Pass, cursor inspector.Cursor, order []*candidate) {
	literal := cursor.Node().(*ast.CompositeLit)
	named, ok := types.Unalias(pass.TypesInfo.TypeOf(literal)).(*types.Named)
	if !ok {
		return
	}
	for _, c := range order {
		if c.owner == named.Obj() && !c.madeBy(literal) {
			c.no = true
		}
	}
}

// madeBy reports whether the literal gives the field a slice of the one
// length.
func (c *candidate) madeBy(literal *ast.CompositeLit) bool {
	for _, element := range literal.Elts {
		pair, ok := element.(*ast.KeyValueExpr)
		if !ok {
			return false
		}
		if id, ok := pair.Key.(*ast.Ident); ok && c.pass.TypesInfo.Uses[id] == c.field {
			return c.make(pair.Value)
		}
	}
	return false
}

func (c *candidate) make(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok || len(call.Args) != 2 {
		return false
	}
	builtin, ok := typeutil.Callee(c.pass.TypesInfo, call).(*types.Builtin)
	value := c.pass.TypesInfo.Types[call.Args[1]].Value
	if !ok || builtin.Name() != "make" || value == nil {
		return false
	}
	length, exact := constant.Int64Val(constant.ToInt(value))
	if !exact || length <= 0 || c.length != 0 && c.length != length {
		return false
	}
	c.length = length
	array, ok := call.Args[0].(*ast.ArrayType)
	if !ok {
		return false
	}
	c.edits = append(c.edits,
		analysis.TextEdit{Pos: call.Pos(), End: array.Lbrack + 1, NewText: []byte("[" + edit.Print(c.pass.Fset, call.Args[1]))},
		analysis.TextEdit{Pos: array.End(), End: call.End(), NewText: []byte("{}")})
	return true
}

// used judges one use of the field outside of literals.
func (c *candidate) used(cursor inspector.Cursor) {
	selector, ok := cursor.Parent().Node().(*ast.SelectorExpr)
	if !ok {
		if pair, ok := cursor.Parent().Node().(*ast.KeyValueExpr); !ok || pair.Key != cursor.Node() {
			c.no = true
		}
		return
	}
	switch parent := cursor.Parent().Parent().Node().(type) {
	case *ast.IndexExpr:
		if parent.X == selector {
			return
		}
	case *ast.RangeStmt:
		if parent.X == selector && parent.Value == nil {
			return // the value would be of a copy of the array
		}
		if parent.X == selector {
			c.sliced(selector)
			return
		}
	case *ast.SliceExpr:
		if parent.X == selector && !parent.Slice3 && c.passed(cursor.Parent().Parent()) {
			return
		}
	case *ast.CallExpr:
		if c.argument(parent, selector) {
			return
		}
	}
	c.no = true
}

// passed reports whether a slice of the field is only an argument, for the
// time of the call.
func (c *candidate) passed(slice inspector.Cursor) bool {
	call, ok := slice.Parent().Node().(*ast.CallExpr)
	if !ok {
		return false
	}
	switch callee := typeutil.Callee(c.pass.TypesInfo, call).(type) {
	case *types.Builtin:
		return callee.Name() != "append" || call.Args[0] != slice.Node()
	case *types.Func:
		return true
	}
	return c.pass.TypesInfo.Types[call.Fun].IsType()
}

// argument judges the whole field as an argument: len stays, others get a
// slice of the array.
func (c *candidate) argument(call *ast.CallExpr, selector *ast.SelectorExpr) bool {
	switch callee := typeutil.Callee(c.pass.TypesInfo, call).(type) {
	case *types.Builtin:
		switch callee.Name() {
		case "len", "cap":
			return true
		case "copy":
			c.sliced(selector)
			return true
		}
	case *types.Func:
		if call.Fun != selector {
			c.sliced(selector)
			return true
		}
	}
	return false
}

func (c *candidate) sliced(selector *ast.SelectorExpr) {
	c.edits = append(c.edits, edit.Insert(selector.End(), "[:]"))
}
