package closemisuse

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// repeated finds channels that outlive a function which closes them each time
// it is called, and is called more than once:
//
//   - a handler, by each request, with no condition and no lock around it;
//   - a function that recovers from the panic of the second close, and does
//     nothing else with what it recovers.
//
// A function that also makes the channel anew isn't meant.
func repeated(pass *analysis.Pass) []report.Finding {
	r := &repeats{pass: pass}
	for _, file := range pass.Files {
		if !match.TestFile(pass, file) {
			ast.PreorderStack(file, nil, r.visit)
		}
	}
	return r.found
}

type repeats struct {
	pass  *analysis.Pass
	found []report.Finding
}

func (r *repeats) visit(n ast.Node, stack []ast.Node) bool {
	call, ok := n.(*ast.CallExpr)
	if !ok || match.Builtin(r.pass.TypesInfo, call) != "close" || len(stack) == 0 {
		return true
	}
	if _, ok := stack[len(stack)-1].(*ast.ExprStmt); !ok {
		return true // deferred: the function's last act is its own affair
	}
	sig, body, inside := r.around(stack)
	if body == nil || !r.outlives(call.Args[0], body) {
		return true
	}
	channel := edit.Print(r.pass.Fset, call.Args[0])
	switch hidden := hides(r.pass.TypesInfo, body, call.Pos()); {
	case hidden != nil:
		r.found = append(r.found, report.Finding{
			Range:   call,
			Subject: call,
			Message: fmt.Sprintf("%s is closed here more than once, and recover at %s hides the panic", channel, report.FileLine(r.pass.Fset, hidden.Pos())),
			Related: []analysis.RelatedInformation{report.Here(hidden, "recovers here")},
		})
	case sig != nil && match.Handler(sig) && !conditional(inside) && !r.excludes(body):
		r.found = append(r.found, report.Finding{
			Range:   call,
			Subject: call,
			Message: fmt.Sprintf("%s is closed here by each request: the second one panics", channel),
		})
	}
	return true
}

// around returns the innermost function and what lies between its body and
// the node.
func (r *repeats) around(stack []ast.Node) (*types.Signature, *ast.BlockStmt, []ast.Node) {
	for i := len(stack) - 1; i >= 0; i-- {
		switch fn := stack[i].(type) {
		case *ast.FuncLit:
			sig, _ := r.pass.TypesInfo.TypeOf(fn).(*types.Signature)
			return sig, fn.Body, stack[i+2:]
		case *ast.FuncDecl:
			sig, _ := r.pass.TypesInfo.Defs[fn.Name].Type().(*types.Signature)
			return sig, fn.Body, stack[i+2:]
		}
	}
	return nil, nil, nil
}

// outlives reports whether a channel is a field or a package-level variable,
// and the function doesn't set it.
func (r *repeats) outlives(channel ast.Expr, body *ast.BlockStmt) bool {
	var v *types.Var
	switch e := ast.Unparen(channel).(type) {
	case *ast.SelectorExpr:
		v, _ = r.pass.TypesInfo.Uses[e.Sel].(*types.Var)
	case *ast.Ident:
		v, _ = r.pass.TypesInfo.Uses[e].(*types.Var)
	}
	if v == nil || !v.IsField() && v.Parent() != r.pass.Pkg.Scope() {
		return false
	}
	set := false
	ast.Inspect(body, func(n ast.Node) bool {
		for _, assignment := range match.Assignments(n) {
			switch left := ast.Unparen(assignment.Left).(type) {
			case *ast.SelectorExpr:
				set = set || r.pass.TypesInfo.Uses[left.Sel] == types.Object(v)
			case *ast.Ident:
				set = set || r.pass.TypesInfo.Uses[left] == types.Object(v)
			}
		}
		return !set
	})
	return !set
}

// hides returns the deferred literal in front of the position that recovers
// and does nothing with what it recovers. What other literals of the function
// recover from is their own panic.
func hides(info *types.Info, body *ast.BlockStmt, pos token.Pos) *ast.DeferStmt {
	var found *ast.DeferStmt
	ast.Inspect(body, func(n ast.Node) bool {
		if _, isLit := n.(*ast.FuncLit); isLit {
			return false
		}
		stmt, ok := n.(*ast.DeferStmt)
		if !ok || stmt.Pos() > pos {
			return true
		}
		if lit, ok := stmt.Call.Fun.(*ast.FuncLit); ok && len(lit.Body.List) == 1 && discards(info, lit.Body.List[0]) {
			found = stmt
		}
		return true
	})
	return found
}

// discards reports whether a statement is recover() or _ = recover().
func discards(info *types.Info, stmt ast.Stmt) bool {
	switch stmt := stmt.(type) {
	case *ast.ExprStmt:
		return match.IsRecover(info, stmt.X)
	case *ast.AssignStmt:
		id, ok := stmt.Lhs[0].(*ast.Ident)
		return ok && id.Name == "_" && len(stmt.Rhs) == 1 && match.IsRecover(info, stmt.Rhs[0])
	}
	return false
}

// conditional reports whether a branch or loop lies between a function and
// one of its nodes.
func conditional(inside []ast.Node) bool {
	for _, n := range inside {
		switch n.(type) {
		case *ast.IfStmt, *ast.CaseClause, *ast.CommClause, *ast.ForStmt, *ast.RangeStmt:
			return true
		}
	}
	return false
}

// excludes reports whether a function takes a lock, or looks at the state of
// the package to leave early, so that a second call may not come to what
// follows. What the request says isn't such a state.
func (r *repeats) excludes(body *ast.BlockStmt) bool {
	found := false
	ast.PreorderStack(body, nil, func(n ast.Node, stack []ast.Node) bool {
		switch n := n.(type) {
		case *ast.ReturnStmt:
			found = found || slices.ContainsFunc(stack, r.asksState)
		case *ast.CallExpr:
			fn, ok := typeutil.Callee(r.pass.TypesInfo, n).(*types.Func)
			found = found || match.TakesLock(r.pass.TypesInfo, n) || ok && model.GuardsUnseen(fn)
		}
		return !found
	})
	return found
}

// asksState reports whether a statement branches on something that the
// package declares outside of functions, or on a channel.
func (r *repeats) asksState(n ast.Node) bool {
	var cond ast.Node
	switch n := n.(type) {
	case *ast.IfStmt:
		cond = &ast.IfStmt{Init: n.Init, Cond: n.Cond, Body: &ast.BlockStmt{}}
	case *ast.CommClause:
		return true
	case *ast.SwitchStmt:
		if n.Tag != nil {
			cond = n.Tag
		}
	}
	if cond == nil {
		return false
	}
	found := false
	ast.Inspect(cond, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			obj := r.pass.TypesInfo.Uses[id]
			field, isVar := obj.(*types.Var)
			_, isFunc := obj.(*types.Func)
			found = found || obj != nil && obj.Pkg() == r.pass.Pkg && (isFunc || obj.Parent() == r.pass.Pkg.Scope() || isVar && field.IsField())
		}
		return !found
	})
	return found
}
