package missingunlock

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/paths"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// diesWith reports whether what was taken is gone with the function that
// leaves: it belongs to a value that the function has made for itself.
//
//	sem := semaphore.NewWeighted(4)
//	for … {
//		if err := sem.Acquire(ctx, 1); err != nil {
//			break
//		}
//		if done {
//			break // there is nobody left to wait for it
//		}
//		g.Go(func() error { defer sem.Release(1); … })
//	}
func (p *pairs) diesWith(fn *ssa.Function, site *ssa.Call, taken pair, exit paths.Exit) bool {
	call := p.evidence.CallExpr(site)
	if call == nil || exit.Return == nil || fn.Syntax() == nil || !isNew(taken.receiver) {
		return false
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	v := match.LocalVar(p.pass.TypesInfo, sel.X)
	return v != nil && fn.Syntax().Pos() < v.Pos() && v.Pos() < fn.Syntax().End() && keepsToItself(p.pass.TypesInfo, fn.Syntax(), v, taken.giver.Name())
}

// isNew reports whether a place is a value that was made on the spot, by a
// literal or a constructor.
func isNew(at *sharing.Place) bool {
	switch made := at.Root.(type) {
	case *ssa.Alloc:
		return true
	case *ssa.Call:
		fn := sharing.CalleeObject(&made.Call)
		return fn != nil && strings.HasPrefix(fn.Name(), "New")
	}
	return false
}

// keepsToItself reports whether a function does nothing with a variable but
// call methods on it, and its literals none but the one that gives back.
func keepsToItself(info *types.Info, syntax ast.Node, v *types.Var, giver string) bool {
	called := make(map[*ast.Ident]bool)
	alone, literals := true, 0
	var visit func(n ast.Node) bool
	visit = func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			literals++
			ast.Inspect(n.Body, visit)
			literals--
			return false
		case *ast.SelectorExpr:
			if id, ok := n.X.(*ast.Ident); ok {
				called[id] = literals == 0 || n.Sel.Name == giver
			}
		case *ast.Ident:
			alone = alone && (info.Uses[n] != v || called[n])
		}
		return true
	}
	ast.Inspect(syntax, visit)
	return alone
}
