package missingunlock

import (
	"go/ast"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/paths"
)

// diesWith reports whether what was taken is gone with the function that
// leaves: it belongs to a variable of this function on which methods are
// called and nothing else is done, and no function literal takes from it.
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
func (p *pairs) diesWith(fn *ssa.Function, taken pair, exit paths.Exit) bool {
	made, ok := taken.receiver.Base().(*ssa.Alloc)
	if !ok || made.Parent() != fn || exit.Return == nil || fn.Syntax() == nil {
		return false
	}
	harmless := make(map[*ast.Ident]bool) // uses
	alone := true
	literals := 0
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
				harmless[id] = literals == 0 || n.Sel.Name == taken.giver.Name()
			}
		case *ast.Ident:
			if used := p.pass.TypesInfo.Uses[n]; used != nil && used.Pos() == made.Pos() && !harmless[n] {
				alone = false
			}
		}
		return true
	}
	ast.Inspect(fn.Syntax(), visit)
	return alone
}
