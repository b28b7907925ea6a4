package hotpointer

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"github.com/goconclint/goconclint/passes/internal/hotness"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// interfacePointers reports parameters of hot functions that point to an
// interface, are only read, and are given the address of a local variable in
// each call: the interface itself does, with a load less at each use. A call
// by go or defer may be meant to see a later value, so there is none.
func (j *judge) interfacePointers(region hotness.Region) []report.Finding {
	fn, ok := j.pass.TypesInfo.Defs[region.Decl.Name].(*types.Func)
	if !ok || !region.Whole() || fn.Exported() || fn.Signature().Recv() != nil || fn.Signature().TypeParams().Len() > 0 {
		return nil
	}
	var found []report.Finding
	for i := range fn.Signature().Params().Len() {
		param := fn.Signature().Params().At(i)
		elem := pointee(param.Type())
		if elem == nil || !types.IsInterface(elem) || fn.Signature().Variadic() {
			continue
		}
		if j.onlyDereferenced(region.Decl, param) && j.givenLocals(fn, i) {
			span := report.Span{From: param.Pos(), To: param.Pos() + token.Pos(len(param.Name()))}
			found = append(found, report.Finding{
				Range: span,
				Message: fmt.Sprintf("%s is a *%s, to an interface that is only read, on a hot path: one more load per use",
					param.Name(), j.typeString(elem)),
				Related: region.Why.Related(),
			})
		}
	}
	return found
}

// onlyDereferenced reports whether each use of the parameter is a *p that is
// read, outside function literals.
func (j *judge) onlyDereferenced(decl *ast.FuncDecl, param *types.Var) bool {
	uses, all := 0, true
	var above []ast.Node
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		if n == nil {
			above = above[:len(above)-1]
			return true
		}
		if _, literal := n.(*ast.FuncLit); literal && match.Mentions(j.pass.TypesInfo, n, param) {
			all = false
		}
		if id, ok := n.(*ast.Ident); ok && j.pass.TypesInfo.Uses[id] == param {
			uses++
			star, ok := above[len(above)-1].(*ast.StarExpr)
			all = all && ok && valueRead(j.pass.TypesInfo, star, above[:len(above)-1])
		}
		above = append(above, n)
		return all
	})
	return all && uses > 0
}

// givenLocals reports whether each use of the function is a plain call with
// the address of a local variable at the index.
func (j *judge) givenLocals(fn *types.Func, index int) bool {
	calls, all := 0, true
	for _, file := range j.pass.Files {
		var above []ast.Node
		ast.Inspect(file, func(n ast.Node) bool {
			if n == nil {
				above = above[:len(above)-1]
				return true
			}
			if id, ok := n.(*ast.Ident); ok && j.pass.TypesInfo.Uses[id] == fn {
				calls++
				all = all && j.givesLocal(id, above, index)
			}
			above = append(above, n)
			return all
		})
	}
	return all && calls > 0
}

func (j *judge) givesLocal(id *ast.Ident, above []ast.Node, index int) bool {
	call, ok := above[len(above)-1].(*ast.CallExpr)
	if !ok || call.Fun != id || index >= len(call.Args) {
		return false
	}
	switch above[len(above)-2].(type) {
	case *ast.GoStmt, *ast.DeferStmt:
		return false
	}
	address, ok := ast.Unparen(call.Args[index]).(*ast.UnaryExpr)
	return ok && match.LocalVar(j.pass.TypesInfo, address.X) != nil
}
