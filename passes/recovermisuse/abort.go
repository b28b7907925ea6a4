package recovermisuse

import (
	"fmt"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// abortsEaten reports whether a handler stands around other HTTP handlers,
// which may panic with http.ErrAbortHandler to give a response up (a reverse
// proxy does when its backend breaks off), and treats that like any panic:
//
//	func (w http.ResponseWriter, r *http.Request) {
//		defer func() { if v := recover(); v != nil { … } }()
//		next.ServeHTTP(w, r)
//	}
//
// net/http closes the connection only if the panic reaches it. A package
// that names the error anywhere knows of it.
func (c *checker) abortsEaten(h handler, protected inspector.Cursor) bool {
	typ, body := match.FuncParts(protected.Node())
	sig, ok := c.signature(protected.Node())
	if !ok || h.dropped || typ == nil || !match.Handler(sig) || !c.callsHandler(body) {
		return false
	}
	for _, obj := range c.info.Uses {
		if v, ok := obj.(*types.Var); ok && model.AbortsHandler(v) {
			return false
		}
	}
	return true
}

func (c *checker) signature(fn ast.Node) (*types.Signature, bool) {
	var t types.Type
	switch fn := fn.(type) {
	case *ast.FuncLit:
		t = c.info.TypeOf(fn)
	case *ast.FuncDecl:
		t = c.info.Defs[fn.Name].Type()
	}
	sig, ok := t.(*types.Signature)
	return sig, ok
}

// callsHandler reports whether a body calls ServeHTTP of an interface, or a
// function value of a handler's shape: a handler that isn't known here.
func (c *checker) callsHandler(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) != 2 {
			return !found
		}
		switch fn := typeutil.Callee(c.info, call).(type) {
		case *types.Func:
			recv := fn.Signature().Recv()
			found = found || fn.Name() == "ServeHTTP" && recv != nil && (types.IsInterface(recv.Type()) || model.TypeKey(recv.Type()) == "net/http.HandlerFunc")
		case *types.Var:
			sig, ok := fn.Type().Underlying().(*types.Signature)
			found = found || ok && match.Handler(sig)
		}
		return !found
	})
	return found
}

// proxies reports whether the package has a reverse proxy, which gives
// responses up. Whatever else a handler stands around gives up so rarely that
// most authors treat that like any panic.
func (c *checker) proxies() bool {
	for _, obj := range c.info.Uses {
		if model.ProxiesRequests(obj) {
			return true
		}
	}
	return false
}

func (c *checker) reportAbort(h handler) {
	c.reporter.Add(report.Finding{
		Range:   h.recover.Node(),
		Low:     !c.proxies(),
		Message: "recover also stops http.ErrAbortHandler: a response that a handler below gives up looks complete to the client",
		Fixes:   c.rethrow(h),
	})
}

// rethrow returns the fix that lets http.ErrAbortHandler pass.
func (c *checker) rethrow(h handler) []analysis.SuggestedFix {
	if h.value == nil || h.branch == h.body || len(h.branch.List) == 0 {
		return nil
	}
	first := h.branch.List[0].Pos()
	pkg, imports, ok := edit.Import(c.pass, h.recover, "net/http")
	if !ok {
		return nil
	}
	indent := edit.Indentation(c.pass, first)
	text := fmt.Sprintf("if %s == %s.ErrAbortHandler {\n%s\tpanic(%[1]s)\n%[3]s}\n%[3]s", h.value.Name(), pkg, indent)
	return []analysis.SuggestedFix{edit.Fix("Let http.ErrAbortHandler pass", append(imports, edit.Insert(first, text))...)}
}
