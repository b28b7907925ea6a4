package atomicmix

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// copies returns the copies of atomic values that go vet's copylocks doesn't
// know: what is stored through the copy is not seen in the original.
func copies(pass *analysis.Pass) []report.Finding {
	if !imports(pass, "sync/atomic") && !imports(pass, "go.uber.org/atomic") {
		return nil
	}
	var list []report.Finding
	for _, file := range pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			for _, value := range copiedBy(pass.TypesInfo, n) {
				if t := pass.TypesInfo.TypeOf(value); t != nil && atomicValue(t) && existing(pass.TypesInfo, value) && !handedOver(pass.TypesInfo, file, value) {
					list = append(list, report.Finding{
						Range: value,
						Message: fmt.Sprintf("%s is copied here: what others store in it doesn't reach the copy",
							edit.Print(pass.Fset, value)),
					})
				}
			}
			return true
		})
	}
	return list
}

// copiedBy returns the expressions whose values a node copies.
func copiedBy(info *types.Info, n ast.Node) []ast.Expr {
	switch n := n.(type) {
	case *ast.AssignStmt:
		if n.Tok == token.ASSIGN && len(n.Lhs) == 1 {
			if id, ok := n.Lhs[0].(*ast.Ident); ok && id.Name == "_" {
				return nil
			}
		}
		return n.Rhs
	case *ast.ValueSpec:
		if len(n.Names) == 1 && n.Names[0].Name == "_" {
			return nil
		}
		return n.Values
	case *ast.ReturnStmt:
		return n.Results
	case *ast.CallExpr:
		if !info.Types[n.Fun].IsType() && !isBuiltin(info, n.Fun) {
			return n.Args
		}
	case *ast.CompositeLit:
		return elements(n)
	}
	return nil
}

func isBuiltin(info *types.Info, fun ast.Expr) bool { return info.Types[ast.Unparen(fun)].IsBuiltin() }

func elements(lit *ast.CompositeLit) []ast.Expr {
	values := make([]ast.Expr, len(lit.Elts))
	for i, elt := range lit.Elts {
		if pair, ok := elt.(*ast.KeyValueExpr); ok {
			elt = pair.Value
		}
		values[i] = elt
	}
	return values
}

// atomicValue reports whether the type is one that must not be copied once
// used, by its documentation, and that copylocks takes for an ordinary one.
func atomicValue(t types.Type) bool {
	if _, isPointer := types.Unalias(t).(*types.Pointer); isPointer {
		return false
	}
	return model.UncheckedAtomic(model.TypeKey(t))
}

// existing reports whether an expression is a variable or a part of one, and
// not a new value.
func existing(info *types.Info, e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		_, ok := info.Uses[e].(*types.Var)
		return ok
	case *ast.SelectorExpr:
		_, ok := info.Uses[e.Sel].(*types.Var)
		return ok
	case *ast.StarExpr, *ast.IndexExpr:
		return true
	}
	return false
}

// handedOver reports whether a value is a variable of the function that is
// named no more behind the copy, and by no function literal: nobody can store
// in the original.
func handedOver(info *types.Info, file *ast.File, value ast.Expr) bool {
	id, ok := ast.Unparen(value).(*ast.Ident)
	if !ok {
		return false
	}
	v := match.LocalVar(info, id)
	if v == nil {
		return false
	}
	last := true
	ast.PreorderStack(file, nil, func(n ast.Node, stack []ast.Node) bool {
		use, ok := n.(*ast.Ident)
		if !ok || info.Uses[use] != types.Object(v) {
			return last
		}
		last = last && use.Pos() <= id.Pos() && !shared(stack, v)
		return last
	})
	return last
}

// shared reports whether a use of a variable takes its address, stands in a
// function literal that doesn't declare it, or in a loop that doesn't.
func shared(stack []ast.Node, v *types.Var) bool {
	if address, ok := stack[len(stack)-1].(*ast.UnaryExpr); ok && address.Op == token.AND {
		return true
	}
	for _, n := range stack {
		switch n.(type) {
		case *ast.FuncLit, *ast.ForStmt, *ast.RangeStmt:
			if v.Pos() < n.Pos() {
				return true
			}
		}
	}
	return false
}
