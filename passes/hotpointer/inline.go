package hotpointer

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/types/typeutil"
)

// Costs of the compiler's inliner (cmd/compile/internal/inline): a function
// that costs more than the budget is never inlined, and a call in it of
// another such function costs a good part of the budget. A profile raises the
// budget, which is left out of account.
const (
	inlineBudget = 80
	callCost     = 57
)

// An inlining knows functions that are never inlined, so that what they
// return lives on the heap. It must not be wrong when it says so: it counts
// three quarters of the operands and statements it sees, and nothing for calls of
// which it knows nothing. (On std it knows half of the functions that the
// compiler doesn't inline, and takes one of 9,500 others for such: its callee
// folds to a constant.)
type inlining struct {
	info  *types.Info
	decls map[*types.Func]*ast.FuncDecl
	costs map[*ast.FuncDecl]int
}

// never reports whether the compiler surely doesn't inline the function.
func (x *inlining) never(decl *ast.FuncDecl) bool {
	return forbidsInlining(decl.Doc) || x.cost(decl) > inlineBudget
}

func forbidsInlining(group *ast.CommentGroup) bool {
	if group == nil {
		return false
	}
	for _, comment := range group.List {
		if strings.HasPrefix(comment.Text, "//go:noinline") {
			return true
		}
	}
	return false
}

// cost is a lower bound of the function's cost, 0 where there is none: for
// generic functions, whose instances are wrappers, and where constant
// conditions let the compiler drop code. A function that calls itself counts
// its own calls as free.
func (x *inlining) cost(decl *ast.FuncDecl) int {
	if cost, known := x.costs[decl]; known {
		return cost
	}
	x.costs[decl] = 0
	if x.isGeneric(decl) || x.hasDeadCode(decl.Body) {
		return 0
	}
	nodes, calls := 0, 0
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.GoStmt, *ast.DeferStmt:
			calls += inlineBudget + 1 // "unhandled op"
		case *ast.CallExpr:
			calls += x.callCost(n)
			nodes++
		case *ast.BinaryExpr:
			if x.info.Types[n].Value != nil {
				return false // folded
			}
			nodes++
		case *ast.Ident:
			switch x.info.ObjectOf(n).(type) {
			case *types.Var, *types.Func:
				nodes++
			}
		case *ast.BasicLit, *ast.UnaryExpr, *ast.IndexExpr, *ast.AssignStmt, *ast.ReturnStmt, *ast.IfStmt, *ast.ForStmt, *ast.RangeStmt:
			nodes++
		}
		return true
	})
	x.costs[decl] = nodes*3/4 + calls
	return x.costs[decl]
}

// callCost is that of the callee when it is inlined, too, else that of a call.
func (x *inlining) callCost(call *ast.CallExpr) int {
	fn, _ := typeutil.Callee(x.info, call).(*types.Func)
	decl := x.decls[fn]
	switch {
	case fn == nil:
		return 0
	case isInterfaceMethod(fn):
		return callCost
	case decl == nil:
		return 0
	case forbidsInlining(decl.Doc):
		return callCost
	}
	return min(x.cost(decl), callCost)
}

func isInterfaceMethod(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	return recv != nil && types.IsInterface(recv.Type())
}

func (x *inlining) isGeneric(decl *ast.FuncDecl) bool {
	fn, ok := x.info.Defs[decl.Name].(*types.Func)
	return !ok || fn.Signature().TypeParams().Len() > 0 || fn.Signature().RecvTypeParams().Len() > 0
}

// hasDeadCode looks for if debug { … } and if debug && ….
func (x *inlining) hasDeadCode(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.IfStmt:
			found = found || x.info.Types[n.Cond].Value != nil
		case *ast.BinaryExpr:
			if n.Op == token.LAND || n.Op == token.LOR {
				found = found || x.info.Types[n.X].Value != nil || x.info.Types[n.Y].Value != nil
			}
		}
		return !found
	})
	return found
}
