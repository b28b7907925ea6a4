package panicmisuse

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

// judgeMust decides on a call of a Must… function: it is meant for text that
// stands in the program, and here it is given text that comes in at run time.
//
// An exported function that hands its parameter on as it is may well be meant
// for constants too: it is one more Must… by another name, unless it returns
// an error or the text is one of several, as patterns of a configuration are.
func (c *checker) judgeMust(s site, u unit) []report.Finding {
	if made := c.wrapped(s); made != nil {
		return c.judgeWrapped(s, u, made)
	}
	instead, ok := c.lenient(s)
	if !ok || u.spawned || c.explained(s, nil, u) || c.chosen(s) || c.validated(u, instead) {
		return nil
	}
	for _, arg := range s.call.Args {
		t := &tracer{c: c, seen: make(map[types.Object]bool)}
		if !isText(c.info.TypeOf(arg)) || !t.isInput(arg, s.cursor) {
			continue
		}
		return []report.Finding{{
			Range:   s.call.Fun,
			Low:     !t.outside && !t.listed && !match.ReturnsError(u.sig),
			Message: fmt.Sprintf("%s panics when %s, known at run time only, is malformed: use %s and handle its error", edit.Print(c.pass.Fset, s.call.Fun), c.short(arg), c.qualified(s, instead)),
		}}
	}
	return nil
}

// wrapped returns the call whose value and error a function such as
// template.Must is given, or nil.
func (c *checker) wrapped(s site) *ast.CallExpr {
	params := s.callee.Signature().Params()
	if len(s.call.Args) != 1 || params.Len() < 2 || !match.IsError(params.At(params.Len()-1).Type()) {
		return nil
	}
	made, _ := ast.Unparen(s.call.Args[0]).(*ast.CallExpr)
	return made
}

// judgeWrapped decides on Must(f(…)) in a function that returns error, where f
// is seen to fail for what lies outside of the program.
func (c *checker) judgeWrapped(s site, u unit, made *ast.CallExpr) []report.Finding {
	if u.lit != nil || !match.ReturnsError(u.sig) || c.explained(s, nil, u) || c.chosen(s) || !c.failsOrdinarily(made, s.cursor) || !c.dependsOnOutside(made, 0) {
		return nil
	}
	return []report.Finding{{
		Range:   s.blame(),
		Low:     !c.parsesInput(made, s.cursor),
		Message: fmt.Sprintf("%s in %s, which returns error: callers crash when %s", edit.Print(c.pass.Fset, s.call.Fun), u.name(), c.event(made)),
		Related: []analysis.RelatedInformation{report.Here(made, "fails here")},
	}}
}

// parsesInput reports whether a call that fails for its text is handed text of
// which somebody outside of the package is the author. Other calls fail for
// what they find, whoever calls them.
func (c *checker) parsesInput(call *ast.CallExpr, at inspector.Cursor) bool {
	fn := typeutil.StaticCallee(c.info, call)
	if fn == nil || model.FailureOf(fn) != model.FailsByInput {
		return true
	}
	for _, arg := range decisive(fn, call.Args) {
		t := &tracer{c: c, seen: make(map[types.Object]bool)}
		if t.isInput(arg, at) {
			return true
		}
	}
	return false
}

// qualified writes the name of the function as the caller would.
func (c *checker) qualified(s site, fn *types.Func) string {
	if selector, ok := s.call.Fun.(*ast.SelectorExpr); ok {
		return edit.Print(c.pass.Fset, selector.X) + "." + fn.Name()
	}
	return fn.Name()
}

func (c *checker) short(e ast.Expr) string {
	if text := edit.Print(c.pass.Fset, e); len(text) <= 40 {
		return text
	}
	return "its argument"
}

// lenient returns the function that a Must… function wraps, which returns an
// error instead of panicking: by the model, or the one named without Must.
func (c *checker) lenient(s site) (*types.Func, bool) {
	name := s.callee.Name()[len("Must"):]
	if known := model.MustWraps(s.callee); known != "" {
		name = known
	}
	if name == "" {
		return nil, false
	}
	var found types.Object
	if recv := s.callee.Signature().Recv(); recv != nil {
		found, _, _ = types.LookupFieldOrMethod(recv.Type(), true, s.callee.Pkg(), name)
	} else {
		found = s.callee.Pkg().Scope().Lookup(name)
	}
	fn, ok := found.(*types.Func)
	return fn, ok && sameButForError(fn.Signature(), s.callee.Signature())
}

// sameButForError reports whether two functions take the same and return the
// same, except that the first also returns an error. A Must… function that
// takes a default value instead doesn't panic.
func sameButForError(lenient, must *types.Signature) bool {
	n := must.Results().Len()
	if n == 0 || isText(must.Results().At(0).Type()) {
		return false // nothing is parsed
	}
	if !match.ReturnsError(lenient) || lenient.Results().Len() != n+1 || lenient.Params().Len() != must.Params().Len() {
		return false
	}
	for i := range n {
		if !types.Identical(lenient.Results().At(i).Type(), must.Results().At(i).Type()) {
			return false
		}
	}
	return true
}

// validated reports whether the unit calls the lenient function too: what
// passed it once won't fail a second time.
func (c *checker) validated(u unit, lenient *types.Func) bool {
	found := false
	ast.Inspect(u.body, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && c.info.Uses[id] == lenient
		return !found
	})
	return found
}
