package neverclosed

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// stoppedTickers finds loops over the channel of a ticker that only its Stop
// is meant to end, which doesn't close the channel (its documentation):
//
//	func (m *meter) start()    { go func() { for range m.ticker.C { m.read() } }() } // reported
//	func (m *meter) shutdown() { m.ticker.Stop() }
//
// A ticker is known by the variables and fields that hold it, see
// sameticker.go. It must be
// stopped outside of the function that loops: a Stop that the loop's function
// defers says no more than that it knows the rules. Nor does one in main,
// which ends all goroutines when it returns.
func stoppedTickers(pass *analysis.Pass) []report.Finding {
	t := &tickers{info: pass.TypesInfo, holders: make(holders)}
	for _, file := range pass.Files {
		if !match.TestFile(pass, file) {
			ast.PreorderStack(file, nil, t.visit)
		}
	}
	var found []report.Finding
	for _, loop := range t.loops {
		if stop, ok := t.stopOf(loop); ok {
			found = append(found, report.Finding{
				Range:   loop.channel,
				Subject: loop.ticker,
				Message: fmt.Sprintf("the loop over %s never ends: Stop at %s doesn't close it, and the goroutine waits for ever",
					edit.Print(pass.Fset, loop.channel), report.FileLine(pass.Fset, stop.method.Pos())),
				Related: []analysis.RelatedInformation{report.Here(stop.method, "stopped here")},
			})
		}
	}
	return found
}

type tickers struct {
	info  *types.Info
	loops []tickerLoop
	stops []stop
	holders
}

// A tickerLoop is an endless loop that waits for the ticks.
type tickerLoop struct {
	ticker   *types.Var
	channel  ast.Expr
	function ast.Node
}

type stop struct {
	ticker   *types.Var
	method   *ast.SelectorExpr
	function ast.Node
	main     bool
}

func (t *tickers) visit(n ast.Node, stack []ast.Node) bool {
	switch n := n.(type) {
	case *ast.RangeStmt:
		t.loop(n.X, n.Body, stack)
	case *ast.ForStmt:
		if n.Cond == nil && len(n.Body.List) > 0 {
			if stmt, ok := n.Body.List[0].(*ast.ExprStmt); ok {
				if receive, ok := stmt.X.(*ast.UnaryExpr); ok && receive.Op == token.ARROW {
					t.loop(receive.X, n.Body, stack)
				}
			}
		}
	case *ast.GoStmt:
		t.passed(t.info, n.Call)
	case *ast.AssignStmt, *ast.ValueSpec, *ast.CompositeLit:
		t.assigned(t.info, n)
	case *ast.SelectorExpr: // of a call, or a function value
		if fn, ok := t.info.Uses[n.Sel].(*types.Func); ok && model.Key(fn) == "(time.Ticker).Stop" {
			if v := match.Variable(t.info, n.X); v != nil {
				function := functionAround(stack)
				decl, _ := function.(*ast.FuncDecl)
				t.stops = append(t.stops, stop{v, n, function, decl != nil && decl.Name.Name == "main"})
			}
		}
	}
	return true
}

// loop notes a loop over a ticker's channel, or a variable that may hold one,
// if nothing in it ends it.
func (t *tickers) loop(channel ast.Expr, body *ast.BlockStmt, stack []ast.Node) {
	v := ticker(t.info, channel)
	if v == nil && isTimes(t.info.TypeOf(channel)) {
		v = match.Variable(t.info, channel)
	}
	if v != nil && !leaves(body) {
		t.loops = append(t.loops, tickerLoop{v, channel, functionAround(stack)})
	}
}

// isTimes reports whether a type is that of a ticker's channel.
func isTimes(t types.Type) bool {
	channel, ok := t.Underlying().(*types.Chan)
	return ok && model.TypeKey(channel.Elem()) == "time.Time"
}

func (t *tickers) stopOf(loop tickerLoop) (stop, bool) {
	for _, s := range t.stops {
		if s.function != loop.function && !s.main && t.holder(s.ticker) == t.holder(loop.ticker) {
			return s, true
		}
	}
	return stop{}, false
}

func functionAround(stack []ast.Node) ast.Node {
	for i := len(stack) - 1; i >= 0; i-- {
		switch stack[i].(type) {
		case *ast.FuncLit, *ast.FuncDecl:
			return stack[i]
		}
	}
	return nil
}

// leaves reports whether a statement of a loop's body can end the loop.
func leaves(body *ast.BlockStmt) bool {
	found := false
	ast.PreorderStack(body, nil, func(n ast.Node, stack []ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			found = true
		case *ast.BranchStmt:
			found = found || n.Tok == token.GOTO || n.Label != nil || n.Tok == token.BREAK && !breakable(stack)
		}
		return !found
	})
	return found
}

// breakable reports whether a break leaves a statement inside the loop's
// body.
func breakable(stack []ast.Node) bool {
	for _, n := range stack {
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
			return true
		}
	}
	return false
}
