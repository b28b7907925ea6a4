package recovermisuse

import (
	"fmt"
	"go/ast"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
)

// setError returns the fix that sets the error result where the handler
// knows the panic.
func (c *checker) setError(h handler, protected inspector.Cursor) []analysis.SuggestedFix {
	if h.value == nil || h.branch == h.body {
		return nil
	}
	typ, body := match.FuncParts(protected.Node())
	result, edits, ok := edit.NameError(c.info, typ, body)
	fmtName, imports, imported := edit.Import(c.pass, h.recover, "fmt")
	if !ok || !imported || c.shadowed(result, h, typ) {
		return nil
	}
	indent := edit.Indentation(c.pass, h.branch.Rbrace)
	set := fmt.Sprintf("\t%s = %s.Errorf(\"panic: %%v\", %s)\n%s", result, fmtName, h.value.Name(), indent)
	edits = append(append(edits, imports...), edit.Insert(h.branch.Rbrace, set))
	return []analysis.SuggestedFix{edit.Fix("Return the panic as an error", edits...)}
}

// shadowed reports whether the result's name means something else where the
// handler would set it.
func (c *checker) shadowed(result string, h handler, typ *ast.FuncType) bool {
	scope := c.pass.Pkg.Scope().Innermost(h.branch.Rbrace)
	if scope == nil {
		return true
	}
	_, obj := scope.LookupParent(result, h.branch.Rbrace)
	return obj != nil && (obj.Pos() < typ.Pos() || typ.End() <= obj.Pos())
}
