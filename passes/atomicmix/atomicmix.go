package atomicmix

import (
	_ "embed"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/doc"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

//go:embed doc.go
var source string

// Analyzer reports variables that are used both atomically and plainly.
var Analyzer = &analysis.Analyzer{
	Name:     "atomicmix",
	Doc:      doc.Must(source, "atomicmix"),
	URL:      doc.URL("atomicmix"),
	Requires: []*analysis.Analyzer{report.Requires, program.Analyzer},
	Run:      run,
}

func run(pass *analysis.Pass) (any, error) {
	reporter := report.New(pass)
	if atomics := usedAtomically(pass); len(atomics) > 0 && usedPlainly(pass, atomics) {
		evidence := sharing.CollectAtomics(pass, pass.ResultOf[program.Analyzer].(*program.Program), atomics)
		j := &judge{pass: pass, evidence: evidence, snapshots: snapshots(evidence)}
		j.locations()
		j.pairs()
		for _, verdict := range fold(j.verdicts) {
			reporter.Add(j.finding(verdict))
		}
	}
	for _, finding := range copies(pass) {
		reporter.Add(finding)
	}
	reporter.Flush()
	return nil, nil
}

// usedAtomically returns the variables of the package whose address is given
// to a function of sync/atomic. Most packages have none.
func usedAtomically(pass *analysis.Pass) map[*types.Var]bool {
	found := make(map[*types.Var]bool)
	if !imports(pass, "sync/atomic") {
		return found
	}
	for _, file := range pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				if v := atomicOperand(pass.TypesInfo, call); v != nil && v.Pkg() == pass.Pkg {
					found[v] = true
				}
			}
			return true
		})
	}
	return found
}

func imports(pass *analysis.Pass, path string) bool {
	for _, imported := range pass.Pkg.Imports() {
		if imported.Path() == path {
			return true
		}
	}
	return false
}

// atomicOperand returns the variable that a call of sync/atomic works on.
func atomicOperand(info *types.Info, call *ast.CallExpr) *types.Var {
	fn, ok := typeutil.Callee(info, call).(*types.Func)
	if !ok || model.AtomicOperation(fn) == model.NoAtomic || len(call.Args) == 0 {
		return nil
	}
	return addressed(info, call.Args[0])
}

// addressed returns the variable whose address an expression is, or that is a
// pointer to what is meant; conversions left aside.
func addressed(info *types.Info, e ast.Expr) *types.Var {
	switch e := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		if len(e.Args) == 1 && info.Types[e.Fun].IsType() {
			return addressed(info, e.Args[0])
		}
	case *ast.UnaryExpr:
		if e.Op == token.AND {
			return match.Variable(info, e.X)
		}
	case *ast.SelectorExpr:
		return match.Variable(info, e)
	case *ast.Ident:
		if v := match.Variable(info, e); v != nil && v.Pkg() != nil && v.Parent() == v.Pkg().Scope() {
			return v
		}
	}
	return nil
}

// usedPlainly reports whether one of the variables is named anywhere but in
// a call of sync/atomic: else no SSA is needed.
func usedPlainly(pass *analysis.Pass, atomics map[*types.Var]bool) bool {
	inCalls := make(map[*types.Var]int)
	for _, file := range pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				inCalls[atomicOperand(pass.TypesInfo, call)]++
			}
			return true
		})
	}
	uses := make(map[*types.Var]int)
	for _, obj := range pass.TypesInfo.Uses {
		if v, ok := obj.(*types.Var); ok {
			uses[v.Origin()]++
		}
	}
	for v := range atomics {
		if uses[v] > inCalls[v] {
			return true
		}
	}
	return false
}
