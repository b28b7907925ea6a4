package hotalloc

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// sorters maps the functions of package sort that work by reflection to those
// of package slices that don't.
var sorters = map[string]string{"sort.Slice": "SortFunc", "sort.SliceStable": "SortStableFunc"}

// sorted finds sort.Slice: it boxes the slice, makes a swapper by reflection
// and calls both for each step.
func (j *judge) sorted(call *ast.CallExpr, fn *types.Func, _ []ast.Node) (report.Finding, bool) {
	name := sorters[model.Key(fn)]
	if name == "" || len(call.Args) != 2 || match.VersionBefore(j.pass, call.Pos(), "go1.21") {
		return report.Finding{}, false
	}
	return report.Finding{
		Range:   call.Fun,
		Message: j.text(call.Fun) + " boxes its slice and swaps by reflection on a hot path: slices." + name + " does neither",
		Fixes:   j.byCompare(call, name),
	}, true
}

// byCompare rewrites the simplest of orders: by an element or by one field.
//
//	func(i, j int) bool { return x[i].f < x[j].f }
func (j *judge) byCompare(call *ast.CallExpr, name string) []analysis.SuggestedFix {
	less, ok := call.Args[1].(*ast.FuncLit)
	slice, isSlice := j.info.TypeOf(call.Args[0]).Underlying().(*types.Slice)
	if !ok || !isSlice || len(less.Body.List) != 1 {
		return nil
	}
	ret, ok := less.Body.List[0].(*ast.ReturnStmt)
	if !ok || len(ret.Results) != 1 {
		return nil
	}
	order, ok := ret.Results[0].(*ast.BinaryExpr)
	if !ok || order.Op != token.LSS && order.Op != token.GTR {
		return nil
	}
	params := paramNames(less)
	left, ok1 := j.keyOf(order.X, call.Args[0], params, 0)
	right, ok2 := j.keyOf(order.Y, call.Args[0], params, 1)
	basic, isBasic := j.info.TypeOf(order.X).Underlying().(*types.Basic)
	if !ok1 || !ok2 || left != right || !isBasic || basic.Info()&(types.IsInteger|types.IsString) == 0 {
		return nil
	}
	return j.compareFix(call, name, slice.Elem(), left, order.Op == token.GTR)
}

func paramNames(lit *ast.FuncLit) []string {
	var names []string
	for _, field := range lit.Type.Params.List {
		for _, name := range field.Names {
			names = append(names, name.Name)
		}
	}
	return names
}

// keyOf returns the ".f" of x[i].f, where x is the slice and i the parameter.
func (j *judge) keyOf(e, slice ast.Expr, params []string, which int) (string, bool) {
	key := ""
	for {
		switch x := e.(type) {
		case *ast.SelectorExpr:
			key = "." + x.Sel.Name + key
			e = x.X
			continue
		case *ast.IndexExpr:
			id, ok := x.Index.(*ast.Ident)
			return key, ok && len(params) == 2 && id.Name == params[which] && types.ExprString(x.X) == types.ExprString(slice)
		}
		return "", false
	}
}

func (j *judge) compareFix(call *ast.CallExpr, name string, elem types.Type, key string, descending bool) []analysis.SuggestedFix {
	at, ok := j.root.FindNode(call)
	if !ok {
		return nil
	}
	typeName, ok := j.typeText(elem)
	slicesName, edits1, ok1 := edit.Import(j.pass, at, "slices")
	cmpName, edits2, ok2 := edit.Import(j.pass, at, "cmp")
	if !ok || !ok1 || !ok2 {
		return nil
	}
	first, second := "a"+key, "b"+key
	if descending {
		first, second = second, first
	}
	text := slicesName + "." + name + "(" + edit.Source(j.pass, call.Args[0]) + ", func(a, b " + typeName + ") int { return " +
		cmpName + ".Compare(" + first + ", " + second + ") })"
	return []analysis.SuggestedFix{edit.Fix("Sort with slices."+name, merged(edits2, edits1, edit.Replace(call, text))...)}
}

// merged joins edits; two that insert at one place become one.
func merged(first, second []analysis.TextEdit, last analysis.TextEdit) []analysis.TextEdit {
	if len(first) == 1 && len(second) == 1 && first[0].Pos == second[0].Pos {
		first[0].NewText = append(first[0].NewText, second[0].NewText...)
		second = nil
	}
	return append(append(first, second...), last)
}

// typeText writes a type by names that the file surely knows: basic types and
// the package's own.
func (j *judge) typeText(t types.Type) (string, bool) {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		return t.Name(), true
	case *types.Pointer:
		text, ok := j.typeText(t.Elem())
		return "*" + text, ok
	case *types.Named:
		return t.Obj().Name(), t.Obj().Parent() == j.pass.Pkg.Scope() && t.TypeArgs().Len() == 0
	}
	return "", false
}
