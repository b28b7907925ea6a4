package hotalloc

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// builtOnce finds what is built from constants alone, so that each call
// builds the same:
//
//	re := regexp.MustCompile(`^\d+$`)
func (j *judge) builtOnce(call *ast.CallExpr, fn *types.Func, _ []ast.Node) (report.Finding, bool) {
	what := model.BuiltOnce(fn)
	if what == "" || len(call.Args) == 0 {
		return report.Finding{}, false
	}
	for _, arg := range call.Args {
		if j.info.Types[arg].Value == nil {
			return report.Finding{}, false
		}
	}
	return report.Finding{
		Range:   call,
		Message: j.text(call.Fun) + " builds the same " + what + " anew on a hot path: a package variable is built once",
		Fixes:   j.hoistToPackage(call, fn, what),
	}, true
}

// hoistToPackage makes a package variable of the call, in front of its
// function. Calls that return an error, too, and arguments with names from
// the function, stay.
func (j *judge) hoistToPackage(call *ast.CallExpr, fn *types.Func, what string) []analysis.SuggestedFix {
	if fn.Signature().Results().Len() != 1 || j.namesLocals(call) {
		return nil
	}
	decl := j.region.Decl
	name := strings.ToLower(decl.Name.Name[:1]) + decl.Name.Name[1:] + strings.ToUpper(what[:1]) + what[1:]
	scope := j.pass.Pkg.Scope().Innermost(call.Pos())
	if scope == nil {
		return nil
	}
	if _, taken := scope.LookupParent(name, 0); taken != nil || j.hoisted(decl, call, fn) {
		return nil
	}
	before := decl.Pos()
	if decl.Doc != nil {
		before = decl.Doc.Pos()
	}
	text := "var " + name + " = " + edit.Source(j.pass, call) + "\n\n"
	return []analysis.SuggestedFix{edit.Fix("Build it once, in the package variable "+name, edit.Insert(before, text), edit.Replace(call, name))}
}

// hoisted reports whether the function holds another such call, whose
// variable would get the same name.
func (j *judge) hoisted(decl *ast.FuncDecl, call *ast.CallExpr, fn *types.Func) bool {
	other := false
	ast.Inspect(decl, func(n ast.Node) bool {
		another, ok := n.(*ast.CallExpr)
		if ok && another != call {
			selector, isSelector := another.Fun.(*ast.SelectorExpr)
			other = other || isSelector && j.info.Uses[selector.Sel] != nil &&
				j.info.Uses[selector.Sel].Pkg() == fn.Pkg() && model.BuiltOnce(funcOf(j.info.Uses[selector.Sel])) != ""
		}
		return !other
	})
	return other
}

func funcOf(obj types.Object) *types.Func {
	fn, _ := obj.(*types.Func)
	return fn
}

// namesLocals reports whether the expression names a constant of the function.
func (j *judge) namesLocals(e ast.Expr) bool {
	local := false
	ast.Inspect(e, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			obj := j.info.Uses[id]
			local = local || obj != nil && obj.Pkg() == j.pass.Pkg && obj.Parent() != j.pass.Pkg.Scope() && !isPackageName(obj)
		}
		return !local
	})
	return local
}

func isPackageName(obj types.Object) bool {
	_, ok := obj.(*types.PkgName)
	return ok
}
