package hotpointer

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
)

// pointers are the contents of a holding that could as well hold values: each
// is made for it, and only read:
//
//	v = append(v, &T{…})    p := &T{…}; v = append(v, p)
//	p.field    *p    p.ValueMethod()
//
// On the way they collect the edits that make values of the pointers.
type pointers struct {
	*holding
	added map[*types.Var]bool // variables whose pointer is put into v
	edits []analysis.TextEdit
	noFix bool // the edits aren't known
}

// holdPointers judges the variable, a slice or map of pointers.
func holdPointers(pass *analysis.Pass, v *types.Var) (fixes []analysis.SuggestedFix, ok bool) {
	p := &pointers{holding: &holding{pass: pass, v: v}, added: make(map[*types.Var]bool)}
	p.contents = p
	if elemPointee(v.Type()) == nil || !p.holds() {
		return nil, false
	}
	if p.noFix || v.IsField() || isPackageVar(v) {
		return nil, true
	}
	return []analysis.SuggestedFix{edit.Fix("Hold values in "+v.Name()+" instead of pointers", p.edits...)}, true
}

// typed makes []T of []*T, and map[K]T of map[K]*T. A type that isn't written
// needs no edit.
func (p *pointers) typed(e ast.Expr) bool {
	var elem ast.Expr
	switch e := ast.Unparen(e).(type) {
	case nil:
		return true
	case *ast.ArrayType:
		elem = e.Elt
	case *ast.MapType:
		elem = e.Value
	}
	star, ok := elem.(*ast.StarExpr)
	if ok {
		p.delete(star.Star)
	}
	return ok // else a type with a name
}

func (p *pointers) taken(e ast.Expr, above []ast.Node) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.CompositeLit:
		return true // in v's own literal, the & left out
	case *ast.UnaryExpr:
		_, literal := ast.Unparen(e.X).(*ast.CompositeLit)
		p.noFix = p.noFix || inHeader(above)
		p.delete(e.OpPos)
		return literal && e.Op == token.AND
	case *ast.CallExpr:
		return builtinName(p.pass.TypesInfo, e) == "new" && p.renew(e, above)
	case *ast.Ident:
		v := match.LocalVar(p.pass.TypesInfo, e)
		if v == nil || p.added[v] || slices.Contains(p.elements, v) {
			return false // nil, or put in twice
		}
		p.added[v] = true
		p.elements = append(p.elements, v)
		return true
	}
	return false
}

// renew makes T{} of new(T), and x of new(x).
func (p *pointers) renew(call *ast.CallExpr, above []ast.Node) bool {
	arg := call.Args[0]
	text := edit.Source(p.pass, arg)
	if p.pass.TypesInfo.Types[arg].IsType() {
		switch p.pass.TypesInfo.TypeOf(arg).Underlying().(type) {
		case *types.Struct, *types.Array:
			text += "{}"
			p.noFix = p.noFix || inHeader(above)
		default:
			p.noFix = true
		}
	}
	p.edits = append(p.edits, edit.Replace(call, text))
	return true
}

func (p *pointers) used(id *ast.Ident, above []ast.Node) bool {
	v, _ := p.pass.TypesInfo.ObjectOf(id).(*types.Var)
	parent := above[len(above)-1]
	switch {
	case p.pass.TypesInfo.Defs[id] == nil:
		return p.added[v] && p.goesIn(id, parent) || p.read(id, above)
	case p.added[v]:
		return p.initialised(id, parent, above)
	}
	field, ok := parent.(*ast.Field)
	return !ok || p.parameter(field)
}

// initialised judges the declaration of a variable whose pointer is put into
// v: it is given one that is made there.
func (p *pointers) initialised(id *ast.Ident, parent ast.Node, above []ast.Node) bool {
	if spec, ok := parent.(*ast.ValueSpec); ok && spec.Type != nil {
		return false
	}
	for _, set := range match.Assignments(parent) {
		if _, variable := set.Right.(*ast.Ident); set.Left == id && set.Right != nil && !variable {
			return p.taken(set.Right, above)
		}
	}
	return false
}

// parameter makes func(a, b T) of func(a, b *T), once for its names.
func (p *pointers) parameter(field *ast.Field) bool {
	star, ok := field.Type.(*ast.StarExpr)
	if !ok {
		return false
	}
	deletion := deletionOf(star.Star)
	if !slices.ContainsFunc(p.edits, func(e analysis.TextEdit) bool { return e.Pos == deletion.Pos }) {
		p.edits = append(p.edits, deletion)
	}
	return true
}

// goesIn reports whether the use of a variable is the one that puts its
// pointer into v.
func (p *pointers) goesIn(id *ast.Ident, parent ast.Node) bool {
	switch parent := parent.(type) {
	case *ast.CallExpr:
		return builtinName(p.pass.TypesInfo, parent) == "append" && p.isHolder(parent.Args[0]) && parent.Args[0] != id
	case *ast.AssignStmt:
		for _, set := range match.Assignments(parent) {
			if set.Right == id {
				return p.isSlot(set.Left)
			}
		}
	}
	return false
}

// read: what the pointer points to may be read, whole or in part, and
// methods called that get a copy of it.
func (p *pointers) read(pointer ast.Expr, above []ast.Node) bool {
	parent := above[len(above)-1]
	above = above[:len(above)-1]
	switch parent := parent.(type) {
	case *ast.ParenExpr:
		return p.read(parent, above)
	case *ast.StarExpr:
		p.delete(parent.Star)
		return valueRead(p.pass.TypesInfo, parent, above)
	case *ast.SelectorExpr:
		return selectionRead(p.pass.TypesInfo, parent, above)
	case *ast.IndexExpr: // of an array
		return parent.X == pointer && valueRead(p.pass.TypesInfo, parent, above)
	case *ast.RangeStmt:
		return parent.X == pointer
	}
	return false
}

func (p *pointers) delete(pos token.Pos) { p.edits = append(p.edits, deletionOf(pos)) }

// deletionOf removes a one-character operator.
func deletionOf(pos token.Pos) analysis.TextEdit { return analysis.TextEdit{Pos: pos, End: pos + 1} }

// inHeader reports whether the statement stands in the header of another,
// where a literal needs parentheses.
func inHeader(above []ast.Node) bool {
	for _, n := range slices.Backward(above) {
		switch n.(type) {
		case *ast.BlockStmt, *ast.CaseClause, *ast.CommClause:
			return false
		case *ast.IfStmt, *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt:
			return true
		}
	}
	return false
}
