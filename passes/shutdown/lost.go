package shutdown

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// judgeLost judges a goroutine that listens and serves and drops the error,
// so that an address in use goes unnoticed. Who listens first, and hands the
// listener to Serve, knows that already. It has low confidence: what is served
// like this mostly tells somebody how the process does, and those who find
// nobody to ask restart it.
func (c *checker) judgeLost(serving call) {
	if !strings.HasPrefix(serving.fn.Name(), "ListenAndServe") || !dropsIn(serving.cursor) || c.debugs(serving) {
		return
	}
	c.reporter.Add(report.Finding{
		Range:   serving.expr.Fun,
		Low:     true,
		Message: fmt.Sprintf("error of %s is lost in the goroutine: when the address is in use, nothing serves and nobody learns of it", edit.Print(c.pass.Fset, serving.expr.Fun)),
	})
}

// dropsIn reports whether a goroutine consists in the call, or calls it
// without a look at its result. Who assigns that to _ has decided so.
func dropsIn(call inspector.Cursor) bool {
	if call.ParentEdgeKind() == edge.GoStmt_Call {
		return true
	}
	if call.ParentEdgeKind() != edge.ExprStmt_X {
		return false
	}
	fn, ok := around(call)
	return ok && fn.ParentEdgeKind() == edge.CallExpr_Fun && fn.Parent().ParentEdgeKind() == edge.GoStmt_Call
}

// debugs reports whether what is served is http.DefaultServeMux, on which
// package net/http/pprof and its kin register themselves.
func (c *checker) debugs(serving call) bool {
	args := serving.expr.Args
	return model.ServesForever(serving.fn) && len(args) > 1 && c.info.Types[args[len(args)-1]].IsNil()
}

// judgeEndless reports commands whose main goroutine serves and which have
// nothing that could end that in good order.
func (c *checker) judgeEndless() {
	if c.pass.Pkg.Name() != "main" || len(c.ending) > 0 || len(c.within) > 0 {
		return
	}
	for _, serving := range append(c.forever, c.serving...) {
		if server, ok := c.server(serving.expr).(*types.Var); ok && model.Serves(serving.fn) && server.IsField() {
			continue // somebody else may end it
		}
		if fn, ok := around(serving.cursor); !ok || fn.ParentEdgeKind() == edge.CallExpr_Args {
			continue
		}
		c.reporter.Add(report.Finding{
			Range:   serving.expr.Fun,
			Kind:    "endless",
			Message: fmt.Sprintf("%s serves until the process is killed: requests in progress are cut off", edit.Print(c.pass.Fset, serving.expr.Fun)),
		})
	}
}

// judgeBackground reports a graceful end that nothing limits.
func (c *checker) judgeBackground(ending call) {
	if _, graceful := model.EndsServing(ending.fn); !graceful {
		return
	}
	made, ok := ast.Unparen(ending.expr.Args[0]).(*ast.CallExpr)
	if !ok {
		return
	}
	switch model.Key(c.callee(made)) {
	case "context.Background", "context.TODO":
		c.reporter.Add(report.Finding{
			Range:   made,
			Low:     true,
			Message: "Shutdown has no time limit: a client that never ends its request keeps the process from ending",
		})
	}
}
