package hotpointer

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/hotness"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// boxings reports values that hot code puts into interfaces that are known
// to live on the heap: those of library containers, and the elements of a
// slice or map that only ever holds this one type and so needs no interface.
// Conversions for a call may stay on the stack, or be the price of an API.
func (j *judge) boxings(region hotness.Region) []report.Finding {
	var found []report.Finding
	region.Inspect(func(n ast.Node, _ []ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if fn := typeutil.StaticCallee(j.pass.TypesInfo, n); fn != nil {
				found = append(found, j.libraryBox(region, n, fn)...)
			} else if builtinName(j.pass.TypesInfo, n) == "append" && n.Ellipsis == token.NoPos {
				for _, arg := range n.Args[1:] {
					found = append(found, j.elementBox(region, arg, unsliced(n.Args[0]))...)
				}
			}
		case *ast.AssignStmt:
			for _, set := range match.Assignments(n) {
				if index, ok := ast.Unparen(set.Left).(*ast.IndexExpr); ok && set.Right != nil {
					found = append(found, j.elementBox(region, set.Right, index.X)...)
				}
			}
		}
		return true
	})
	return found
}

func (j *judge) libraryBox(region hotness.Region, call *ast.CallExpr, fn *types.Func) []report.Finding {
	i := model.Boxes(fn)
	if i < 0 || i >= len(call.Args) || !j.boxAllocates(call.Args[i]) {
		return nil
	}
	t := j.pass.TypesInfo.TypeOf(call.Args[i])
	return []report.Finding{{
		Range: call.Args[i],
		Message: fmt.Sprintf("%s boxes %s values of %d bytes on a hot path: one allocation per %s",
			edit.Print(j.pass.Fset, call.Fun), j.typeString(t), j.pass.TypesSizes.Sizeof(t), boxUnit(t, "call")),
		Related: region.Why.Related(),
	}}
}

func (j *judge) elementBox(region hotness.Region, value, holder ast.Expr) []report.Finding {
	v := variableOf(j.pass.TypesInfo, holder)
	if v == nil || !hasInterfaceElements(v.Type()) || !j.boxAllocates(value) || !holdsOneType(j, v) {
		return nil
	}
	t := j.pass.TypesInfo.TypeOf(value)
	return []report.Finding{{
		Range:   value,
		Subject: v,
		Message: fmt.Sprintf("%s is a %s that holds only %s, boxed on a hot path: one allocation per %s",
			edit.Print(j.pass.Fset, holder), j.typeString(v.Type()), j.typeString(t), boxUnit(t, "element")),
		Related: region.Why.Related(),
	}}
}

// boxAllocates reports whether putting the value in an interface on the heap
// takes memory: not for constants, values of one byte, and what is a pointer
// itself (runtime.convT and cmd/compile, walkConvInterface).
func (j *judge) boxAllocates(value ast.Expr) bool {
	tv := j.pass.TypesInfo.Types[value]
	if tv.Value != nil || tv.Type == nil || tv.IsNil() || !concrete(tv.Type) {
		return false
	}
	return !types.IsInterface(tv.Type) && !pointerShaped(tv.Type) && j.pass.TypesSizes.Sizeof(tv.Type) > 1
}

func pointerShaped(t types.Type) bool {
	switch t := t.Underlying().(type) {
	case *types.Pointer, *types.Chan, *types.Map, *types.Signature:
		return true
	case *types.Basic:
		return t.Kind() == types.UnsafePointer
	case *types.Struct:
		return t.NumFields() == 1 && pointerShaped(t.Field(0).Type())
	case *types.Array:
		return t.Len() == 1 && pointerShaped(t.Elem())
	}
	return false
}

// boxUnit says per what there is an allocation: the runtime keeps the numbers
// up to 255 ready.
func boxUnit(t types.Type, unit string) string {
	if basic, ok := t.Underlying().(*types.Basic); ok && basic.Info()&types.IsInteger != 0 {
		return "number above 255"
	}
	return unit
}

func hasInterfaceElements(t types.Type) bool {
	var elem types.Type
	switch t := t.Underlying().(type) {
	case *types.Slice:
		elem = t.Elem()
	case *types.Map:
		elem = t.Elem()
	default:
		return false
	}
	_, parameter := types.Unalias(elem).(*types.TypeParam)
	return types.IsInterface(elem) && !parameter
}

// boxes are the contents of a holding of interfaces that all hold one type
// and are read as that type, or by calling a method.
type boxes struct {
	*holding
	kinds []types.Type // of what is put in, and of what elements are taken for
	reads int
}

func holdsOneType(j *judge, v *types.Var) bool {
	b := &boxes{holding: &holding{pass: j.pass, v: v}}
	b.contents = b
	if !b.holds() {
		return false
	}
	for _, t := range b.kinds {
		if !types.Identical(t, b.kinds[0]) {
			return false
		}
	}
	return len(b.kinds) > 0 && b.reads > 0
}

func (b *boxes) typed(ast.Expr) bool { return true }

func (b *boxes) taken(e ast.Expr, _ []ast.Node) bool {
	t := b.pass.TypesInfo.TypeOf(e)
	if t == nil || types.IsInterface(t) || b.pass.TypesInfo.Types[e].IsNil() {
		return false
	}
	b.kinds = append(b.kinds, t)
	return true
}

func (b *boxes) used(id *ast.Ident, above []ast.Node) bool {
	return b.pass.TypesInfo.Defs[id] != nil || b.read(id, above)
}

func (b *boxes) read(_ ast.Expr, above []ast.Node) bool {
	b.reads++
	switch parent := above[len(above)-1].(type) {
	case *ast.ParenExpr:
		return b.read(parent, above[:len(above)-1])
	case *ast.TypeAssertExpr:
		if parent.Type != nil {
			b.kinds = append(b.kinds, b.pass.TypesInfo.TypeOf(parent.Type))
		}
		return parent.Type != nil
	case *ast.SelectorExpr:
		call, ok := above[len(above)-2].(*ast.CallExpr)
		return ok && call.Fun == parent
	}
	return false
}
