package checkthenact

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/model"
)

// fix makes one step of two, where the source has one of the shapes
//
//	x.Store(x.Load() + n)                            x.Add(n)
//	if !x.Load() { x.Store(true); … }                if x.CompareAndSwap(false, true) { … }
//	if x.Load() { return }; x.Store(true); …         if !x.CompareAndSwap(false, true) { return }; …
//	if _, ok := m.Load(k); !ok { m.Store(k, v); … }  if _, ok := m.LoadOrStore(k, v); !ok { … }
//
// and the same with the functions of sync/atomic.
func (j *judge) fix(v verdict) []analysis.SuggestedFix {
	check, act := j.callOf(v.check), j.callOf(v.act)
	if check == nil || act == nil || v.act.kind == guarded {
		return nil
	}
	file := j.fileOf(act)
	path, _ := astutil.PathEnclosingInterval(file, act.Pos(), act.End())
	stmt, ok := statementOf(path, act)
	if !ok {
		return nil
	}
	switch {
	case v.act.kind == syncMap:
		return j.loadOrStore(check, act, stmt, path)
	case encloses(act, check.Pos()):
		return j.add(check, act)
	}
	return j.compareAndSwap(check, act, stmt, path)
}

func (j *judge) fileOf(n ast.Node) *ast.File {
	for _, file := range j.pass.Files {
		if file.FileStart <= n.Pos() && n.Pos() < file.FileEnd {
			return file
		}
	}
	return nil
}

// statementOf returns the statement that is nothing but the call.
func statementOf(path []ast.Node, call *ast.CallExpr) (*ast.ExprStmt, bool) {
	for _, n := range path {
		if stmt, ok := n.(*ast.ExprStmt); ok {
			return stmt, stmt.X == ast.Expr(call)
		}
	}
	return nil, false
}

// enclosingIf returns the if statement of which the statement is the first,
// or the one right before it in its block.
func enclosingIf(path []ast.Node, stmt ast.Stmt) (within, before *ast.IfStmt) {
	for i, n := range path {
		block, ok := n.(*ast.BlockStmt)
		if !ok {
			continue
		}
		for at, sibling := range block.List {
			if sibling != stmt {
				continue
			}
			if at == 0 && i+1 < len(path) {
				within, _ = path[i+1].(*ast.IfStmt)
			} else if at > 0 {
				before, _ = block.List[at-1].(*ast.IfStmt)
			}
			return within, before
		}
	}
	return nil, nil
}

// loadOrStore needs a load whose value is ignored.
func (j *judge) loadOrStore(load, store *ast.CallExpr, stmt *ast.ExprStmt, path []ast.Node) []analysis.SuggestedFix {
	within, _ := enclosingIf(path, stmt)
	if within == nil || within.Else != nil {
		return nil
	}
	init, ok := within.Init.(*ast.AssignStmt)
	if !ok || len(init.Rhs) != 1 || init.Rhs[0] != ast.Expr(load) || len(init.Lhs) != 2 || j.print(init.Lhs[0]) != "_" || j.print(within.Cond) != "!"+j.print(init.Lhs[1]) {
		return nil
	}
	fun := load.Fun.(*ast.SelectorExpr)
	return []analysis.SuggestedFix{edit.Fix("Use LoadOrStore",
		edit.Replace(fun.Sel, "LoadOrStore"),
		edit.Insert(load.Rparen, ", "+j.print(store.Args[1])),
		edit.Line(j.pass, stmt),
	)}
}

// add needs an integer that is stored as what was loaded plus something.
func (j *judge) add(load, store *ast.CallExpr) []analysis.SuggestedFix {
	sum, ok := ast.Unparen(store.Args[len(store.Args)-1]).(*ast.BinaryExpr)
	if !ok || sum.Op != token.ADD || ast.Unparen(sum.X) != ast.Expr(load) || !isInteger(j.pass.TypesInfo.TypeOf(sum)) {
		return nil
	}
	selector, ok := ast.Unparen(store.Fun).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	return []analysis.SuggestedFix{edit.Fix("Use Add",
		edit.Replace(selector.Sel, "Add"+selector.Sel.Name[len("Store"):]),
		edit.Replace(sum, j.print(sum.Y)),
	)}
}

func isInteger(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsInteger != 0
}

// compareAndSwap needs a condition that is the load, its negation, or its
// comparison with a constant.
func (j *judge) compareAndSwap(load, store *ast.CallExpr, stmt *ast.ExprStmt, path []ast.Node) []analysis.SuggestedFix {
	within, before := enclosingIf(path, stmt)
	branch, early := within, false
	if within == nil {
		branch, early = before, true
	}
	if branch == nil || branch.Else != nil || branch.Init != nil || !encloses(branch.Cond, load.Pos()) {
		return nil
	}
	old, ok := j.tested(branch.Cond, load, early)
	if !ok {
		return nil
	}
	swap, ok := j.swap(store, old)
	if !ok {
		return nil
	}
	if early {
		swap = "!" + swap
	}
	return []analysis.SuggestedFix{edit.Fix("Use CompareAndSwap", edit.Replace(branch.Cond, swap), edit.Line(j.pass, stmt))}
}

// tested returns the value that the load must have found for the store to
// come: that for which the condition holds, or doesn't if its statement
// returns early.
func (j *judge) tested(cond ast.Expr, load *ast.CallExpr, early bool) (old string, ok bool) {
	switch cond := ast.Unparen(cond).(type) {
	case *ast.CallExpr:
		return strconv.FormatBool(!early), cond == load
	case *ast.UnaryExpr:
		return strconv.FormatBool(early), cond.Op == token.NOT && ast.Unparen(cond.X) == ast.Expr(load)
	case *ast.BinaryExpr:
		wanted := token.EQL
		if early {
			wanted = token.NEQ
		}
		constant := j.pass.TypesInfo.Types[cond.Y].Value != nil
		return j.print(cond.Y), cond.Op == wanted && constant && ast.Unparen(cond.X) == ast.Expr(load)
	}
	return "", false
}

// swap returns the call that stores if the old value is still there.
func (j *judge) swap(store *ast.CallExpr, old string) (string, bool) {
	selector, ok := ast.Unparen(store.Fun).(*ast.SelectorExpr)
	if !ok {
		return "", false
	}
	fn, ok := j.pass.TypesInfo.Uses[selector.Sel].(*types.Func)
	if !ok || model.AtomicStep(fn) != model.AtomicStore || fn.Pkg().Path() != "sync/atomic" {
		return "", false
	}
	name := "CompareAndSwap" + selector.Sel.Name[len("Store"):]
	call := j.print(selector.X) + "." + name + "("
	value := store.Args[len(store.Args)-1]
	if len(store.Args) == 2 {
		call += j.print(store.Args[0]) + ", "
	}
	return call + old + ", " + j.print(value) + ")", true
}
