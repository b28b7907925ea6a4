package guardedby

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// bareWrites finds, for each idle lock, the first write of what it was
// declared for.
func bareWrites(pass *analysis.Pass, d *declared) []report.Finding {
	locks := idleLocks(pass, d)
	if len(locks) == 0 {
		return nil
	}
	uses := &bareUses{pass: pass, of: make(map[*types.Var][]bareUse)}
	for _, lock := range locks {
		for _, v := range lock.guards {
			uses.of[v] = nil
		}
	}
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Body != nil && !match.TestFile(pass, file) && !isInit(fn) {
				uses.function(fn)
			}
		}
	}
	var found []report.Finding
	for _, lock := range locks {
		if f, ok := uses.finding(lock); ok {
			found = append(found, f)
		}
	}
	return found
}

func isInit(fn *ast.FuncDecl) bool { return fn.Recv == nil && fn.Name.Name == "init" }

// bareUses are the uses of some variables by functions that didn't make the
// object to which they belong.
type bareUses struct {
	pass *analysis.Pass
	of   map[*types.Var][]bareUse
}

type bareUse struct {
	expr   ast.Expr
	fn     *ast.FuncDecl
	writes bool
}

func (u *bareUses) function(fn *ast.FuncDecl) {
	written := make(map[ast.Expr]bool)
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		for _, set := range match.Assignments(n) {
			u.markWritten(written, set.Left)
		}
		switch n := n.(type) {
		case *ast.CallExpr:
			if shrunk := match.ShrinksMap(u.pass.TypesInfo, n); shrunk != nil {
				u.markWritten(written, shrunk)
			}
		case *ast.SelectorExpr:
			if !u.isMadeHere(n.X) {
				u.add(n, n.Sel, fn, written[n])
			}
			return true
		case *ast.Ident:
			if v, ok := u.pass.TypesInfo.Uses[n].(*types.Var); ok && !v.IsField() {
				u.add(n, n, fn, written[n])
			}
		}
		return true
	})
}

// markWritten marks an expression that is set, and those of which a part is;
// what a pointer leads to is no part.
func (u *bareUses) markWritten(written map[ast.Expr]bool, e ast.Expr) {
	for {
		e = ast.Unparen(e)
		written[e] = true
		switch at := e.(type) {
		case *ast.SelectorExpr:
			e = at.X
		case *ast.IndexExpr:
			e = at.X
		default:
			return
		}
		if t := u.pass.TypesInfo.TypeOf(e); t == nil || isPointer(t) {
			return
		}
	}
}

func (u *bareUses) add(expr ast.Expr, name *ast.Ident, fn *ast.FuncDecl, writes bool) {
	v, ok := u.pass.TypesInfo.Uses[name].(*types.Var)
	if !ok {
		return
	}
	if list, wanted := u.of[v.Origin()]; wanted {
		u.of[v.Origin()] = append(list, bareUse{expr, fn, writes})
	}
}

// isMadeHere reports whether an object is a variable of the function, and
// neither its receiver nor a parameter: nobody else may know it yet.
func (u *bareUses) isMadeHere(object ast.Expr) bool {
	for {
		switch at := ast.Unparen(object).(type) {
		case *ast.SelectorExpr:
			object = at.X
			continue
		case *ast.Ident:
			v, ok := u.pass.TypesInfo.Uses[at].(*types.Var)
			return ok && v.Kind() == types.LocalVar
		}
		return false
	}
}

// finding blames the first write of what the lock was declared for.
func (u *bareUses) finding(lock idle) (report.Finding, bool) {
	for _, v := range lock.guards {
		if i := slices.IndexFunc(u.of[v], func(use bareUse) bool { return use.writes }); i >= 0 {
			return u.wording(lock, u.of[v], u.of[v][i]), true
		}
	}
	return report.Finding{}, false
}

// wording says which lock is missing, and where another function uses what
// is written.
func (u *bareUses) wording(lock idle, uses []bareUse, write bareUse) report.Finding {
	name := lock.lock.Name()
	f := report.Finding{
		Range:   write.expr,
		Message: fmt.Sprintf("%s is written without %s, which is declared for it and never locked", edit.Print(u.pass.Fset, write.expr), name),
		Subject: lock.lock,
		Related: []analysis.RelatedInformation{report.Here(report.Span{From: lock.lock.Pos(), To: lock.lock.Pos() + token.Pos(len(name))}, "the lock is declared here")},
	}
	if i := slices.IndexFunc(uses, func(use bareUse) bool { return use.fn != write.fn }); i >= 0 {
		f.Related = append(f.Related, report.Here(uses[i].expr, "also used here"))
	}
	return f
}
