package neverclosed

import (
	_ "embed"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/doc"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/report/verdicts"
)

//go:embed doc.go
var source string

const name = "neverclosed"

// Analyzer reports loops over channels that nobody closes.
var Analyzer = &analysis.Analyzer{
	Name:     name,
	Doc:      doc.Must(source, name),
	URL:      doc.URL(name),
	Requires: []*analysis.Analyzer{inspect.Analyzer, program.Analyzer, report.Requires, verdicts.Analyzer},
	Run:      run,
}

func run(pass *analysis.Pass) (any, error) {
	reporter := report.New(pass)
	verdicts.Join(pass, reporter, append(withoutSchedule(pass), stoppedTickers(pass)...), func(v *verdicts.Verdict) (report.Finding, bool) {
		return report.Finding{Range: v.Ops[0].Range, Message: message(pass, &v.Ops[0])}, true
	})
	reporter.Flush()
	return nil, nil
}

// message words what only exploration sees.
func message(pass *analysis.Pass, drain *verdicts.Op) string {
	name := drain.Name
	if name == "" {
		name = "a channel"
	}
	who := "it"
	if drain.Spawn.IsValid() {
		who = "the goroutine started at " + verdicts.Place(pass, drain.Spawn)
	}
	return fmt.Sprintf("range over %s never ends: nobody is left to close it, and %s waits for ever", name, who)
}

// withoutSchedule looks at which channels are sent on, drained and closed.
func withoutSchedule(pass *analysis.Pass) []report.Finding {
	root := pass.ResultOf[inspect.Analyzer].(*inspector.Inspector).Root()
	if !worthwhile(pass, root) {
		return nil
	}
	prog := pass.ResultOf[program.Analyzer].(*program.Program)
	pkg := prog.Package()
	funcs := prog.Functions()
	if init := pkg.Func("init"); init != nil {
		funcs = append([]*ssa.Function{init}, funcs...)
	}
	c := &checker{pass: pass, root: root, aliases: findAliases(pkg, funcs), runs: findRuns(pkg, funcs)}
	for _, ch := range c.aliases.order {
		if ch.parent != nil || ch.foreign || len(ch.made) == 0 || len(ch.sends) == 0 {
			continue
		}
		if len(ch.closes) > 0 {
			c.judgeEarlyReturn(ch)
		} else {
			c.judgeNever(ch)
		}
	}
	return c.found
}

// worthwhile reports whether the package makes a channel and drains or
// closes one: others need no SSA.
func worthwhile(pass *analysis.Pass, root inspector.Cursor) bool {
	makes, ends := false, false
	for cursor := range root.Preorder((*ast.CallExpr)(nil), (*ast.RangeStmt)(nil), (*ast.UnaryExpr)(nil)) {
		switch n := cursor.Node().(type) {
		case *ast.CallExpr:
			id, ok := ast.Unparen(n.Fun).(*ast.Ident)
			if !ok {
				continue
			}
			switch pass.TypesInfo.Uses[id] {
			case types.Universe.Lookup("make"):
				makes = makes || match.IsChan(pass.TypesInfo.TypeOf(n))
			case types.Universe.Lookup("close"):
				ends = true
			}
		case *ast.RangeStmt:
			ends = ends || match.IsChan(pass.TypesInfo.TypeOf(n.X))
		case *ast.UnaryExpr:
			ends = ends || n.Op == token.ARROW
		}
	}
	return makes && ends
}

type checker struct {
	pass    *analysis.Pass
	root    inspector.Cursor
	aliases *aliases
	runs    *runs
	nodes   map[token.Pos]inspector.Cursor
	found   []report.Finding
}
