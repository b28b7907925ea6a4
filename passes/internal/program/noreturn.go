package program

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/cfg"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// noReturns is the set of this package's functions that never return.
//
// A function is in the set when no path of its control-flow graph reaches a
// return. The graph depends on which of the called functions return, so the
// set is a fixed point: it starts with the model table alone (nothing of
// this package), and a round that adds functions is followed by another. It
// only grows, since an edge removed never makes a return reachable. It is a
// must analysis: a call through a function value, or through an interface
// that the table doesn't know, returns. So does a function that defers
// anything which may recover; unlocking doesn't.
type noReturns map[*types.Func]bool

func (n noReturns) has(fn *types.Func) bool {
	return n[fn.Origin()] || model.NeverReturns(fn)
}

func findNoReturns(pass *analysis.Pass) noReturns {
	found := make(noReturns)
	candidates := endlessCandidates(pass)
	for changed := true; changed; {
		changed = false
		for fn, decl := range candidates {
			if !found[fn] && !canReturn(pass.TypesInfo, decl.Body, found) {
				found[fn], changed = true, true
			}
		}
	}
	return found
}

// endlessCandidates returns the functions whose last statement could be the
// reason that they never return; most functions end otherwise and need no
// graph. Functions that defer anything but unlocking may recover and are left
// out.
func endlessCandidates(pass *analysis.Pass) map[*types.Func]*ast.FuncDecl {
	candidates := make(map[*types.Func]*ast.FuncDecl)
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			decl, ok := decl.(*ast.FuncDecl)
			if !ok || decl.Body == nil || len(decl.Body.List) == 0 || returns(pass.TypesInfo, decl.Body) {
				continue
			}
			if fn, ok := pass.TypesInfo.Defs[decl.Name].(*types.Func); ok {
				candidates[fn] = decl
			}
		}
	}
	return candidates
}

// returns reports whether the body holds a return statement or defers
// something that may recover: a cheap way to say "it can return".
func returns(info *types.Info, body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			found = true
		case *ast.DeferStmt:
			found = found || !unlocks(info, n.Call)
		}
		return !found
	})
	return found
}

// unlocks reports whether a call releases a lock, and so recovers nothing.
func unlocks(info *types.Info, call *ast.CallExpr) bool {
	fn, ok := typeutil.Callee(info, call).(*types.Func)
	if !ok {
		return false
	}
	op := model.LockOperation(fn)
	return op == model.Release || op == model.ReleaseShared
}

// canReturn reports whether a path through the body falls off its end. The
// graph's own answer takes any deferred call for one that recovers.
func canReturn(info *types.Info, body *ast.BlockStmt, never noReturns) bool {
	graph := cfg.New(body, func(call *ast.CallExpr) bool { return mayReturn(info, call, never.has) })
	return slices.ContainsFunc(graph.Blocks, func(block *cfg.Block) bool { return block.Live && block.Return() != nil })
}
