package recovermisuse

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"regexp"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// endsAsSuccess reports whether the caller of the protected function is told
// that all went well when the handler has recovered:
//
//	func F(…) (…, error) {
//		defer func() {
//			if r := recover(); r != nil {
//				log.Print(r)     // and nothing else
//			}
//		}()
//
// The handler may only print and give back what the function holds; whatever
// else it does might tell somebody.
func (c *checker) endsAsSuccess(fn ast.Node, body *ast.BlockStmt, protected inspector.Cursor) bool {
	return returnsError(c.info, protected.Node()) && c.onlyPrints(body, 2) &&
		!c.presets(protected.Node()) && c.canFail(protected.Node()) && !c.excused(fn, protected.Node())
}

// onlySurvives reports whether the handler of an exported function, which
// returns nothing but an error, prints the panic and gives nothing back: a job
// that is there to be survived, whose callers mostly print its errors, too.
func (c *checker) onlySurvives(body *ast.BlockStmt, protected ast.Node) bool {
	decl, ok := protected.(*ast.FuncDecl)
	if !ok || !decl.Name.IsExported() || decl.Type.Results.NumFields() > 1 {
		return false
	}
	prints, gives := false, false
	ast.Inspect(body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			fn, _ := typeutil.Callee(c.info, call).(*types.Func)
			gives = gives || fn != nil && (model.Releases(fn) || unlocks(fn))
			prints = prints || fn != nil
		}
		return true
	})
	return prints && !gives
}

func (c *checker) reportSuccess(h handler, protected inspector.Cursor) {
	c.reporter.Add(report.Finding{
		Range:   h.recover.Node(),
		Low:     c.onlySurvives(h.body, protected.Node()),
		Message: fmt.Sprintf("panic is recovered and %s goes on to return a nil error: its caller takes it for success", title(protected.Node())),
		Fixes:   c.setError(h, protected),
	})
}

// judgeNamed judges a deferred call of a declared function that recovers.
func (c *checker) judgeNamed(call inspector.Cursor, fn *types.Func) {
	decl := c.decls[fn]
	if decl == nil || match.InTestFile(c.pass.Fset, call.Node().Pos()) {
		return
	}
	for protected := range call.Enclosing((*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		if spawn := c.onlyWaits(protected); spawn != nil {
			c.reportElsewhere(call, protected, spawn)
			return
		}
		h := handler{body: decl.Body}
		if !c.endsAnyhow(h) && c.endsAsSuccess(decl, decl.Body, protected) {
			c.reporter.Add(report.Finding{
				Range:   call.Node(),
				Low:     c.onlySurvives(h.body, protected.Node()),
				Message: fmt.Sprintf("%s recovers and %s goes on to return a nil error: its caller takes it for success", fn.Name(), title(protected.Node())),
				Related: here(decl.Name, "recovers and sets no error"),
			})
		}
		return
	}
}

// onlyPrints reports whether a handler does nothing but to print, log, close
// and unlock.
func (c *checker) onlyPrints(body *ast.BlockStmt, depth int) bool {
	quiet := true
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SendStmt, *ast.GoStmt, *ast.DeferStmt:
			quiet = false
		case *ast.UnaryExpr:
			quiet = quiet && n.Op != token.ARROW
		case *ast.CallExpr:
			quiet = quiet && c.prints(n, depth)
		}
		for _, set := range match.Assignments(n) {
			v := match.LocalVar(c.info, set.Left)
			own := v != nil && body.Pos() <= v.Pos() && v.Pos() < body.End()
			quiet = quiet && (own || match.IsBlank(set.Left))
		}
		return quiet
	})
	return quiet
}

// silentPackages are packages of the standard library whose functions tell
// nobody but a reader of logs.
var silentPackages = map[string]bool{
	"fmt": true, "log": true, "log/slog": true, "runtime": true, "runtime/debug": true,
	"strings": true, "strconv": true, "errors": true, "bytes": true, "time": true, "context": true,
}

func unlocks(fn *types.Func) bool {
	op := model.LockOperation(fn)
	return op == model.Release || op == model.ReleaseShared
}

// prints reports whether a call only makes or writes text.
func (c *checker) prints(call *ast.CallExpr, depth int) bool {
	if c.info.Types[call.Fun].IsType() {
		return true
	}
	switch fn := typeutil.Callee(c.info, call).(type) {
	case *types.Builtin:
		return fn.Name() != "close" && fn.Name() != "delete" && fn.Name() != "copy"
	case *types.Func:
		if recv := fn.Signature().Recv(); recv != nil && model.RequestContext(recv.Type()) || fn.Pkg() == nil {
			return fn.Name() == "Error" && len(call.Args) == 0 // err.Error()
		}
		if silentPackages[fn.Pkg().Path()] || model.Releases(fn) || unlocks(fn) || model.Formats(fn) || model.DecoratesLogger(fn) || model.Reports(fn.Name()) && !handsAddress(call) {
			return true
		}
		decl := c.decls[fn.Origin()]
		return decl != nil && decl.Body != nil && depth > 0 && !handsAddress(call) && c.onlyPrints(decl.Body, depth-1)
	}
	return false
}

// handsAddress reports whether a call could set a variable that it is given
// the address of.
func handsAddress(call *ast.CallExpr) bool {
	for _, arg := range call.Args {
		if ref, ok := ast.Unparen(arg).(*ast.UnaryExpr); ok && ref.Op == token.AND {
			return true
		}
	}
	return false
}

// presets reports whether a named error result may hold something other than
// nil when the function panics, because the function sets it by itself:
//
//	err = errIncomplete // until we know better
func (c *checker) presets(fn ast.Node) bool {
	typ, body := match.FuncParts(fn)
	last := typ.Results.List[len(typ.Results.List)-1]
	if len(last.Names) == 0 {
		return false
	}
	result := c.info.Defs[last.Names[len(last.Names)-1]]
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		for _, set := range match.Assignments(n) {
			if v := match.LocalVar(c.info, set.Left); v != nil && v == result {
				found = found || !isCall(set.Right) || c.makesError(set.Right)
			}
		}
		return !found
	})
	return found
}

func isCall(e ast.Expr) bool {
	_, ok := ast.Unparen(e).(*ast.CallExpr)
	return ok
}

func (c *checker) makesError(e ast.Expr) bool {
	fn, ok := typeutil.Callee(c.info, ast.Unparen(e).(*ast.CallExpr)).(*types.Func)
	return ok && model.Formats(fn)
}

// canFail reports whether the function returns anything but nil for an error
// somewhere: one that never does has it for the sake of an interface.
func (c *checker) canFail(fn ast.Node) bool {
	_, body := match.FuncParts(fn)
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			found = found || len(n.Results) == 0 || !c.info.Types[n.Results[len(n.Results)-1]].IsNil()
		}
		return !found
	})
	return found
}

// documented finds words by which a function's documentation speaks of
// panics, and meant those by which a comment in a handler says that they may
// end like this.
var (
	documented = regexp.MustCompile(`(?i)panic|recover`)
	meant      = regexp.MustCompile(`(?i)ignor|swallow|best.effort|on purpose|deliberate|intention|must not|don't|doesn't|never|keep going`)
)

// excused reports whether the documentation of the protected function or a
// comment in or above the handler says what happens to panics.
func (c *checker) excused(handler, protected ast.Node) bool {
	if decl, ok := protected.(*ast.FuncDecl); ok && documented.MatchString(decl.Doc.Text()) {
		return true
	}
	return c.commented(handler)
}

// commented reports whether such a comment stands in the node or on the line
// above.
func (c *checker) commented(n ast.Node) bool {
	line := func(pos token.Pos) int { return c.pass.Fset.PositionFor(pos, false).Line }
	for _, file := range c.pass.Files {
		if n.Pos() < file.FileStart || file.FileEnd < n.Pos() {
			continue
		}
		for _, group := range file.Comments {
			if group.Pos() <= n.End() && line(group.End()) >= line(n.Pos())-1 && meant.MatchString(group.Text()) {
				return true
			}
		}
	}
	return false
}

func here(n ast.Expr, label string) []analysis.RelatedInformation {
	return []analysis.RelatedInformation{report.Here(n, label)}
}
