package condmisuse

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/report/verdicts"
)

// unwoken finds mistakes with conditions of the package, fields or variables
// that nobody else can name, that need no schedule.
func unwoken(pass *analysis.Pass) []report.Finding {
	var found []report.Finding
	for _, c := range match.TakeCensus(pass, func(t types.Type) bool { return model.TypeKey(t) == "sync.Cond" }) {
		found = append(found, wakesOne(pass, c)...)
		found = append(found, endsForOne(pass, c)...)
		waits := c.Calls["Wait"]
		signals := slices.Concat(c.Calls["Signal"], c.Calls["Broadcast"])
		for _, wait := range waits {
			name := edit.Print(pass.Fset, wait.Fun.(*ast.SelectorExpr).X)
			loop, branch := around(pass, wait)
			switch {
			case len(signals) == 0 && !c.Escapes:
				found = append(found, report.Finding{
					Range: wait, Subject: wait,
					Message: fmt.Sprintf("%s.Wait waits here for ever: nothing in the package calls %[1]s.Signal or Broadcast", name),
				})
			case loop == nil && branch != nil && len(waits)+len(signals) > 2:
				found = append(found, report.Finding{
					Range: wait, Subject: wait,
					Message: fmt.Sprintf("%s.Wait is in an if, not in a loop: when it returns, somebody else may have changed what it waited for", name),
					Related: []analysis.RelatedInformation{report.Here(branch.Cond, "asked only once")},
				})
			case loop != nil:
				found = append(found, unannounced(pass, wait, loop, signals)...)
				found = append(found, outside(pass, wait, loop, signals)...)
			}
		}
	}
	return found
}

// around returns the loop and the if statement around a call, of the same
// function.
func around(pass *analysis.Pass, call *ast.CallExpr) (loop *ast.ForStmt, branch *ast.IfStmt) {
	for _, n := range pathTo(pass, call) {
		switch n := n.(type) {
		case *ast.ForStmt:
			if loop == nil {
				loop = n
			}
		case *ast.RangeStmt:
			return &ast.ForStmt{For: n.For, Body: n.Body}, branch
		case *ast.IfStmt:
			if branch == nil {
				branch = n
			}
		case *ast.FuncDecl, *ast.FuncLit:
			return loop, branch
		}
	}
	return loop, branch
}

func pathTo(pass *analysis.Pass, n ast.Node) []ast.Node {
	for _, file := range pass.Files {
		if file.FileStart <= n.Pos() && n.Pos() < file.FileEnd {
			path, _ := astutil.PathEnclosingInterval(file, n.Pos(), n.End())
			return path
		}
	}
	return nil
}

// unannounced finds methods that set a flag on which a waiting loop ends, and
// wake nobody:
//
//	for len(q.items) == 0 && !q.closed { q.cond.Wait() }
//	…
//	q.closed = true // and no q.cond.Broadcast()
func unannounced(pass *analysis.Pass, wait *ast.CallExpr, loop *ast.ForStmt, signals []*ast.CallExpr) []report.Finding {
	flags := endsOf(pass, loop)
	owner := model.ReceiverNamed(pass.TypesInfo.TypeOf(objectOf(wait)))
	if len(flags) == 0 || owner == nil || len(signals) == 0 {
		return nil
	}
	wakers := wakersOf(pass, signals)
	var found []report.Finding
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Recv == nil || fn.Body == nil || wakes(pass, fn, wakers) {
				continue
			}
			if recv := model.ReceiverNamed(pass.TypesInfo.TypeOf(fn.Recv.List[0].Type)); recv == nil || recv.Origin() != owner.Origin() {
				continue
			}
			for _, set := range setsFlag(pass, fn.Body, flags) {
				found = append(found, report.Finding{
					Range: set, Subject: set,
					Message: fmt.Sprintf("%s is set here without a Signal or Broadcast: who waits at %s waits on",
						edit.Print(pass.Fset, set.Lhs[0]), verdicts.Place(pass, wait.Pos())),
					Related: []analysis.RelatedInformation{report.Here(wait, "waits here")},
				})
			}
		}
	}
	return found
}

// objectOf returns s of the call s.cond.Wait().
func objectOf(wait *ast.CallExpr) ast.Expr {
	if selector, ok := ast.Unparen(wait.Fun.(*ast.SelectorExpr).X).(*ast.SelectorExpr); ok {
		return selector.X
	}
	return wait.Fun.(*ast.SelectorExpr).X
}

// endsOf returns the flags that end a loop when they are set: those that its
// condition negates, and those that lead to a return or break in it.
func endsOf(pass *analysis.Pass, loop *ast.ForStmt) map[*types.Var]bool {
	flags := make(map[*types.Var]bool)
	add := func(cond ast.Expr, negated bool) {
		for e, not := range operands(cond) {
			if selector, ok := e.(*ast.SelectorExpr); ok && not == negated {
				if v, ok := pass.TypesInfo.Uses[selector.Sel].(*types.Var); ok && v.IsField() && types.Identical(v.Type(), types.Typ[types.Bool]) {
					flags[v.Origin()] = true
				}
			}
		}
	}
	if loop.Cond != nil {
		add(loop.Cond, true)
	}
	ast.Inspect(loop.Body, func(n ast.Node) bool {
		branch, ok := n.(*ast.IfStmt)
		if ok && len(branch.Body.List) > 0 {
			switch last := branch.Body.List[len(branch.Body.List)-1].(type) {
			case *ast.ReturnStmt:
				add(branch.Cond, false)
			case *ast.BranchStmt:
				if last.Tok.String() == "break" {
					add(branch.Cond, false)
				}
			}
		}
		_, isLit := n.(*ast.FuncLit)
		return !isLit
	})
	return flags
}

// operands returns the parts of a condition that && and || join, and whether
// they are negated.
func operands(cond ast.Expr) map[ast.Expr]bool {
	parts := make(map[ast.Expr]bool)
	var split func(e ast.Expr, not bool)
	split = func(e ast.Expr, not bool) {
		switch e := ast.Unparen(e).(type) {
		case *ast.BinaryExpr:
			split(e.X, not)
			split(e.Y, not)
		case *ast.UnaryExpr:
			split(e.X, !not)
		default:
			parts[e] = not
		}
	}
	split(cond, false)
	return parts
}

// wakersOf returns the functions of the package that call Signal or Broadcast
// themselves.
func wakersOf(pass *analysis.Pass, signals []*ast.CallExpr) map[types.Object]bool {
	wakers := make(map[types.Object]bool)
	for _, signal := range signals {
		for _, n := range pathTo(pass, signal) {
			if fn, ok := n.(*ast.FuncDecl); ok {
				wakers[pass.TypesInfo.Defs[fn.Name]] = true
			}
		}
	}
	return wakers
}

// wakes reports whether a function is one of them, or calls one. A function
// value that it calls may be one, too.
func wakes(pass *analysis.Pass, fn *ast.FuncDecl, wakers map[types.Object]bool) bool {
	found := wakers[pass.TypesInfo.Defs[fn.Name]]
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		if name, ok := n.(*ast.Ident); ok {
			found = found || wakers[pass.TypesInfo.Uses[name]]
		}
		return !found
	})
	return found
}

// setsFlag lists the assignments of true to one of the flags.
func setsFlag(pass *analysis.Pass, body *ast.BlockStmt, flags map[*types.Var]bool) []*ast.AssignStmt {
	var list []*ast.AssignStmt
	ast.Inspect(body, func(n ast.Node) bool {
		assign, ok := n.(*ast.AssignStmt)
		if !ok || len(assign.Lhs) != 1 || len(assign.Rhs) != 1 {
			return true
		}
		selector, ok := assign.Lhs[0].(*ast.SelectorExpr)
		value, isName := assign.Rhs[0].(*ast.Ident)
		if !ok || !isName || value.Name != "true" {
			return true
		}
		if v, ok := pass.TypesInfo.Uses[selector.Sel].(*types.Var); ok && flags[v.Origin()] {
			list = append(list, assign)
		}
		return true
	})
	return list
}
