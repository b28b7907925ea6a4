package hotpointer

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/match"
)

// measured reports whether the call is one of len(v), clear(v) and so on.
func (h *holding) measured(call *ast.CallExpr) bool {
	switch builtinName(h.pass.TypesInfo, call) {
	case "len", "cap", "clear", "delete":
		return true
	}
	return false
}

// ordered judges sort.Slice(v, func(i, j int) bool { … }) and functions like
// it, whose own functions may be given two elements.
func (h *holding) ordered(v ast.Expr, call *ast.CallExpr) bool {
	if !h.arranges(call) || call.Args[0] != v || handsOut(h.pass.TypesInfo.TypeOf(call)) {
		return false
	}
	for _, arg := range call.Args[1:] {
		lit, ok := ast.Unparen(arg).(*ast.FuncLit)
		if ok {
			h.giveParameters(lit.Type.Params)
			continue
		}
		sig, ok := h.pass.TypesInfo.TypeOf(arg).Underlying().(*types.Signature)
		if ok && handsOut(sig.Params()) {
			return false
		}
	}
	return true
}

// handsOut reports whether a result, or parameters, can hold elements: they
// aren't all numbers, flags and strings.
func handsOut(t types.Type) bool {
	return reach{hidden: true}.find(t, func(part types.Type) bool {
		_, basic := part.Underlying().(*types.Basic)
		_, tuple := part.(*types.Tuple)
		return !basic && !tuple
	})
}

func (h *holding) giveParameters(params *ast.FieldList) {
	for _, field := range params.List {
		for _, name := range field.Names {
			p, ok := h.pass.TypesInfo.Defs[name].(*types.Var)
			if ok && handsOut(p.Type()) {
				h.elements = append(h.elements, p)
			}
		}
	}
}

// setsItself reports whether the use of v is, in the end, what v is set to:
// v = append(v[:n], …).
func (h *holding) setsItself(above []ast.Node) bool {
	for i := len(above) - 1; i >= 0; i-- {
		switch n := above[i].(type) {
		case *ast.SliceExpr, *ast.ParenExpr:
		case *ast.CallExpr:
			if builtinName(h.pass.TypesInfo, n) != "append" {
				return false
			}
		case *ast.AssignStmt:
			for _, set := range match.Assignments(n) {
				if set.Right == above[i+1] {
					return h.isHolder(set.Left)
				}
			}
			return false
		default:
			return false
		}
	}
	return false
}

// isHolder reports whether the expression is v, or a part of v.
func (h *holding) isHolder(e ast.Expr) bool {
	v := variableOf(h.pass.TypesInfo, unsliced(e))
	return v != nil && v.Origin() == h.v.Origin()
}

// isSlot reports whether the expression is an element of v.
func (h *holding) isSlot(e ast.Expr) bool {
	index, ok := ast.Unparen(e).(*ast.IndexExpr)
	return ok && h.isHolder(index.X)
}

// variableOf returns the variable or field that an expression names, or nil.
func variableOf(info *types.Info, e ast.Expr) *types.Var {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		v, _ := info.ObjectOf(e).(*types.Var)
		return v
	case *ast.SelectorExpr:
		v, _ := info.Uses[e.Sel].(*types.Var)
		return v
	}
	return nil
}

func builtinName(info *types.Info, call *ast.CallExpr) string {
	if builtin, ok := typeutil.Callee(info, call).(*types.Builtin); ok {
		return builtin.Name()
	}
	return ""
}
