package shutdown

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// judgeEarly judges a function that serves, and starts a goroutine that
// shuts the server down:
//
//	go func() {
//		<-stop
//		srv.Shutdown(ctx)
//	}()
//	err := srv.ListenAndServe() // returns when Shutdown is called
//	…                           // waits for nothing
//
// A wait of any kind behind the call, or deferred, is taken to be the one
// for Shutdown. So is what the goroutine tells others when it is done, since
// a caller may wait for that.
func (c *checker) judgeEarly(serving call) {
	fn, ok := around(serving.cursor)
	if !ok || serving.cursor.ParentEdgeKind() == edge.GoStmt_Call {
		return
	}
	server := c.server(serving.expr)
	for _, ending := range c.ending {
		if _, graceful := model.EndsServing(ending.fn); !graceful || server == nil {
			continue
		}
		spawn := c.spawnedIn(ending, fn, server)
		if len(spawn) == 0 || slices.ContainsFunc(spawn, c.tells) || c.waitsAfter(serving, fn) {
			continue
		}
		c.reporter.Add(report.Finding{
			Range:   serving.expr.Fun,
			Subject: serving.expr.Pos(),
			Message: fmt.Sprintf("%s returns as soon as Shutdown is called: %s doesn't wait for it to finish", edit.Print(c.pass.Fset, serving.expr.Fun), title(fn.Node())),
			Related: []analysis.RelatedInformation{report.Here(ending.expr, "still shutting down here")},
			Fixes:   c.waited(serving, ending, fn),
		})
	}
}

// tells reports whether a goroutine tells others that it is done, by
// whatever means: a send or close, Done, a call of a function that it got
// from elsewhere, the end of the process.
func (c *checker) tells(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SendStmt:
			found = true
		case *ast.CallExpr:
			switch fn := typeutil.Callee(c.info, n).(type) {
			case *types.Builtin:
				found = found || fn.Name() == "close"
			case *types.Func:
				found = found || model.TellsOthers(fn) && !isDone(fn) || c.prog.NoReturn(fn)
			case *types.Var:
				found = found || fn.Pos() < body.Pos() || body.End() < fn.Pos()
			}
		}
		return !found
	})
	return found
}

// isDone tells a context's Done from that of a WaitGroup.
func isDone(fn *types.Func) bool { return model.Key(fn) == "(context.Context).Done" }

// waitsAfter reports whether the function waits for anything on some path
// behind the call, or when it returns.
func (c *checker) waitsAfter(serving call, fn inspector.Cursor) bool {
	body := bodyOf(fn.Node())
	graph := c.prog.Graph(body)
	step, ok := graph.Find(serving.expr)
	if !ok {
		return true // dead code
	}
	found := false
	graph.Search(step, func(s program.Step) bool {
		found = found || c.waits(s.Node)
		return !found
	})
	for cursor := range fn.Preorder((*ast.DeferStmt)(nil)) {
		if owner, ok := around(cursor); ok && owner.Node() == fn.Node() {
			found = found || c.waits(cursor.Node())
		}
	}
	return found
}

// waits reports whether a node waits: for a channel, by a method or function
// that is named for it, by sleeping.
func (c *checker) waits(n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.UnaryExpr:
			found = found || n.Op == token.ARROW
		case *ast.SelectStmt:
			found = true
		case *ast.RangeStmt:
			if t := c.info.TypeOf(n.X); t != nil {
				_, isChan := t.Underlying().(*types.Chan)
				found = found || isChan
			}
		case *ast.CallExpr:
			fn, ok := typeutil.Callee(c.info, n).(*types.Func)
			ends := ok && endsServing(fn)
			found = found || ok && (model.Waits(fn) || model.Key(fn) == "time.Sleep" || ends)
		}
		return !found
	})
	return found
}

func endsServing(fn *types.Func) bool {
	ends, _ := model.EndsServing(fn)
	return ends
}
