package hotpointer

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// A holding follows one slice or map v through all its uses: a local variable
// in its function, an unexported field or package variable in the package.
// It holds when v does nothing but take elements in, hand them to be read,
// and be measured, cut and ordered:
//
//	v = append(v, E)    v[i] = E    v = []E{…}    v = make(…)    v = v[:n]
//	for _, e := range v    e := v[i]    e, ok := v[k]
//	len(v)    delete(v, k)    v[i], v[j] = v[j], v[i]    sort.Slice(v, func…)
//
// Any other use breaks it: v may be known elsewhere. What may be taken in,
// and what may be done with an element, is for its contents to say.
type holding struct {
	pass     *analysis.Pass
	v        *types.Var
	contents contents
	elements []*types.Var // local variables that are given an element
}

// contents judge the elements of a holding. Ancestors are given outermost
// first.
type contents interface {
	// taken judges an expression that becomes an element.
	taken(e ast.Expr, above []ast.Node) bool
	// read judges a use of an expression for an element.
	read(e ast.Expr, above []ast.Node) bool
	// used judges a use of a variable that is given an element.
	used(id *ast.Ident, above []ast.Node) bool
	// typed sees the type of v as it is written.
	typed(e ast.Expr) bool
}

// holds reports whether the rule holds for each use.
func (h *holding) holds() bool {
	if types.Unalias(h.v.Type()) != h.v.Type().Underlying() || !followable(h.v) {
		return false
	}
	all := h.eachUse(h.v, h.use)
	for i := 0; all && i < len(h.elements); i++ {
		all = h.eachUse(h.elements[i], h.contents.used)
	}
	return all
}

// followable reports whether all uses of the variable are in this package.
func followable(v *types.Var) bool {
	return v != nil && !v.Embedded() && (!v.Exported() || !v.IsField() && !isPackageVar(v))
}

// eachUse asks about each identifier of the variable, its declaration
// included. Function literals may run at any time, so none stands between a
// local variable and its use, but those that order v.
func (h *holding) eachUse(v *types.Var, allowed func(id *ast.Ident, above []ast.Node) bool) bool {
	all := true
	for _, root := range h.scope(v) {
		var above []ast.Node
		ast.Inspect(root, func(n ast.Node) bool {
			if n == nil {
				above = above[:len(above)-1]
				return true
			}
			switch n := n.(type) {
			case *ast.Ident:
				all = all && (!h.isVar(n, v) || !h.leavesFunction(v, above) && allowed(n, above))
			case *ast.CompositeLit:
				all = all && !h.setsUnnamed(n, v)
			}
			above = append(above, n)
			return all
		})
	}
	return all
}

// setsUnnamed reports whether the literal sets the field by its place.
func (h *holding) setsUnnamed(lit *ast.CompositeLit, v *types.Var) bool {
	if !v.IsField() || len(lit.Elts) == 0 {
		return false
	}
	if _, keyed := lit.Elts[0].(*ast.KeyValueExpr); keyed {
		return false
	}
	t := h.pass.TypesInfo.TypeOf(lit)
	if p := pointee(t); p != nil {
		t = p
	}
	fields, ok := t.Underlying().(*types.Struct)
	return ok && slices.ContainsFunc(slices.Collect(fields.Fields()), func(f *types.Var) bool { return f.Origin() == v.Origin() })
}

// scope returns the syntax in which the variable can be named.
func (h *holding) scope(v *types.Var) []ast.Node {
	var files []ast.Node
	for _, file := range h.pass.Files {
		if v.IsField() || isPackageVar(v) {
			files = append(files, file)
			continue
		}
		for _, decl := range file.Decls {
			if decl.Pos() <= v.Pos() && v.Pos() < decl.End() {
				return []ast.Node{decl}
			}
		}
	}
	return files
}

// isVar reports whether the identifier names the variable; a field of a
// generic type is the same in all its instances.
func (h *holding) isVar(id *ast.Ident, v *types.Var) bool {
	named, ok := h.pass.TypesInfo.ObjectOf(id).(*types.Var)
	return ok && named.Origin() == v.Origin()
}

func (h *holding) leavesFunction(v *types.Var, above []ast.Node) bool {
	if v.IsField() || isPackageVar(v) {
		return false
	}
	for i, n := range above {
		lit, ok := n.(*ast.FuncLit)
		if !ok || lit.Pos() <= v.Pos() && v.Pos() < lit.End() {
			continue
		}
		if call, ok := above[i-1].(*ast.CallExpr); !ok || !h.arranges(call) {
			return true
		}
	}
	return false
}

func (h *holding) arranges(call *ast.CallExpr) bool {
	fn := typeutil.StaticCallee(h.pass.TypesInfo, call)
	return fn != nil && model.Arranges(fn)
}

// use judges one use of v.
func (h *holding) use(id *ast.Ident, above []ast.Node) bool {
	var v ast.Expr = id
	parent := above[len(above)-1]
	if selector, ok := parent.(*ast.SelectorExpr); ok && selector.Sel == id {
		v, above = selector, above[:len(above)-1]
		parent = above[len(above)-1]
	}
	switch parent := parent.(type) {
	case *ast.Field:
		return h.v.IsField() && h.contents.typed(parent.Type)
	case *ast.KeyValueExpr:
		return parent.Key == v && h.v.IsField() && h.container(parent.Value, above)
	case *ast.ValueSpec:
		alone := parent.Type == nil || len(parent.Names) == 1
		return alone && h.contents.typed(parent.Type) && h.set(v, parent, above)
	case *ast.AssignStmt:
		return h.set(v, parent, above)
	case *ast.CallExpr:
		return h.measured(parent) || h.ordered(v, parent) || h.setsItself(above)
	case *ast.IndexExpr:
		return parent.X == v && h.slot(parent, above[:len(above)-1])
	case *ast.SliceExpr:
		return parent.X == v && h.setsItself(above)
	case *ast.RangeStmt:
		return parent.X == v && h.give(parent.Value, parent.Tok)
	case *ast.BinaryExpr:
		return true // v == nil
	}
	return false
}
