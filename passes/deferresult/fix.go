package deferresult

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
)

// nameResult returns the fix that makes the variable, an error, the
// function's last result. Its declaration must stand at the top of the body,
// where it can go:
//
//	var err error   // away
//	err := f()      // err = f()
//	x, err := f()   // stays: the result lives in the same scope
func (c *checker) nameResult(d *deferral, v *types.Var) []analysis.SuggestedFix {
	list := d.typ.Results.List
	last := list[len(list)-1]
	if !match.IsError(v.Type()) || !match.IsError(c.info.TypeOf(last.Type)) || c.info.Scopes[d.typ] != v.Parent() {
		return nil
	}
	var edits []analysis.TextEdit
	switch decl := c.declaration(d, v).(type) {
	case *ast.DeclStmt:
		edits = append(edits, edit.Line(c.pass, decl))
	case *ast.AssignStmt:
		if c.onlyNew(decl, v) {
			edits = append(edits, analysis.TextEdit{Pos: decl.TokPos, End: decl.TokPos + token.Pos(len(":=")), NewText: []byte("=")})
		}
	default:
		return nil
	}
	for _, field := range list[:len(list)-1] {
		edits = append(edits, edit.Insert(field.Type.Pos(), "_ "))
	}
	if d.typ.Results.Opening.IsValid() {
		edits = append(edits, edit.Insert(last.Type.Pos(), v.Name()+" "))
	} else {
		edits = append(edits, edit.Insert(last.Type.Pos(), "("+v.Name()+" "), edit.Insert(last.Type.End(), ")"))
	}
	return []analysis.SuggestedFix{edit.Fix("Make "+v.Name()+" the result", edits...)}
}

// declaration returns the statement at the top of the body that declares a
// single variable, or several by :=.
func (c *checker) declaration(d *deferral, v *types.Var) ast.Stmt {
	for _, stmt := range d.body.List {
		if v.Pos() < stmt.Pos() || stmt.End() <= v.Pos() {
			continue
		}
		switch stmt := stmt.(type) {
		case *ast.AssignStmt:
			return stmt
		case *ast.DeclStmt:
			decl := stmt.Decl.(*ast.GenDecl)
			if spec, ok := decl.Specs[0].(*ast.ValueSpec); ok && len(decl.Specs) == 1 && len(spec.Names) == 1 && len(spec.Values) == 0 {
				return stmt
			}
		}
	}
	return nil
}

// onlyNew reports whether := would declare nothing any more without the
// variable.
func (c *checker) onlyNew(assign *ast.AssignStmt, v *types.Var) bool {
	for _, left := range assign.Lhs {
		if id, ok := left.(*ast.Ident); ok && id.Name != "_" && c.info.Defs[id] != nil && c.info.Defs[id] != v {
			return false
		}
	}
	return true
}
