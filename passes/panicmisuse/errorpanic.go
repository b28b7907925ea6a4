package panicmisuse

import (
	"fmt"
	"go/ast"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// judgeError decides on a panic that carries an error or happens because of
// one. The pattern:
//
//	func F(…) (…, error) {
//		v, err := g(…)          // the cause, which can fail for ordinary reasons
//		if err != nil {         // the condition directly around the panic
//			panic(err)          // or any text made of err, or any text
//		}
//
// where F returns an error, or is a helper that F calls.
func (c *checker) judgeError(s site, u unit) []report.Finding {
	err := c.guardedError(s.cursor)
	if err == nil {
		return nil
	}
	cause, isParam := c.cause(s.cursor, err, u)
	carried := c.carries(s, err)
	switch {
	case cause != nil && !c.failsOrdinarily(cause, s.cursor):
		return nil
	case !carried && (cause == nil || !match.ReturnsError(u.sig)):
		return nil // an assertion: its text is the author's, not the error's
	case c.explained(s, cause, u) || c.chosen(s) || c.cleansUp(s):
		return nil
	}
	switch {
	case match.ReturnsError(u.sig):
		return []report.Finding{c.inErrorFunc(s, u, cause)}
	case carried && cause != nil && u.lit == nil && c.copesAt(s, u) != nil:
		return []report.Finding{c.inCopingFunc(s, u, cause)}
	case u.lit != nil:
		return nil // a callback: who calls it may not take errors
	case u.decl.Name.IsExported():
		return c.inExported(s, u, cause)
	}
	return c.inHelper(s, u, cause, isParam)
}

// carries reports whether the panic's arguments are made of the error.
func (c *checker) carries(s site, err ast.Expr) bool {
	v := match.LocalVar(c.info, err)
	for _, arg := range s.call.Args {
		if v != nil && match.Mentions(c.info, arg, v) || match.IsError(c.info.TypeOf(arg)) {
			return true
		}
	}
	return false
}

func (c *checker) inErrorFunc(s site, u unit, cause *ast.CallExpr) report.Finding {
	f := report.Finding{
		Range:   s.blame(),
		Low:     cause != nil && !c.dependsOnOutside(cause, 0),
		Message: fmt.Sprintf("%s in %s, which returns error: callers crash when %s", c.spell(s), u.name(), c.event(cause)),
	}
	if cause != nil {
		f.Related = append(f.Related, report.Here(cause, "fails here"))
	}
	if fix, ok := c.fix(s, u); ok {
		f.Fixes = append(f.Fixes, fix)
	}
	return f
}

// inExported judges a panic in an exported function without an error result.
// To give it one changes the API, so authors seldom do.
func (c *checker) inExported(s site, u unit, cause *ast.CallExpr) []report.Finding {
	if cause == nil || !c.failsByTable(cause) {
		return nil
	}
	return []report.Finding{{
		Range:   s.blame(),
		Low:     true,
		Related: []analysis.RelatedInformation{report.Here(cause, "fails here")},
		Message: fmt.Sprintf("%s in %s, which documents no panic: callers crash when %s", c.spell(s), u.name(), c.event(cause)),
	}}
}

// inHelper judges a panic in a function that can't return an error itself:
// a caller in the package could. On real code four of six such reports were
// ones to act on, which is too few to show them unasked.
func (c *checker) inHelper(s site, u unit, cause *ast.CallExpr, isParam bool) []report.Finding {
	if !isParam && (cause == nil || !c.failsByTable(cause)) {
		return nil // the author mostly knows it to succeed
	}
	calls, _ := c.callers(c.object(u))
	f := report.Finding{Range: s.blame(), Low: true}
	caller := ""
	for _, call := range calls {
		by := c.unitOf(call)
		if by.body == nil || !match.ReturnsError(by.sig) || c.contract(by) || c.initOnly(by) {
			continue
		}
		if isParam && !c.passesOrdinaryError(call, by) {
			continue
		}
		if caller == "" {
			caller = by.name()
		}
		f.Related = append(f.Related, report.Here(call.Node().(*ast.CallExpr), "called here, where the error could be returned"))
	}
	if caller == "" {
		return nil
	}
	f.Message = fmt.Sprintf("%s in %s, called by %s, which returns error: it crashes when %s", c.spell(s), u.name(), caller, c.event(cause))
	return []report.Finding{f}
}

// passesOrdinaryError reports whether a call hands on an error that can be
// other than nil for ordinary reasons.
func (c *checker) passesOrdinaryError(call inspector.Cursor, by unit) bool {
	for _, arg := range call.Node().(*ast.CallExpr).Args {
		if !match.IsError(c.info.TypeOf(arg)) {
			continue
		}
		if direct, ok := ast.Unparen(arg).(*ast.CallExpr); ok {
			return c.failsOrdinarily(direct, call)
		}
		cause, _ := c.cause(call, arg, by)
		return cause != nil && c.failsOrdinarily(cause, call)
	}
	return false
}

// event says what makes the panic happen.
func (c *checker) event(cause *ast.CallExpr) string {
	if cause == nil {
		return "there is an error"
	}
	if text := edit.Print(c.pass.Fset, cause.Fun); len(text) <= 40 && !strings.Contains(text, "\n") {
		return text + " fails"
	}
	return fmt.Sprintf("the call at line %d fails", c.pass.Fset.Position(cause.Pos()).Line)
}

// spell writes the call as the message names it.
func (c *checker) spell(s site) string {
	if text := edit.Print(c.pass.Fset, s.call); len(text) <= 24 && !strings.Contains(text, "\n") {
		return text
	}
	return edit.Print(c.pass.Fset, s.call.Fun)
}

// blame is the narrowest range for the call: its function's name.
func (s site) blame() analysis.Range { return s.call.Fun }
