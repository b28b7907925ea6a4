package panicmisuse

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
)

// A unit is the function that could return an error instead of panicking: a
// declared function, or a function literal that somebody else calls. A
// literal that is called where it stands or deferred is part of the function
// around it.
type unit struct {
	cursor   inspector.Cursor
	decl     *ast.FuncDecl // around the unit; nil in a package variable's value
	lit      *ast.FuncLit  // the unit itself, nil for a declared function
	deferred bool          // the site stands in a deferred literal of the unit
	spawned  bool          // the unit is the literal of a go statement
	typ      *ast.FuncType
	sig      *types.Signature
	body     *ast.BlockStmt // nil when there is no unit: a package variable's value
}

func (c *checker) unitOf(site inspector.Cursor) unit {
	var u unit
	for cursor := range site.Enclosing((*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		switch fn := cursor.Node().(type) {
		case *ast.FuncDecl:
			u.decl = fn
			if u.lit == nil {
				u.cursor, u.typ, u.body, u.sig = cursor, fn.Type, fn.Body, c.info.Defs[fn.Name].Type().(*types.Signature)
			}
		case *ast.FuncLit:
			if u.lit == nil && !u.absorbs(cursor) {
				u.cursor, u.lit, u.typ, u.body, u.sig = cursor, fn, fn.Type, fn.Body, c.info.TypeOf(fn).(*types.Signature)
			}
		}
	}
	return u
}

// absorbs reports whether a literal is part of the function around it, and
// notes how the literal is called.
func (u *unit) absorbs(lit inspector.Cursor) bool {
	if lit.ParentEdgeKind() != edge.CallExpr_Fun {
		return false
	}
	switch lit.Parent().ParentEdgeKind() {
	case edge.GoStmt_Call:
		u.spawned = true
		return false
	case edge.DeferStmt_Call:
		u.deferred = true
	}
	return true
}

// name is how messages call the unit.
func (u unit) name() string {
	if u.lit != nil {
		return "a function literal"
	}
	return u.decl.Name.Name
}

// object returns the declared function that the unit is or stands in, or nil.
func (c *checker) object(u unit) *types.Func {
	if u.decl == nil {
		return nil
	}
	fn, _ := c.info.Defs[u.decl.Name].(*types.Func)
	return fn
}

// callers returns the places where a declared function is called, and
// whether these are all: a function that other packages can name or that is
// used as a value has callers that aren't seen. A method counts as seen
// through its name alone when no interface can ask for it.
func (c *checker) callers(fn *types.Func) (calls []inspector.Cursor, all bool) {
	all = !fn.Exported()
	for _, use := range c.usesOf(fn) {
		if call, ok := calledAt(use); ok {
			calls = append(calls, call)
		} else {
			all = false
		}
	}
	return calls, all
}

// calledAt returns the call of which the name is the function, if it is one.
func calledAt(id inspector.Cursor) (inspector.Cursor, bool) {
	for {
		switch id.ParentEdgeKind() {
		case edge.CallExpr_Fun:
			return id.Parent(), true
		case edge.SelectorExpr_Sel, edge.IndexExpr_X, edge.IndexListExpr_X, edge.ParenExpr_X:
			id = id.Parent()
		default:
			return id, false
		}
	}
}

// usesOf returns the places, outside of tests, that name a function of the
// package.
func (c *checker) usesOf(obj types.Object) []inspector.Cursor {
	if c.uses == nil {
		c.uses = make(map[types.Object][]inspector.Cursor)
		for file := range c.librarySource() {
			for cursor := range file.Preorder((*ast.Ident)(nil)) {
				if fn, ok := c.info.Uses[cursor.Node().(*ast.Ident)].(*types.Func); ok && fn.Pkg() == c.pass.Pkg {
					c.uses[fn.Origin()] = append(c.uses[fn.Origin()], cursor)
				}
			}
		}
	}
	return c.uses[obj]
}
